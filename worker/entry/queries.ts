import { type CompiledQuery, sql } from 'kysely'

import type { EntryRow } from '#shared/api/register'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { selectEntryRows, toEntryRow, type SelectedEntry } from '../register/queries'

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

/** What a reviewer set; what is not named stays. */
export interface EntryValues {
  title?: string | undefined
  impact?: EntryRow['impact'] | undefined
  effort?: EntryRow['effort'] | undefined
  ownerPerson?: string | null | undefined
}

/** A line of history about one changed value. */
export interface NewEvent {
  id: string
  actor: string
  what: string
  before: string | null
  after: string | null
}

/**
 * Changes an entry and says so in its history, all or nothing, and only while it still has the
 * version that was on screen. The last statement changes one row when it happened and none when
 * somebody else was faster. Devices hear of it, because it takes a new place in the workspace's order.
 */
export function changeEntry(
  db: Db,
  workspaceId: string,
  entryId: string,
  version: number,
  values: EntryValues,
  events: readonly NewEvent[],
  now: number,
): CompiledQuery[] {
  const unchanged = sql<boolean>`EXISTS (
    SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version}
  )`
  const written = events.map((event) =>
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after)
      SELECT ${event.id}, ${workspaceId}, ${entryId}, ${now}, ${event.actor}, ${event.what}, ${event.before}, ${event.after}
      WHERE ${unchanged}
    `.compile(db),
  )
  const { ownerPerson, title, impact, effort } = values
  return [
    ...written,
    db
      .updateTable('workspace')
      .set({ seq: sql<number>`seq + 1` })
      .where('id', '=', workspaceId)
      .where(unchanged)
      .compile(),
    db
      .updateTable('entry')
      .set({
        ...(impact === undefined ? {} : { impact }),
        ...(effort === undefined ? {} : { effort }),
        ...(ownerPerson === undefined ? {} : { owner_person: ownerPerson }),
        ...(title === undefined ? {} : { title, title_confirmed: 1 }),
        version: version + 1,
        changed_at: now,
        seq: sql<number>`(SELECT seq FROM workspace WHERE id = ${workspaceId})`,
      })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', entryId)
      .where('version', '=', version)
      .compile(),
  ]
}
