import { type CompiledQuery, sql } from 'kysely'

import type { PublicItem } from '#shared/public-page'

import type { Db } from '../database/open'

interface NewEvent {
  id: string
  actor: string
  at: number
}

/** Puts one version of a message on the public page, in place of the one before. */
export function putPublication(
  db: Db,
  workspaceId: string,
  entryId: string,
  messageId: string,
  event: NewEvent,
): CompiledQuery[] {
  const { actor, at } = event
  return [
    insertEvent(db, workspaceId, entryId, 'published', event, sql`1 = 1`),
    sql`
      INSERT INTO publication (entry_id, workspace_id, message_id, by, at)
      VALUES (${entryId}, ${workspaceId}, ${messageId}, ${actor}, ${at})
      ON CONFLICT (entry_id) DO UPDATE SET message_id = excluded.message_id, by = excluded.by, at = excluded.at`.compile(
      db,
    ),
  ]
}

export function deletePublication(
  db: Db,
  workspaceId: string,
  entryId: string,
  event: NewEvent,
): CompiledQuery[] {
  const isPublic = sql`
    EXISTS (SELECT 1 FROM publication WHERE publication.workspace_id = ${workspaceId}
      AND publication.entry_id = ${entryId})`
  return [
    insertEvent(db, workspaceId, entryId, 'publication-withdrawn', event, isPublic),
    sql`DELETE FROM publication WHERE workspace_id = ${workspaceId} AND entry_id = ${entryId}`.compile(
      db,
    ),
  ]
}

function insertEvent(
  db: Db,
  workspaceId: string,
  entryId: string,
  what: string,
  { id, actor, at }: NewEvent,
  guard: ReturnType<typeof sql>,
): CompiledQuery {
  return sql`
    INSERT INTO event (id, workspace_id, entry_id, at, actor, what)
    SELECT ${id}, ${workspaceId}, ${entryId}, ${at}, ${actor}, ${what} WHERE ${guard}
    ON CONFLICT DO NOTHING`.compile(db)
}

/** Whose public page this is; undefined where nobody has one of that name. */
export async function findBySlug(
  db: Db,
  slug: string,
): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('workspace')
    .select(['id', 'name'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

/** Where a page of it goes on. */
export type PublicKey = readonly [at: number, entryId: string]

/** What is public, the newest first; what was taken back is not. */
export async function listPublic(
  db: Db,
  workspaceId: string,
  { after, limit }: { after: PublicKey | undefined; limit: number },
): Promise<(PublicItem & { entryId: string })[]> {
  const behind = after
    ? sql`(-publication.at, publication.entry_id) > (${-after[0]}, ${after[1]})
        AND publication.at <= ${after[0]}`
    : sql`1 = 1`
  const { rows } = await sql<PublicItem & { entryId: string }>`
    SELECT publication.entry_id AS entryId, message.id, message.kind, message.you_said AS youSaid, message.words,
      publication.at
    FROM publication
    JOIN message ON message.id = publication.message_id AND +message.workspace_id = ${workspaceId}
    JOIN entry ON entry.id = publication.entry_id AND +entry.workspace_id = ${workspaceId}
    WHERE publication.workspace_id = ${workspaceId} AND entry.state <> 'withdrawn' AND ${behind}
    ORDER BY publication.at DESC, publication.entry_id LIMIT ${limit}`.execute(db)
  return rows
}
