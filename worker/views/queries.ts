import { type CompiledQuery, sql } from 'kysely'

import { type KeptView, type SavedViews, VIEWS_A_PERSON_MAX } from '#shared/api/view'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'

/** Shared views that a person is shown, beside their own. */
const SHARED_SHOWN = 50

/** A person's own views and what others share, in the order they were made. */
export async function listViews(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<SavedViews> {
  const [own, shared, preset] = await readAll(d1, [
    sql`
      SELECT id, name, query, is_shared AS isShared, 1 AS isMine FROM saved_view
      WHERE workspace_id = ${workspaceId} AND person_id = ${personId} ORDER BY made_at, id`.compile(
      db,
    ),
    sql`
      SELECT id, name, query, 1 AS isShared, 0 AS isMine FROM saved_view
      WHERE workspace_id = ${workspaceId} AND is_shared = 1 AND person_id <> ${personId}
      ORDER BY made_at, id LIMIT ${SHARED_SHOWN}`.compile(db),
    sql`
      SELECT view_id FROM default_view
      WHERE workspace_id = ${workspaceId} AND person_id = ${personId}`.compile(db),
  ])
  const views = [...(own?.rows ?? []), ...(shared?.rows ?? [])].map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    query: String(row['query']),
    isShared: row['isShared'] === 1,
    isMine: row['isMine'] === 1,
  }))
  const id = preset?.rows[0]?.['view_id']
  // Whoever made it may have deleted it, or keeps it to themselves by now.
  return { views, defaultId: views.find((view) => view.id === id)?.id ?? null }
}

/**
 * Saves a person's view, again where it is there already; never somebody else's, and never one more
 * than they may have. The last statement gives a row when it stands as it was asked for.
 */
export function keepView(
  db: Db,
  workspaceId: string,
  personId: string,
  { id, name, query, isShared, at }: KeptView & { id: string; at: number },
): CompiledQuery[] {
  return [
    sql`
      INSERT INTO saved_view (id, workspace_id, person_id, name, query, is_shared, made_at)
      SELECT ${id}, ${workspaceId}, ${personId}, ${name}, ${query}, ${Number(isShared)}, ${at}
      WHERE ${VIEWS_A_PERSON_MAX} > (
        SELECT count(*) FROM saved_view WHERE workspace_id = ${workspaceId} AND person_id = ${personId} AND id <> ${id})
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, is_shared = excluded.is_shared
      WHERE saved_view.workspace_id = ${workspaceId} AND saved_view.person_id = ${personId}`.compile(
      db,
    ),
    sql`
      SELECT person_id = ${personId} AS isMine FROM saved_view
      WHERE workspace_id = ${workspaceId} AND id = ${id}`.compile(db),
    sql`
      SELECT count(*) AS views FROM saved_view
      WHERE workspace_id = ${workspaceId} AND person_id = ${personId}`.compile(db),
  ]
}

export function deleteView(
  db: Db,
  workspaceId: string,
  personId: string,
  id: string,
): CompiledQuery {
  return sql`
    DELETE FROM saved_view
    WHERE workspace_id = ${workspaceId} AND person_id = ${personId} AND id = ${id}`.compile(db)
}

/** Takes only what this person is shown; null goes back to the register's own first view. */
export function setDefaultView(
  db: Db,
  workspaceId: string,
  personId: string,
  id: string | null,
): CompiledQuery[] {
  const isShown = sql`EXISTS (
    SELECT 1 FROM saved_view WHERE workspace_id = ${workspaceId} AND id = ${id}
      AND (person_id = ${personId} OR is_shared = 1))`
  return id === null
    ? [
        sql`
          DELETE FROM default_view
          WHERE workspace_id = ${workspaceId} AND person_id = ${personId}`.compile(db),
        sql`SELECT 1 AS isShown`.compile(db),
      ]
    : [
        sql`
          INSERT INTO default_view (person_id, workspace_id, view_id)
          SELECT ${personId}, ${workspaceId}, ${id} WHERE ${isShown}
          ON CONFLICT (person_id) DO UPDATE SET view_id = excluded.view_id
          WHERE default_view.workspace_id = ${workspaceId}`.compile(db),
        sql`SELECT ${isShown} AS isShown`.compile(db),
      ]
}
