import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Note } from '#shared/note'

import type { Db } from '../database/open'
import { partsOf } from '../placing/queries'

const DAY_MS = 86_400_000

/**
 * What a note promises its customer, inside the batch that brings it; nothing for one that
 * promises nothing.
 *
 * @param fresh holds in that batch, and never again
 */
export function insertFollowUp(
  db: Db,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  { id, owed }: Note,
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  if (owed == null) return []
  const reference = owed.reference === '' ? null : owed.reference
  return [
    sql`
      INSERT INTO follow_up (id, note_id, workspace_id, person_id, seen_through_by, reference, since, due_at)
      SELECT ${id}, ${id}, ${workspaceId}, ${personId}, ${personId}, ${reference}, ${owed.since}, ${owed.since + DAY_MS}
      WHERE ${fresh}
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/** @param settledBefore Unix ms */
export function forgetReferences(db: Db, settledBefore: number, limit: number): CompiledQuery {
  return sql`
    UPDATE follow_up SET reference = NULL
    WHERE id IN (
      SELECT id FROM follow_up
      WHERE settled_at < ${settledBefore} AND settled_at IS NOT NULL AND reference IS NOT NULL LIMIT ${limit})`.compile(
    db,
  )
}

/**
 * The fix of an entry is in place: from now on each customer who was promised something is to be
 * asked within 24 hours whether it is solved.
 *
 * @param at Unix ms
 * @param guard holds in that batch, and never again
 */
export function startFixClocks(
  db: Db,
  workspaceId: string,
  entryId: string,
  at: number,
  guard: RawBuilder<boolean>,
): CompiledQuery[] {
  return [
    sql`
      UPDATE follow_up SET fixed_at = ${at}, due_at = min(COALESCE(due_at, ${at + DAY_MS}), ${at + DAY_MS})
      WHERE workspace_id = ${workspaceId} AND settled_at IS NULL AND fixed_at IS NULL
        AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)} AND ${guard}`.compile(db),
  ]
}
