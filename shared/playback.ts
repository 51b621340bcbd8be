import type { Note } from '#shared/note'
import type { Channel } from '#shared/place'
import { type Axis, type Busy, type FoldReason, axisOf, drawnAt } from '#shared/playback-axis'
import type { Step, StepKind } from '#shared/step'
import type { Walk } from '#shared/walk'

/** What of a note is drawn. */
export type PlaybackNote = Pick<Note, 'id' | 'at' | 'mood' | 'wince'>

/** A stretch of the walk on one channel, or between two: while they had to answer, or paused. */
export interface Span {
  on: Channel | 'waiting' | 'paused'
  /** The number that was called; null elsewhere. */
  number: string | null
  /** Unix ms. */
  from: number
  drawnFrom: number
  drawnTo: number
}

/** Something was waited for: a page, on hold, or for their answer. */
export interface Wait {
  what: 'page' | 'hold' | 'them'
  /** Unix ms. */
  at: number
  ms: number
  drawnFrom: number
  drawnTo: number
}

/** A note on the line. `rise`: how high a wince stands; null for one that is liked, and falls. */
export interface Mark {
  noteId: string
  at: number
  drawn: number
  rise: 1 | 2 | 3 | null
  /** The digit beside it; null where nobody graded it. */
  wince: 1 | 2 | 3 | null
}

/** A line of the list: what happened, with what was noted at that moment. */
export interface Row<N extends PlaybackNote> {
  /** Unix ms, and the same from the walk's start. */
  at: number
  sinceMs: number
  drawn: number
  /** One step, or the keys that were pressed one after the other; none for a note between two. */
  steps: readonly Step[]
  notes: readonly N[]
  /** Set where the channel is another one from here on. */
  enters: Pick<Span, 'on' | 'number'> | null
  on: Span['on']
  /** How long it was waited for here; 0 for anything else. */
  waitMs: number
}

export interface Playback<N extends PlaybackNote> {
  axis: Axis
  spans: Span[]
  waits: Wait[]
  marks: Mark[]
  rows: Row<N>[]
}

/** A note so soon after a step is of that step, in ms. */
const SAME_MOMENT_MS = 10_000

/** Where a step happens; what is not here leaves the walk where it was. */
const WHERE: Partial<Record<StepKind, Span['on']>> = {
  page: 'portal',
  click: 'portal',
  wait: 'portal',
  error: 'portal',
  'sign-in': 'portal',
  back: 'portal',
  unseen: 'portal',
  dial: 'phone',
  key: 'phone',
  said: 'phone',
  heard: 'phone',
  option: 'phone',
  hold: 'phone',
  transfer: 'phone',
  person: 'phone',
  'call-end': 'phone',
  waiting: 'waiting',
  paused: 'paused',
}

/**
 * A walk as it is played back, from what was recorded alone.
 *
 * @param steps in the order of their numbers
 * @param until Unix ms to draw to while the walk goes on
 */
export function playbackOf<N extends PlaybackNote>(
  walk: Pick<Walk, 'startedAt' | 'endedAt'>,
  steps: readonly Step[],
  notes: readonly N[],
  until: number,
): Playback<N> {
  const inTime = steps.toSorted((one, other) => one.at - other.at || one.seq - other.seq)
  const noted = notes.toSorted((one, other) => one.at - other.at)
  const end = walk.endedAt ?? until
  const axis = axisOf(walk.startedAt, end, busyOf(inTime, noted))
  const spans = spansOf(axis, inTime)
  return {
    axis,
    spans,
    waits: waitsOf(axis, steps, end),
    marks: noted.flatMap((note) => markOf(axis, note)),
    rows: rowsOf(axis, inTime, noted),
  }
}

/** The last thing that is known of a walk, Unix ms. */
export function lastKnownAt(
  walk: Pick<Walk, 'startedAt' | 'endedAt'>,
  steps: readonly Step[],
  notes: readonly PlaybackNote[],
): number {
  const ends = [...steps.map((step) => step.at + lengthOf(step)), ...notes.map(({ at }) => at)]
  return ends.reduce(
    (last, each) => Math.max(last, each),
    Math.max(walk.startedAt, walk.endedAt ?? walk.startedAt),
  )
}

function lengthOf(step: Step): number {
  return step.kind === 'wait' || step.kind === 'hold' ? step.ms : 0
}

function busyOf(steps: readonly Step[], notes: readonly PlaybackNote[]): Busy[] {
  let after: FoldReason = 'silent'
  const busy = steps.map((step) => {
    after = step.kind === 'waiting' || step.kind === 'paused' ? step.kind : 'silent'
    return { from: step.at, to: step.at + lengthOf(step), after }
  })
  // A note that was taken while they had to answer leaves the walk waiting.
  let next = 0
  const marks = notes.map(({ at }) => {
    while ((busy[next]?.from ?? Infinity) <= at) next += 1
    return { from: at, to: at, after: busy[next - 1]?.after ?? 'silent' }
  })
  return [...busy, ...marks]
}

/** One after the other: spans never lie over one another. */
function spansOf(axis: Axis, steps: readonly Step[]): Span[] {
  const spans: Omit<Span, 'drawnTo'>[] = []
  for (const { step, where, isNew } of journeyOf(steps)) {
    if (!isNew || where === null) continue
    // What is known first holds from the start.
    const from = spans.length === 0 ? axis.startedAt : step.at
    spans.push({ ...where, from, drawnFrom: drawnAt(axis, from) })
  }
  return spans.map((span, index) => ({
    ...span,
    drawnTo: spans[index + 1]?.drawnFrom ?? axis.drawnMs,
  }))
}

type Where = Pick<Span, 'on' | 'number'>

interface Stop {
  step: Step
  /** Null while nothing tells. */
  where: Where | null
  /** It was somewhere else before. */
  isNew: boolean
}

/** Each step with where it happened, in order. */
function journeyOf(steps: readonly Step[]): Stop[] {
  let before: Where | null = null
  let beforePause: Where | null = null
  return steps.map((step) => {
    if (step.kind === 'paused') beforePause = before
    const where: Where | null = step.kind === 'resumed' ? beforePause : whereOf(step, before)
    const isNew = where !== null && (where.on !== before?.on || where.number !== before.number)
    before = where
    return { step, where, isNew }
  })
}

function whereOf(step: Step, before: Where | null): Where | null {
  if (step.kind === 'answer') return { on: step.channel, number: null }
  const on = WHERE[step.kind]
  if (on === undefined) return before
  if (step.kind === 'dial') return { on, number: step.number }
  return { on, number: on === 'phone' && before?.on === 'phone' ? before.number : null }
}

/** Together as long as the totals say it was waited. */
function waitsOf(axis: Axis, steps: readonly Step[], end: number): Wait[] {
  return steps.flatMap((step, index) => {
    const next = steps[index + 1]?.at ?? end
    switch (step.kind) {
      case 'wait':
        return [waitAt(axis, 'page', step.at, step.ms)]
      case 'hold':
        return [waitAt(axis, 'hold', step.at, step.ms)]
      case 'waiting':
        return [waitAt(axis, 'them', step.at, Math.max(0, next - step.at))]
      default:
        return []
    }
  })
}

function waitAt(axis: Axis, what: Wait['what'], at: number, ms: number): Wait {
  return { what, at, ms, drawnFrom: drawnAt(axis, at), drawnTo: drawnAt(axis, at + ms) }
}

function markOf(axis: Axis, { id, at, mood, wince }: PlaybackNote): Mark[] {
  const mark = { noteId: id, at, drawn: drawnAt(axis, at) }
  if (mood === 'liked') return [{ ...mark, rise: null, wince: null }]
  // Fine is no wince; one that nobody graded rises like a shrug.
  if (wince === 0) return []
  return [{ ...mark, rise: wince ?? 1, wince }]
}

function rowsOf<N extends PlaybackNote>(
  axis: Axis,
  steps: readonly Step[],
  notes: readonly N[],
): Row<N>[] {
  const rows: (Row<N> & { steps: Step[]; notes: N[] })[] = []
  let on: Span['on'] = 'portal'
  let taken = 0
  const put = (at: number, step: Step | null, enters: Where | null) => {
    rows.push({
      at,
      sinceMs: Math.max(0, at - axis.startedAt),
      drawn: drawnAt(axis, at),
      steps: step === null ? [] : [step],
      notes: [],
      enters,
      on,
      waitMs: step === null ? 0 : lengthOf(step),
    })
  }
  const take = (until: number) => {
    for (let note = notes[taken]; note !== undefined && note.at < until; note = notes[taken]) {
      const row = rows.at(-1)
      if (row === undefined || note.at - row.at > SAME_MOMENT_MS) put(note.at, null, null)
      rows.at(-1)?.notes.push(note)
      taken += 1
    }
  }
  for (const { step, where, isNew } of journeyOf(steps)) {
    take(step.at)
    on = where?.on ?? on
    const last = rows.at(-1)
    const isNextKey =
      step.kind === 'key' && last?.steps.at(-1)?.kind === 'key' && last.notes.length === 0
    if (isNextKey && !isNew) last.steps.push(step)
    else put(step.at, step, isNew ? where : null)
  }
  take(Infinity)
  return rows
}
