import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'

/** What a note gives to the search indexes of the entry that it is in. */
export interface IndexRow {
  table: 'entry_place' | 'entry_stem'
  mood: string
  key: string
  entryId: string
  notes: number
}

/** Rows a statement: their JSON stays far below what a value may be. */
const ROWS_A_STATEMENT = 5_000

export function addIndexRows(
  db: Db,
  workspaceId: string,
  rows: readonly IndexRow[],
  guard: Guard,
): CompiledQuery[] {
  return statementsFor(rows, ({ table, key, json }) => [
    sql`
      INSERT INTO ${table} (workspace_id, mood, ${key}, entry_id, notes)
      SELECT ${workspaceId}, value ->> 'mood', value ->> 'key', value ->> 'entryId', value ->> 'notes'
      FROM json_each(${json}) WHERE ${guard}
      ON CONFLICT DO UPDATE SET notes = notes + excluded.notes`.compile(db),
  ])
}

/** Runs behind the change of `entry_note`: an entry that has no note of its own keeps no row. */
export function takeIndexRows(
  db: Db,
  workspaceId: string,
  rows: readonly IndexRow[],
  guard: Guard,
): CompiledQuery[] {
  return statementsFor(rows, ({ table, key, json }) => [
    // By the key of each row: an update that joins would read the workspace's whole index.
    sql`
      INSERT INTO ${table} (workspace_id, mood, ${key}, entry_id, notes)
      SELECT ${workspaceId}, value ->> 'mood', value ->> 'key', value ->> 'entryId', -(value ->> 'notes')
      FROM json_each(${json}) WHERE ${guard}
      ON CONFLICT DO UPDATE SET notes = notes + excluded.notes`.compile(db),
    sql`
      DELETE FROM ${table}
      WHERE workspace_id = ${workspaceId} AND ${guard} AND (mood, ${key}, entry_id) IN (
        SELECT value ->> 'mood', value ->> 'key', value ->> 'entryId' FROM json_each(${json})) AND notes < 1`.compile(
      db,
    ),
  ])
}

/** What is left of entries that no note is in any more, should a note have been indexed by other rules once. */
export function sweepIndexRows(
  db: Db,
  workspaceId: string,
  entryIds: readonly string[],
  guard: Guard,
): CompiledQuery[] {
  return (['entry_place', 'entry_stem'] as const).map((table) =>
    sql`
      DELETE FROM ${sql.table(table)}
      WHERE workspace_id = ${workspaceId} AND entry_id IN (SELECT value FROM json_each(${JSON.stringify(entryIds)}))
        AND ${guard} AND NOT EXISTS (
          SELECT 1 FROM entry_note
          WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.entry_id = ${sql.table(table)}.entry_id
            AND current = 1)`.compile(db),
  )
}

function statementsFor(
  rows: readonly IndexRow[],
  make: (part: {
    table: RawBuilder<unknown>
    key: RawBuilder<unknown>
    json: string
  }) => CompiledQuery[],
): CompiledQuery[] {
  return (['entry_place', 'entry_stem'] as const).flatMap((name) => {
    const own = rows.filter(({ table }) => table === name)
    const table = sql.table(name)
    const key = sql.ref(name === 'entry_place' ? 'key' : 'stem')
    return Array.from({ length: Math.ceil(own.length / ROWS_A_STATEMENT) }, (_, index) =>
      own.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT),
    ).flatMap((some) =>
      make({
        table,
        key,
        json: JSON.stringify(some),
      }),
    )
  })
}

/** The ids of an entry and of what was merged into it. */
export function partsOf(workspaceId: string, entryId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    SELECT ${entryId} UNION ALL
    SELECT part.id FROM entry AS part
    WHERE part.workspace_id = ${workspaceId} AND part.merged_into = ${entryId})`
}

/** From … where: the notes that an entry shows, its own and those of what was merged into it. */
export function shownNotes(workspaceId: string, entryId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    entry_note AS shown CROSS JOIN note ON note.workspace_id = shown.workspace_id AND note.id = shown.note_id
    WHERE shown.workspace_id = ${workspaceId} AND shown.current = 1
      AND shown.entry_id IN ${partsOf(workspaceId, entryId)}`
}

/**
 * Counts anew what stands with entries, and makes the next version of them; devices hear of it.
 * The first of `entryIds` takes the workspace's present place in the order, less `behind`, each further
 * one the place before.
 *
 * @param change further assignments
 */
export function recountEntries(
  db: Db,
  workspaceId: string,
  entryIds: readonly string[],
  {
    at,
    guard,
    change = sql``,
    behind = 0,
  }: { at: number; guard: Guard; change?: RawBuilder<unknown>; behind?: number },
): CompiledQuery {
  const shown = shownNotes(workspaceId, sql.ref('entry.id'))
  const firstOf = (column: string) => sql`(
    SELECT ${sql.ref(`note.${column}`)} FROM ${shown} AND ${sql.ref(`note.${column}`)} IS NOT NULL
    ORDER BY note.arrived LIMIT 1)`
  const ids = JSON.stringify(entryIds)
  return sql`
    UPDATE entry SET
      (notes, leaders, worst, free) = (
        SELECT count(*), count(DISTINCT note.person_id), max(note.wince),
          COALESCE(max(note.money IS NOT NULL AND note.money = 'free'), 0)
        FROM ${shown}),
      service = COALESCE(
        (SELECT service.name FROM service WHERE service.workspace_id = ${workspaceId} AND service.id = entry.service_id),
        ${firstOf('service')}),
      kind = ${firstOf('kind')},
      channel = COALESCE(${firstOf('channel')}, channel),
      ${change}
      changed_at = ${at},
      version = version + 1,
      seq = (SELECT seq FROM workspace WHERE id = ${workspaceId}) - ${behind}
        - (SELECT key FROM json_each(${ids}) WHERE value = entry.id)
    WHERE +workspace_id = ${workspaceId} AND id IN (SELECT value FROM json_each(${ids})) AND ${guard}`.compile(
    db,
  )
}
