import { type CompiledQuery, sql } from 'kysely'

import type { Db } from '../database/open'

/** `weights` and `base` of a workspace that has learnt; one row at most. */
export function findLearntWeights(db: Db, workspaceId: string): CompiledQuery {
  return db
    .selectFrom('workspace_weights')
    .select(['weights', 'base'])
    .where('workspace_id', '=', workspaceId)
    .compile()
}

/** What makes it worth while to fit again. */
export interface Due {
  /** Decisions in all. */
  fewest: number
  /** Decisions since the last time. */
  fresh: number
  /** The version that ships. */
  base: string
  /** Unix ms; whoever was fitted later waits. */
  before: number
}

/** A workspace to fit weights for, the one that waits longest. */
export async function findWorkspaceToRefit(
  db: Db,
  { fewest, fresh, base, before }: Due,
): Promise<string | undefined> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM workspace_weights
    WHERE fitted_at <= ${before} AND decided >= ${fewest}
      AND (decided >= fitted_decided + ${fresh} OR base <> ${base})
    ORDER BY fitted_at LIMIT 1`.execute(db)
  return rows[0]?.workspace_id
}

/**
 * Takes the attempt before it is made, so that one that fails is made again a day later and not a
 * minute later; `changes` says who has it. Returns `decided`.
 */
export function claimRefit(
  db: Db,
  workspaceId: string,
  { before, now }: { before: number; now: number },
): CompiledQuery {
  return sql`
    UPDATE workspace_weights SET fitted_at = ${now}
    WHERE workspace_id = ${workspaceId} AND (fitted_at <= ${before} OR fitted_at = ${now})
    RETURNING decided`.compile(db)
}

/**
 * Notes that grouping placed and people decided about, the newest decision first: `entry_id`, the
 * entry that shows the note by now, and `suggestions` as JSON `[entry that shows it by now, values or null][]`,
 * as they were when the note was placed. What was measured by other features is left out.
 */
export function listDecided(
  db: Db,
  workspaceId: string,
  { featureSet, limit }: { featureSet: string; limit: number },
): CompiledQuery {
  return sql`
    SELECT COALESCE(entry.merged_into, entry.id) AS entry_id, (
      SELECT json_group_array(json_array(COALESCE(other.merged_into, other.id), suggestion.value -> 'values'))
      FROM json_each(machine.why, '$.suggestions') AS suggestion
      CROSS JOIN entry AS other ON other.id = suggestion.value ->> 'entryId' AND +other.workspace_id = ${workspaceId}
    ) AS suggestions
    FROM (
      SELECT entry_id, note_id, at FROM entry_note
      WHERE entry_note.workspace_id = ${workspaceId} AND current = 1 AND placed_by <> 'grouping'
      ORDER BY at DESC, note_id LIMIT ${limit}) AS decided
    CROSS JOIN entry_note AS machine ON machine.workspace_id = ${workspaceId} AND machine.note_id = decided.note_id
      AND machine.placed_by = 'grouping'
    CROSS JOIN entry ON entry.id = decided.entry_id
    WHERE entry.workspace_id = ${workspaceId} AND json_valid(machine.why) AND machine.why ->> 'features' = ${featureSet}
    ORDER BY decided.at DESC, decided.note_id`.compile(db)
}

/** @param weights JSON; null goes back to those that ship */
export function keepWeights(
  db: Db,
  workspaceId: string,
  { weights, base, decided }: { weights: string | null; base: string; decided: number },
): CompiledQuery {
  return db
    .updateTable('workspace_weights')
    .set({ weights, base, fitted_decided: decided })
    .where('workspace_id', '=', workspaceId)
    .compile()
}
