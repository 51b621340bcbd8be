import { toSpan } from '#shared/duration'
import type { Step } from '#shared/step'

import type { KeptNote } from '../storage/database'
import { countOf, joined } from '../panel/time-words'

/** A part of the trace; positions and lengths are fractions of the walk, 0 to 1. */
export type TraceMark =
  | { kind: 'wait'; from: number; length: number }
  | { kind: 'wince'; at: number; wince: 1 | 2 | 3 }
  | { kind: 'liked'; at: number }
  | { kind: 'channel'; at: number }

/**
 * A walk as a line: time runs right, waits are boxes, winces rise, liked falls.
 * A note that nobody graded rises like a shrug.
 *
 * @param until Unix ms at the right end
 */
export function traceOf(
  startedAt: number,
  until: number,
  steps: readonly Step[],
  notes: readonly Pick<KeptNote, 'at' | 'mood' | 'wince'>[],
): TraceMark[] {
  const whole = Math.max(1, until - startedAt)
  const at = (time: number) => Math.min(1, Math.max(0, (time - startedAt) / whole))
  const marks: TraceMark[] = []
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'wait') {
      marks.push({ kind: 'wait', from: at(step.at), length: Math.min(1, step.ms / whole) })
    } else if (step.kind === 'hold') {
      const ms = step.ms === 0 ? until - step.at : step.ms
      marks.push({ kind: 'wait', from: at(step.at), length: Math.min(1, ms / whole) })
    } else if (step.kind === 'waiting') {
      const ms = Math.max(0, (steps[index + 1]?.at ?? until) - step.at)
      marks.push({ kind: 'wait', from: at(step.at), length: Math.min(1, ms / whole) })
    } else if (step.kind === 'dial' || step.kind === 'call-end' || step.kind === 'answer') {
      marks.push({ kind: 'channel', at: at(step.at) })
    }
  }
  for (const note of notes) {
    if (note.mood === 'liked') marks.push({ kind: 'liked', at: at(note.at) })
    else if (note.wince !== 0)
      marks.push({ kind: 'wince', at: at(note.at), wince: note.wince ?? 1 })
  }
  return marks
}

/** The same in words, for those who do not see it. */
export function traceWords(marks: readonly TraceMark[], ms: number): string {
  const waits = marks.filter((mark) => mark.kind === 'wait').length
  const winces = marks.filter((mark) => mark.kind === 'wince').length
  const liked = marks.filter((mark) => mark.kind === 'liked').length
  const parts = [
    ...(waits > 0 ? [countOf(waits, 'wait')] : []),
    ...(winces > 0 ? [countOf(winces, 'wince')] : []),
    ...(liked > 0 ? [`${liked} liked`] : []),
  ]
  return `Trace of this walk, ${toSpan(ms)}: ${parts.length === 0 ? 'nothing noted yet' : joined(parts)}`
}
