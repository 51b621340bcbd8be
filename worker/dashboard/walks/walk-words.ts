import type { WalkDetail, WalkRow } from '#shared/api/walk'
import { toClock } from '#shared/duration'
import type { Piece } from '#shared/playback-axis'
import type { Span } from '#shared/playback'
import { stepWords, type StepWords } from '#shared/step-words'
import type { Step } from '#shared/step'

import { toDuration } from '../words'

const DONE_WORDS = { yes: 'got it done', partly: 'partly done', no: 'not done' } as const

/** What a walk is called: its errand, or what it was where nobody named one. */
export function titleOf({ errand, kind }: Pick<WalkRow, 'errand' | 'kind'>): string {
  return errand ?? (kind === 'shift' ? 'A shift at the desk' : 'An errand without a name')
}

/** `not done`, or how far it is where nobody said. */
export function doneInWords({ done, state }: Pick<WalkRow, 'done' | 'state'>): string {
  if (done !== null) return DONE_WORDS[done]
  return state === 'done' ? 'ended' : state === 'waiting' ? 'waiting for them' : 'walking'
}

/** `VP clinical systems, as new starter, first time here. Not done after 31 min.` */
export function walkInWords(walk: WalkRow): string {
  const { persona, service, firstTime, totals } = walk
  const about = [
    walk.leader ?? 'A leader',
    persona === null ? null : `as ${persona}`,
    firstTime === null ? null : firstTime ? 'first time here' : 'been here before',
    service,
  ].filter((part) => part !== null)
  const went = `${doneInWords(walk)} after ${toDuration(totals.elapsedMs)}`
  return `${about.join(', ')}. ${capital(went)}.`
}

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

const ON_WORDS = {
  portal: 'Portal',
  phone: 'Phone',
  desk: 'Desk',
  chat: 'Chat',
  email: 'E-mail',
  waiting: 'Waiting for them',
  paused: 'Paused',
} as const satisfies Record<Span['on'], string>

/** `Phone, 4357`. */
export function spanInWords({ on, number }: Pick<Span, 'on' | 'number'>): string {
  return number === null || number === '' ? ON_WORDS[on] : `${ON_WORDS[on]}, ${number}`
}

const ON_SENTENCE = {
  portal: 'on the portal',
  phone: 'on the phone',
  desk: 'at the desk',
  chat: 'in a chat',
  email: 'by e-mail',
  waiting: 'waiting for them',
  paused: 'paused',
} as const satisfies Record<Span['on'], string>

export function onInWords(on: Span['on']): string {
  return ON_SENTENCE[on]
}

const FOLD_WORDS = {
  waiting: 'waiting for them',
  paused: 'paused',
  silent: 'nothing recorded',
} as const

export function foldInWords(folded: NonNullable<Piece['folded']>): string {
  return FOLD_WORDS[folded]
}

/** A line of the list: one step, or keys in a row: `Pressed 1, then 3`. */
export function stepsInWords(steps: readonly Step[]): StepWords {
  const [first, ...more] = steps
  if (first === undefined) return { before: 'Noted', thing: '', after: '' }
  const words = stepWords(first)
  if (first.kind === 'hold' && first.ms > 0)
    return { before: 'On hold ', thing: toClock(first.ms), after: '' }
  const keys = more.map((step) => (step.kind === 'key' ? `, then ${step.key}` : ''))
  return { ...words, after: words.after + keys.join('') }
}

/** How often each measure was met, for the table beside the trace. */
export function winceCount({ notes }: Pick<WalkDetail, 'notes'>): number {
  return notes.filter(({ wince }) => (wince ?? 0) >= 2).length
}
