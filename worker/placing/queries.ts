import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'

/** The ids of an entry and of what was merged into it. */
export function partsOf(workspaceId: string, entryId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    SELECT ${entryId} UNION ALL
    SELECT part.id FROM entry AS part
    WHERE part.workspace_id = ${workspaceId} AND part.merged_into = ${entryId})`
}

/** That a person opened `entry`, without a note: its first event has its own id. */
export function isByHand(workspaceId: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (
    SELECT 1 FROM event AS opening WHERE opening.workspace_id = ${workspaceId} AND opening.id = entry.id)`
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
        ${firstOf('service')}, CASE WHEN ${isByHand(workspaceId)} THEN service END),
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
