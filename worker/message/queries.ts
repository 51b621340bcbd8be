import { type CompiledQuery, sql } from 'kysely'

import {
  type EntryMessages,
  type Message,
  type NewMessage,
  TOLD_A_PAGE,
  type ToldPage,
  VERSIONS_A_PAGE,
} from '#shared/api/message'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'

interface Row extends Omit<Message, 'youSaid' | 'sorryFor'> {
  you_said: string
  sorry_for: string
}

function toMessage({ id, kind, version, you_said, words, sorry_for, by, at }: Row): Message {
  return { id, kind, version, youSaid: you_said, words, sorryFor: sorry_for, by, at }
}

const columns = sql`
  message.id, message.kind, message.version, message.you_said, message.words, message.sorry_for, message.at,
  COALESCE(author.name, '') AS by`

/** Where the versions of an entry go on. */
export type VersionKey = readonly [isOlder: number, at: number, id: string]

/** The newest of each kind first, then older versions; with what of them is public. */
export async function listMessages(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  entryId: string,
  after: VersionKey | undefined,
): Promise<Omit<EntryMessages, 'next'> & { next: VersionKey | null }> {
  const isOlder = sql`
    EXISTS (SELECT 1 FROM message AS newer WHERE newer.workspace_id = ${workspaceId}
      AND newer.entry_id = message.entry_id AND newer.kind = message.kind AND newer.version > message.version)`
  const behind = after
    ? sql`(${isOlder}, -message.at, message.id) > (${after[0]}, ${-after[1]}, ${after[2]})`
    : sql`1 = 1`
  const [list, published, workspace] = await readAll(d1, [
    sql`
      SELECT ${columns}, ${isOlder} AS is_older FROM message
      LEFT JOIN person AS author ON author.id = message.by AND +author.workspace_id = ${workspaceId}
      WHERE +message.workspace_id = ${workspaceId} AND message.entry_id = ${entryId} AND ${behind}
      ORDER BY is_older, message.at DESC, message.id LIMIT ${VERSIONS_A_PAGE + 1}`.compile(db),
    sql`
      SELECT publication.message_id AS messageId, message.kind, message.version, publication.at FROM publication
      JOIN message ON message.id = publication.message_id AND +message.workspace_id = ${workspaceId}
      WHERE +publication.workspace_id = ${workspaceId} AND publication.entry_id = ${entryId}`.compile(
      db,
    ),
    db.selectFrom('workspace').select('slug').where('id', '=', workspaceId).compile(),
  ])
  const rows = (list?.rows ?? []) as unknown as (Row & { is_older: number })[]
  const shown = rows.slice(0, VERSIONS_A_PAGE)
  const last = shown.at(-1)
  return {
    messages: shown.map(toMessage),
    next: rows.length > shown.length && last ? [last.is_older, last.at, last.id] : null,
    published: (published?.rows[0] as unknown as EntryMessages['published']) ?? null,
    slug: (workspace?.rows[0]?.['slug'] as string | null | undefined) ?? null,
  }
}

/** One version of what is told about an entry. */
export async function findMessage(
  db: Db,
  workspaceId: string,
  entryId: string,
  id: string,
): Promise<Message | undefined> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM message
    LEFT JOIN person AS author ON author.id = message.by AND +author.workspace_id = ${workspaceId}
    WHERE +message.workspace_id = ${workspaceId} AND message.entry_id = ${entryId} AND message.id = ${id}`.execute(
    db,
  )
  return rows[0] && toMessage(rows[0])
}

/** The newest version of one kind. */
export async function findNewest(
  db: Db,
  workspaceId: string,
  entryId: string,
  kind: Message['kind'],
): Promise<Message | undefined> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM message
    LEFT JOIN person AS author ON author.id = message.by AND +author.workspace_id = ${workspaceId}
    WHERE +message.workspace_id = ${workspaceId} AND message.entry_id = ${entryId} AND message.kind = ${kind}
    ORDER BY message.version DESC LIMIT 1`.execute(db)
  return rows[0] && toMessage(rows[0])
}

/**
 * The next version, with a line of history that has its id; nothing where somebody else's is the
 * newest, or where it is here already. Those who noted a closed entry hear its new words.
 */
export function insertMessage(
  db: Db,
  workspaceId: string,
  entryId: string,
  { id, kind, after, youSaid, words, sorryFor }: NewMessage,
  { actor, at }: { actor: string; at: number },
): CompiledQuery[] {
  const newest = sql`(
    SELECT COALESCE(max(message.version), 0) FROM message
    WHERE message.workspace_id = ${workspaceId} AND message.entry_id = ${entryId} AND message.kind = ${kind})`
  const isFresh = sql<boolean>`
    EXISTS (SELECT 1 FROM message WHERE message.workspace_id = ${workspaceId} AND message.id = ${id})
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.workspace_id = ${workspaceId} AND event.id = ${id})`
  const isHeard = sql<boolean>`${isFresh} AND EXISTS (
    SELECT 1 FROM entry WHERE entry.workspace_id = ${workspaceId} AND entry.id = ${entryId} AND entry.state = 'closed')`
  return [
    sql`
      INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, sorry_for, by, at)
      SELECT ${id}, ${workspaceId}, ${entryId}, ${kind}, ${after + 1}, ${youSaid}, ${words}, ${sorryFor}, ${actor}, ${at}
      WHERE ${newest} = ${after} ON CONFLICT DO NOTHING`.compile(db),
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId} AND ${isHeard}`.compile(db),
    sql`
      UPDATE entry SET seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${isHeard}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after)
      SELECT ${id}, ${workspaceId}, ${entryId}, ${at}, ${actor}, 'message-saved', ${kind}, ${String(after + 1)}
      WHERE ${isFresh}`.compile(db),
  ]
}

/** Where the list of what was told goes on. */
export type ToldKey = readonly [at: number, id: string]

/** What customers were told about what was closed, and whatever is public: the newest version of each. */
export async function listTold(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  { after, yearStart }: { after: ToldKey | undefined; yearStart: number },
): Promise<Omit<ToldPage, 'next'> & { next: ToldKey | null }> {
  const behind = after
    ? sql`message.at <= ${after[0]} AND (-message.at, message.id) > (${-after[0]}, ${after[1]})`
    : sql`1 = 1`
  const [list, around] = await readAll(d1, [
    sql`
      SELECT ${columns}, entry.number, entry.title, entry.state, publication.entry_id IS NOT NULL AS is_published
      FROM message
      JOIN entry ON entry.id = message.entry_id AND +entry.workspace_id = ${workspaceId}
      LEFT JOIN publication ON publication.entry_id = message.entry_id AND +publication.workspace_id = ${workspaceId}
        AND publication.message_id = message.id
      LEFT JOIN person AS author ON author.id = message.by AND +author.workspace_id = ${workspaceId}
      WHERE message.workspace_id = ${workspaceId} AND message.kind <> 'thanks' AND ${behind}
        AND (publication.entry_id IS NOT NULL OR entry.state IN ('closed', 'reopened') AND NOT EXISTS (
          SELECT 1 FROM message AS newer WHERE newer.workspace_id = ${workspaceId}
            AND newer.entry_id = message.entry_id AND newer.kind = message.kind AND newer.version > message.version))
      ORDER BY message.at DESC, message.id LIMIT ${TOLD_A_PAGE + 1}`.compile(db),
    sql`
      SELECT slug, (
        SELECT CASE WHEN count(*) >= ${SHARE_MIN} THEN avg(entry_work.close_code = 'cannot-fix') END FROM entry
        JOIN entry_work ON entry_work.entry_id = entry.id AND +entry_work.workspace_id = ${workspaceId}
        WHERE entry.workspace_id = ${workspaceId} AND entry.state = 'closed' AND entry.changed_at >= ${yearStart}
          AND entry_work.close_code IS NOT NULL) AS cannot_fix
      FROM workspace WHERE id = ${workspaceId}`.compile(db),
  ])
  const rows = (list?.rows ?? []) as unknown as (Row &
    ToldPage['told'][number]['entry'] & {
      is_published: number
    })[]
  const shown = rows.slice(0, TOLD_A_PAGE)
  const last = shown.at(-1)
  return {
    told: shown.map((row) => ({
      ...toMessage(row),
      entry: { number: row.number, title: row.title, state: row.state },
      isPublished: row.is_published === 1,
    })),
    next: rows.length > shown.length && last ? [last.at, last.id] : null,
    slug: (around?.rows[0]?.['slug'] as string | null | undefined) ?? null,
    cannotFix: (around?.rows[0]?.['cannot_fix'] as number | null | undefined) ?? null,
  }
}

/** A share of fewer says nothing. */
const SHARE_MIN = 5
