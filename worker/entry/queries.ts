import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { EntryRow } from '#shared/api/register'
import type { EntryWork } from '#shared/work'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { partsOf } from '../placing/queries'
import { selectEntryRows, toEntryRow, type SelectedEntry } from '../register/queries'
import { writeWork } from '../work/queries'

const MERGES_FOLLOWED = 20

/**
 * The entry a number stands for: itself, or, once merged, the one it was merged into, however
 * often. Undefined for a number that this workspace never gave out.
 */
export async function findEntryByNumber(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  number: number,
): Promise<{ id: string; entry: EntryRow } | undefined> {
  const chain = sql<string>`(
    WITH RECURSIVE chain (id, merged_into, depth) AS (
      SELECT id, merged_into, 0 FROM entry WHERE workspace_id = ${workspaceId} AND number = ${number}
      UNION ALL
      SELECT entry.id, entry.merged_into, chain.depth + 1 FROM entry
      JOIN chain ON entry.id = chain.merged_into
      WHERE entry.workspace_id = ${workspaceId} AND chain.depth < ${MERGES_FOLLOWED}
    )
    SELECT id FROM chain WHERE merged_into IS NULL
  )`
  const [found] = await readAll(d1, [
    selectEntryRows(db, workspaceId).select('entry.id').where('entry.id', '=', chain).compile(),
  ])
  const row = found?.rows[0] as unknown as (SelectedEntry & { id: string }) | undefined
  return row && { id: row.id, entry: toEntryRow(row) }
}

/** Somebody who may own an entry: present, and allowed to change it. */
export async function findOwner(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', personId)
    .where('removed_at', 'is', null)
    .where('role', 'in', ['owner', 'admin', 'reviewer'])
    .executeTakeFirst()
}

/** Columns of the entry itself to set; what is not named stays. */
interface EntryValues {
  title?: string | undefined
  impact?: EntryRow['impact'] | undefined
  effort?: EntryRow['effort'] | undefined
  ownerPerson?: string | null | undefined
  /** It passes from one owner to another, or to nobody. */
  isHandOff?: boolean
  cost?: EntryRow['cost'] | undefined
  due?: EntryRow['due'] | undefined
  monthly?: EntryRow['monthly'] | undefined
  state?: EntryRow['state'] | undefined
}

/** A line of history about one changed value. */
export interface NewEvent {
  id: string
  actor: string
  what: string
  before: string | null
  after: string | null
  reason: string | null
}

/** What one person changes of an entry at once. */
export interface EntryWrite {
  workspaceId: string
  entryId: string
  /** The version that was on screen. */
  version: number
  values: EntryValues
  work: Partial<EntryWork>
  /** At least one: it is how a batch that was sent twice is known. */
  events: readonly NewEvent[]
  /** Unix ms. */
  now: number
  /** Refuses while a customer was promised something that is not settled. */
  needsSettled?: boolean
  /** Further statements of the same batch. */
  also?: (guard: RawBuilder<boolean>) => CompiledQuery[]
}

/**
 * Changes an entry and says so in its history, all or nothing, and only while it still has the
 * version that was on screen. The last statement gives a row when that has happened, now or on an
 * earlier try, and none when somebody else was faster. Devices hear of it, because it takes a new
 * place in the workspace's order.
 */
export function changeEntry(db: Db, write: EntryWrite): CompiledQuery[] {
  const { workspaceId, entryId, version, values, work, events, now, needsSettled, also } = write
  const settled = needsSettled
    ? sql`AND NOT EXISTS (
        SELECT 1 FROM follow_up WHERE workspace_id = ${workspaceId} AND settled_at IS NULL
          AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)})`
    : sql``
  const unchanged = sql<boolean>`EXISTS (
    SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version}
    ${settled}
  )`
  const [first] = events
  return [
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT value ->> 'id', ${workspaceId}, ${entryId}, ${now}, value ->> 'actor', value ->> 'what',
        value ->> 'before', value ->> 'after', value ->> 'reason'
      FROM json_each(${JSON.stringify(events)}) WHERE ${unchanged}`.compile(db),
    ...writeWork(db, workspaceId, entryId, work, unchanged),
    ...(also?.(unchanged) ?? []),
    db
      .updateTable('workspace')
      .set({ seq: sql<number>`seq + 1` })
      .where('id', '=', workspaceId)
      .where(unchanged)
      .compile(),
    db
      .updateTable('entry')
      .set({
        ...toColumns(values),
        version: version + 1,
        changed_at: now,
        seq: sql<number>`(SELECT seq FROM workspace WHERE id = ${workspaceId})`,
      })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', entryId)
      .where(unchanged)
      .compile(),
    sql`
      SELECT 1 AS written FROM event WHERE workspace_id = ${workspaceId} AND id = ${first?.id ?? ''}`.compile(
      db,
    ),
  ]
}

function toColumns(values: EntryValues) {
  const { ownerPerson, isHandOff, title, impact, effort, cost, due, monthly, state } = values
  return {
    ...(impact === undefined ? {} : { impact }),
    ...(effort === undefined ? {} : { effort }),
    ...(cost === undefined ? {} : { cost }),
    ...(due === undefined ? {} : { due }),
    ...(state === undefined ? {} : { state }),
    ...(monthly === undefined
      ? {}
      : { monthly: monthly?.customers ?? null, monthly_source: monthly?.source ?? null }),
    ...(ownerPerson === undefined ? {} : { owner_person: ownerPerson }),
    ...(isHandOff ? { hand_offs: sql<number>`hand_offs + 1` } : {}),
    ...(title === undefined ? {} : { title, title_confirmed: 1 }),
  }
}

/** Who reopens an entry, and why. */
interface Reopening {
  workspaceId: string
  entryId: string
  eventId: string
  /** A person's id. */
  actor: string
  reason: string
  /** Unix ms. */
  now: number
}

/**
 * Reopens an entry that was thought done, inside another batch: nothing where it is open anyway.
 *
 * @param guard holds in that batch, and never again
 */
export function reopenEntry(
  db: Db,
  { workspaceId, entryId, eventId, actor, reason, now }: Reopening,
  guard: RawBuilder<boolean>,
): CompiledQuery[] {
  const isDone = sql<boolean>`EXISTS (
    SELECT 1 FROM entry
    WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND state IN ('check', 'closed')) AND ${guard}`
  return [
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT ${eventId}, ${workspaceId}, ${entryId}, ${now}, ${actor}, 'state', state, 'reopened', ${reason}
      FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${isDone}`.compile(db),
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId} AND ${isDone}`.compile(db),
    sql`
      UPDATE entry SET state = 'reopened', version = version + 1, changed_at = ${now},
        seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${isDone}`.compile(db),
  ]
}
