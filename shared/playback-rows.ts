import {
  journeyOf,
  lengthOf,
  type PlaybackNote,
  type Span,
  stepsInTime,
  type Where,
} from '#shared/playback'
import { type Axis, drawnAt } from '#shared/playback-axis'
import type { Step } from '#shared/step'

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

/** A note so soon after a step is of that step, in ms. */
const SAME_MOMENT_MS = 10_000

/** Every step and note of a walk, each once, in the order of their times. */
export function rowsOf<N extends PlaybackNote>(
  axis: Axis,
  steps: readonly Step[],
  unordered: readonly N[],
): Row<N>[] {
  const notes = unordered.toSorted((one, other) => one.at - other.at)
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
  for (const { step, where, isNew } of journeyOf(stepsInTime(steps))) {
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
