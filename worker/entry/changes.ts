import type { EntryChange } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import type { EntryWork } from '#shared/work'

import type { NewEvent } from './queries'
import { toStored, type WorkChange, WORK_FIELD_NAMES } from '../work/fields'

export type Changed = Omit<NewEvent, 'id' | 'actor'>

/** A change with its owner as a person; undefined where the owner stays. */
export type KnownChange = Omit<EntryChange, 'version' | 'owner'> & {
  owner: EntryRow['owner'] | undefined
}

/** What people say of an entry; the rest of it counts itself. */
export type Judged = Pick<
  EntryRow,
  'title' | 'titleConfirmed' | 'impact' | 'effort' | 'owner' | 'cost' | 'due' | 'monthly'
>

/** One line of history for each value that really changes; confirming a title as it is counts. */
export function changesOf(entry: Judged, work: EntryWork, change: KnownChange): Changed[] {
  const events: Changed[] = []
  const say = (what: string, before: Value, after: Value, reason: string | null = null) => {
    if (after === undefined || before === after) return
    events.push({ what, before: toText(before), after: toText(after), reason })
  }
  const { title, impact, effort, owner, reason = null, cost, due, monthly } = change
  if (title !== undefined && (title !== entry.title || !entry.titleConfirmed)) {
    events.push({ what: 'renamed', before: entry.title, after: title, reason: null })
  }
  say('impact', entry.impact, impact)
  say('effort', entry.effort, effort)
  if (owner !== undefined && owner?.id !== entry.owner?.id) {
    const [before, after] = [entry.owner?.name ?? null, owner?.name ?? null]
    events.push({ what: 'owner', before, after, reason: isHandOff(entry, owner) ? reason : null })
  }
  say('cost', entry.cost, cost)
  say('due', entry.due, due)
  say('monthly', toJson(entry.monthly), monthly === undefined ? undefined : toJson(monthly))
  for (const field of WORK_FIELD_NAMES) {
    const value = change[field]
    say(field, toStored(work[field]), value === undefined ? undefined : toStored(value))
  }
  return events
}

/** Somebody owned it, and somebody else or nobody does from now on. */
export function isHandOff(
  entry: Pick<EntryRow, 'owner'>,
  owner: EntryRow['owner'] | undefined,
): boolean {
  return owner !== undefined && entry.owner !== null && owner?.id !== entry.owner.id
}

/** The fields of work that a change names. */
export function workOf(change: KnownChange): WorkChange {
  return Object.fromEntries(
    WORK_FIELD_NAMES.flatMap((field) => {
      const value = change[field]
      return value === undefined ? [] : [[field, value]]
    }),
  )
}

type Value = string | number | null | undefined

function toText(value: Value): string | null {
  return value === null || value === undefined ? null : String(value)
}

function toJson(monthly: EntryRow['monthly']): string | null {
  return monthly === null ? null : JSON.stringify(monthly)
}
