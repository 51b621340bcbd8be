import type { EntryMove } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import { factsOf, type Told } from '#shared/entry-facts'
import { type EntryFacts, missingFor, type Requirement } from '#shared/entry-moves'
import type { EntryWork } from '#shared/work'

import type { Changed } from './changes'
import type { WorkChange } from '../work/fields'

/** A move that may be made, with all that it changes, or what it still asks for. */
export type PlannedMove =
  | { status: 'none' }
  | { status: 'missing'; missing: Requirement[] }
  | { status: 'planned'; work: WorkChange; events: Changed[] }

export function planMove(
  entry: EntryRow,
  work: EntryWork,
  told: Told,
  move: EntryMove,
): PlannedMove {
  const moved = workAfter(move)
  const facts: EntryFacts = {
    ...factsOf(entry, { ...work, ...moved }, told),
    ...(move.to === 'declined' && { declineReason: move.reason ?? '' }),
    ...(move.to === 'reopened' && { reopenReason: move.reason ?? '' }),
  }
  const missing = missingFor(facts, move.to)
  if (missing === null) return { status: 'none' }
  if (missing.length > 0) return { status: 'missing', missing }
  return { status: 'planned', work: moved, events: eventsOf(entry, moved, move) }
}

function workAfter(move: EntryMove): WorkChange {
  switch (move.to) {
    case 'hold':
      return {
        hold: {
          reason: move.reason ?? '',
          until: move.until ?? null,
          areTold: move.areTold ?? false,
        },
      }
    case 'closed':
      return { closed: { code: move.code ?? null, note: move.note ?? '' } }
    default:
      return {}
  }
}

/** The move is one line of history, and each thing that it says besides is another. */
function eventsOf({ state }: EntryRow, { hold, closed }: WorkChange, move: EntryMove): Changed[] {
  const reason = move.reason ?? move.note ?? null
  const events: Changed[] = [{ what: 'state', before: state, after: move.to, reason }]
  const say = (what: string, after: string | null) =>
    events.push({ what, before: null, after, reason: null })
  if (hold) say('hold-until', hold.until)
  if (closed) say('ended', closed.code)
  return events
}
