import { type CompiledQuery, sql } from 'kysely'

import type { Db } from '../database/open'
import { type NewProposal, proposeIf } from '../grouping/queries'

/** A workspace in which an entry is to be asked about again; the one that waits longest. */
export async function findDueWorkspace(db: Db, now: number): Promise<string | undefined> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM lone_entry WHERE ask_at <= ${now} ORDER BY ask_at LIMIT 1`.execute(db)
  return rows[0]?.workspace_id
}

/**
 * Entries whose time has come, with their only note: `asked_id` is the entry, `is_alone` says
 * whether it is to be asked about: one note, which grouping put there, nothing decided about it by
 * a person, and nobody asked whether it is the same as another one or another one as it.
 */
export function listDueEntries(
  db: Db,
  workspaceId: string,
  now: number,
  limit: number,
): CompiledQuery {
  return sql`
    SELECT lone_entry.entry_id AS asked_id, entry.version, note.*, (
      entry.notes = 1 AND entry.merged_into IS NULL AND entry.title_confirmed = 0
      AND entry.state IN ('new', 'kept') AND entry_note.placed_by = 'grouping'
      AND NOT EXISTS (
        SELECT 1 FROM event
        WHERE event.workspace_id = ${workspaceId} AND event.entry_id = entry.id AND event.actor <> 'wince')
      AND NOT EXISTS (
        SELECT 1 FROM proposal WHERE proposal.workspace_id = ${workspaceId} AND proposal.note_id = note.id AND proposal.state = 'open')
      AND NOT EXISTS (
        SELECT 1 FROM proposal
        WHERE proposal.workspace_id = ${workspaceId} AND proposal.entry_id = entry.id AND proposal.state = 'open')
    ) AS is_alone
    FROM (
      SELECT entry_id FROM lone_entry WHERE lone_entry.workspace_id = ${workspaceId} AND ask_at <= ${now}
      ORDER BY ask_at LIMIT ${limit}) AS lone_entry
    CROSS JOIN entry ON entry.id = lone_entry.entry_id
    LEFT JOIN note ON note.workspace_id = ${workspaceId} AND note.id = (
      SELECT note_id FROM note_index WHERE note_index.workspace_id = ${workspaceId} AND note_index.entry_id = entry.id LIMIT 1)
    LEFT JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = note.id
      AND entry_note.entry_id = entry.id AND entry_note.current = 1
    WHERE entry.workspace_id = ${workspaceId}`.compile(db)
}

/** What a lone entry may be the same as, as it was read. */
export interface LoneProposal extends NewProposal {
  noteId: string
  fromId: string
  version: number
  /** Unix ms. */
  at: number
}

/** Writes what is proposed for entries that are still as they were read, and asks about none of `askedIds` again. */
export function proposeMerges(
  db: Db,
  workspaceId: string,
  proposals: readonly LoneProposal[],
  askedIds: readonly string[],
): CompiledQuery[] {
  return [
    ...proposals.map((proposal) =>
      proposeIf(
        workspaceId,
        proposal,
        sql<boolean>`EXISTS (
          SELECT 1 FROM entry
          WHERE entry.workspace_id = ${workspaceId} AND entry.id = ${proposal.fromId} AND entry.version = ${proposal.version})`,
      ).compile(db),
    ),
    sql`
      DELETE FROM lone_entry
      WHERE workspace_id = ${workspaceId} AND entry_id IN (SELECT value FROM json_each(${JSON.stringify(askedIds)}))`.compile(
      db,
    ),
  ]
}
