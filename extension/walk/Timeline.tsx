import type { Step } from '#shared/step'
import { stepWords } from '#shared/step-words'

import { Icon } from '../panel/Icon'
import { toTime } from '../panel/time-words'
import { NoteCard } from '../note/NoteCard'
import type { KeptNote } from '../storage/database'

/** Waits from here on offer themselves as a note, in ms. */
const LONG_WAIT_MS = 8_000

/** A step that is a note in one tap: a long wait, a page that failed. */
export type NotableStep = Extract<Step, { kind: 'wait' | 'hold' | 'error' }>

export type TimelineRow = { at: number; step: Step } | { at: number; note: KeptNote }

/** Steps and notes in the order they happened. */
export function timelineOf(steps: readonly Step[], notes: readonly KeptNote[]): TimelineRow[] {
  const rows: TimelineRow[] = [
    ...steps.map((step) => ({ at: step.at, step })),
    ...notes.map((note) => ({ at: note.at, note })),
  ]
  return rows.toSorted((one, other) => one.at - other.at)
}

interface TimelineProps {
  rows: readonly TimelineRow[]
  /** Steps that became notes already offer nothing any more. */
  notedAt: ReadonlySet<number>
  onNote(step: NotableStep): void
  onOpenNote(id: string): void
}

/** What has happened so far: labels, never typed values. */
export function Timeline({ rows, notedAt, onNote, onOpenNote }: TimelineProps) {
  return (
    <ol class="tl">
      {rows.map((row, index) => {
        const isNow = index === rows.length - 1
        if ('note' in row) {
          return (
            <li class="with-note" key={row.note.id}>
              <time>{toTime(row.at)}</time>
              <span class={isNow ? 'dot now' : 'dot'} />
              <NoteCard note={row.note} onOpen={() => onOpenNote(row.note.id)} />
            </li>
          )
        }
        const { step } = row
        const isWait = step.kind === 'wait' || step.kind === 'hold' || step.kind === 'waiting'
        const offered = notedAt.has(step.at) ? null : offerOf(step)
        const { before, thing, after } = stepWords(step)
        const words = (
          <p class="what grow">
            {before}
            {thing !== '' && <b>{thing}</b>}
            {after}
          </p>
        )
        return (
          <li class={isWait || offered !== null ? 'mid' : ''} key={step.seq}>
            <time>{toTime(row.at)}</time>
            <span class={isWait ? 'dot wait' : isNow ? 'dot now' : 'dot'} />
            {offered !== null ? (
              <div class="offer">
                {words}
                <button
                  class="btn small"
                  type="button"
                  aria-label={offered.label}
                  onClick={() => onNote(offered.step)}
                >
                  <Icon name="plus" /> {offered.words}
                </button>
              </div>
            ) : (
              words
            )}
          </li>
        )
      })}
    </ol>
  )
}

function offerOf(step: Step): { step: NotableStep; words: string; label: string } | null {
  if ((step.kind === 'wait' || step.kind === 'hold') && step.ms >= LONG_WAIT_MS) {
    return { step, words: 'Slow', label: 'Note this wait as slow' }
  }
  return step.kind === 'error' && step.status !== null
    ? { step, words: 'Broken', label: 'Note this error as broken' }
    : null
}
