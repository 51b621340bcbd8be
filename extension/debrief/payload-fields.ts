import type { Selector } from '#shared/anchor'
import { toClock } from '#shared/duration'
import { KIND_WORDS, type Note, type Owed, WINCE_WORDS } from '#shared/note'
import type { WalkPart } from '#shared/walk'

import { anchorWords, placeTitle, placeWords } from '../note/place-words'

/** A line of the preview: what it is, and what of it leaves. */
export type Field = [name: string, value: string]

const MONEY_WORDS = { free: 'free to fix', 'needs-money': 'needs money' } as const
const DONE_WORDS = { yes: 'yes', partly: 'partly', no: 'no' } as const

/** Of a walk a note says so by its place. */
const SOURCE_WORDS = {
  walk: null,
  shift: 'noticed at the desk',
  told: 'someone told me',
  elsewhere: 'met elsewhere',
} as const

/** A note as it leaves, readable. The exact text stands beside it. */
export function noteFields(note: Note, entryNumbers: Record<string, number>): Field[] {
  const { place } = note
  const anchor = place.kind === 'page' ? place.anchor : null
  return fields([
    [note.source === 'shift' ? 'On the shift of' : 'When', moment(note.at)],
    ['How it came', SOURCE_WORDS[note.source]],
    ['Mood', note.mood === 'liked' ? 'liked' : 'embarrassed'],
    ['Kind', note.kind === null ? null : KIND_WORDS[note.kind]],
    ['Wince', note.wince === null ? null : `${note.wince}, ${WINCE_WORDS[note.wince]}`],
    ['Money', note.money === null ? null : MONEY_WORDS[note.money]],
    ['Words', note.words],
    ['First words', note.firstWords === note.words ? null : note.firstWords],
    ['Worded', note.firstWordsAt == null ? null : moment(note.firstWordsAt)],
    [note.kind === 'jargon' ? 'A customer would call it' : 'Expected', note.expected],
    ['Service', note.service],
    ['Same as', note.sameAs == null ? null : `#${entryNumbers[note.sameAs] ?? '?'}`],
    ['We owe them an answer', note.owed == null ? null : owedWords(note.owed)],
    ['Place', placeWords(place)],
    ['Page title', place.kind === 'page' ? place.title : null],
    ['Element', anchor === null ? null : anchorWords(anchor)],
    ['How to find it', anchor === null ? null : anchor.selectors.map(selectorWords).join('\n')],
    ...note.attachments.map(({ width, height, bytes, type }): [string, string] => [
      'Picture',
      `${width} × ${height}, ${Math.ceil(bytes / 1024)} KB, ${type.replace('image/', '')}`,
    ]),
  ])
}

function owedWords({ reference, since }: Owed): string {
  return `${reference === '' ? '' : `reference ${reference}, `}since ${moment(since)}`
}

/** A way to an element, and of a text what stands right before and after it. */
function selectorWords({ path, prefix, suffix }: Selector): string {
  return [
    path.join(' >> '),
    ...(prefix === undefined ? [] : [`after “${prefix}”`]),
    ...(suffix === undefined ? [] : [`before “${suffix}”`]),
  ].join(', ')
}

/** A walk's part as it leaves, without its steps: those are a list of their own. */
export function walkFields({ walk, part, totals, debrief, steps }: WalkPart): Field[] {
  return fields([
    ['Errand', walk.errand],
    ['Situation', walk.persona],
    ['Service', walk.service],
    ['Line of the plan', walk.planId ?? null],
    ['Walks again', walk.againOf ?? null],
    ['First time here', walk.firstTime === null ? null : walk.firstTime ? 'yes' : 'no'],
    ['Started', moment(walk.startedAt)],
    ['Ended', walk.endedAt === null ? null : moment(walk.endedAt)],
    ['State', { walking: 'going on', waiting: 'waiting for them', done: 'done' }[walk.state]],
    ['Part', `${part}, ${steps.length} steps`],
    [
      'Time',
      `${toClock(totals.elapsedMs)}, of it waiting ${toClock(totals.waitingMs)}, longest hold ${toClock(totals.longestHoldMs)}`,
    ],
    ['Counts', countWords(totals)],
    ['Done', debrief?.done ? DONE_WORDS[debrief.done] : null],
    ['Effort', debrief?.effort ? `${debrief.effort} of 7` : null],
    ['Fix first', debrief?.fixFirst ? 'one of the notes below' : null],
    ['In one line', debrief?.line ?? null],
    ['Left behind, to withdraw', debrief?.leftBehind ?? null],
  ])
}

/** A note in one line, for lists. */
export function noteLine(note: Pick<Note, 'words' | 'place'>): string {
  return note.words === '' ? `A moment at ${placeTitle(note.place)}` : note.words
}

function countWords(totals: WalkPart['totals']): string {
  const { pages, clicks, keys, signIns, askedAgain, backs, transfers, keysToHuman } = totals
  return [
    `pages ${pages}`,
    `clicks ${clicks}`,
    `keys ${keys}`,
    `sign-ins ${signIns}`,
    `asked again ${askedAgain}`,
    `went back ${backs}`,
    `passed on ${transfers}`,
    `keys to a person ${keysToHuman ?? 'none answered'}`,
  ].join(', ')
}

function fields(pairs: [string, string | null][]): Field[] {
  return pairs.filter((pair): pair is Field => pair[1] !== null && pair[1] !== '')
}

function moment(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(at)
}
