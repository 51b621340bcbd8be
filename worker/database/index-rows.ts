import { type CompiledQuery, type Expression, type SqlBool, sql } from 'kysely'

import type { Db } from './open'

/** Every note has it, so its counts are the notes of an entry and of a mood. */
export const EVERY_NOTE = ''

/** A note, and the entry that it enters or leaves. */
export interface IndexedNote {
  id: string
  entryId: string
}

// Without statistics SQLite takes the index that starts with the workspace for a good one: a unary
// plus keeps it from that, and a cross join keeps the order in which tables are read.

/** What a note is counted under: `tokens` without the one that every note has, and its fingerprint's hash. */
export interface NoteTokens {
  id: string
  tokens: readonly string[]
  print: string | null
}

/** Keeps what notes are counted under from now on, where nothing counts them yet. */
export function keepTokens(
  db: Db,
  workspaceId: string,
  notes: readonly NoteTokens[],
  condition: Expression<SqlBool>,
): CompiledQuery {
  const rows = notes.map(({ id, tokens, print }) => [id, [EVERY_NOTE, ...tokens], print])
  return sql`
    INSERT INTO note_index (workspace_id, note_id, tokens, print)
    SELECT ${workspaceId}, value ->> 0, value -> 1, value ->> 2 FROM json_each(${JSON.stringify(rows)}) WHERE ${condition}
    ON CONFLICT (note_id) DO UPDATE SET tokens = excluded.tokens, print = excluded.print
    WHERE note_index.workspace_id = ${workspaceId} AND note_index.entry_id IS NULL`.compile(db)
}

/**
 * Lets entries be found by these notes. Notes that an entry counts already, and those whose
 * tokens nobody has kept yet, change nothing; nor does doing it again.
 *
 * @param condition under which all of it happens
 */
export function indexNotes(
  db: Db,
  workspaceId: string,
  notes: readonly IndexedNote[],
  condition: Expression<SqlBool>,
): CompiledQuery[] {
  const pairs = toPairs(notes)
  const coming = sql`
    json_each(${pairs}) AS pair CROSS JOIN entry ON entry.id = pair.value ->> 1
    CROSS JOIN note_index ON note_index.note_id = pair.value ->> 0 AND +note_index.workspace_id = entry.workspace_id
    CROSS JOIN json_each(note_index.tokens) AS each
    WHERE +note_index.entry_id IS NULL AND entry.workspace_id = ${workspaceId} AND ${condition}
    GROUP BY entry.id, each.value`
  return [
    sql`
      INSERT INTO token (workspace_id, mood, token, notes, entries)
      SELECT ${workspaceId}, mood, token, sum(notes), sum(is_new) FROM (
        SELECT entry.mood, each.value AS token, count(*) AS notes, NOT EXISTS (
          SELECT 1 FROM entry_token
          WHERE entry_token.workspace_id = ${workspaceId} AND entry_id = entry.id AND token = each.value) AS is_new
        FROM ${coming})
      WHERE true GROUP BY mood, token
      ON CONFLICT DO UPDATE SET notes = notes + excluded.notes, entries = entries + excluded.entries`.compile(
      db,
    ),
    sql`
      INSERT INTO entry_token (workspace_id, entry_id, token, mood, number, merged_into, notes)
      SELECT entry.workspace_id, entry.id, each.value, entry.mood, entry.number, entry.merged_into, count(*) FROM ${coming}
      ON CONFLICT DO UPDATE SET notes = notes + excluded.notes`.compile(db),
    forgetSummaries(db, workspaceId, notes, condition),
    sql`
      UPDATE note_index SET entry_id = pair.value ->> 1 FROM json_each(${pairs}) AS pair
      WHERE +note_index.workspace_id = ${workspaceId} AND note_index.note_id = pair.value ->> 0
        AND +note_index.entry_id IS NULL AND ${condition}`.compile(db),
  ]
}

/**
 * Takes notes out of what their entries are found by: no token of theirs stays that no other note
 * has. Their own rows stay, so that another entry can count them.
 *
 * @param condition under which all of it happens
 */
export function unindexNotes(
  db: Db,
  workspaceId: string,
  notes: readonly IndexedNote[],
  condition: Expression<SqlBool>,
): CompiledQuery[] {
  const pairs = toPairs(notes)
  const gone = sql`
    gone (workspace_id, entry_id, mood, token, notes) AS MATERIALIZED (
      SELECT entry.workspace_id, entry.id, entry.mood, each.value, count(*)
      FROM json_each(${pairs}) AS pair CROSS JOIN entry ON entry.id = pair.value ->> 1
      CROSS JOIN note_index ON note_index.note_id = pair.value ->> 0 AND +note_index.workspace_id = entry.workspace_id
      CROSS JOIN json_each(note_index.tokens) AS each
      WHERE +note_index.entry_id = entry.id AND entry.workspace_id = ${workspaceId} AND ${condition}
      GROUP BY entry.id, each.value)`
  return [
    sql`
      WITH ${gone}, lost (workspace_id, mood, token, notes, entries) AS MATERIALIZED (
        SELECT gone.workspace_id, gone.mood, gone.token, sum(gone.notes), sum(entry_token.notes <= gone.notes)
        FROM gone CROSS JOIN entry_token ON entry_token.workspace_id = gone.workspace_id
          AND entry_token.entry_id = gone.entry_id AND entry_token.token = gone.token
        GROUP BY gone.mood, gone.token)
      UPDATE token SET notes = token.notes - lost.notes, entries = token.entries - lost.entries FROM lost
      WHERE token.workspace_id = lost.workspace_id AND token.mood = lost.mood AND token.token = lost.token`.compile(
      db,
    ),
    sql`
      WITH ${gone}
      DELETE FROM token
      WHERE workspace_id = ${workspaceId} AND notes < 1 AND (mood, token) IN (SELECT mood, token FROM gone)`.compile(
      db,
    ),
    sql`
      WITH ${gone}
      UPDATE entry_token SET notes = entry_token.notes - gone.notes FROM gone
      WHERE entry_token.workspace_id = gone.workspace_id AND entry_token.entry_id = gone.entry_id
        AND entry_token.token = gone.token`.compile(db),
    sql`
      WITH ${gone}
      DELETE FROM entry_token
      WHERE workspace_id = ${workspaceId} AND notes < 1 AND (entry_id, token) IN (SELECT entry_id, token FROM gone)`.compile(
      db,
    ),
    forgetSummaries(db, workspaceId, notes, condition),
    sql`
      UPDATE note_index SET entry_id = NULL FROM json_each(${pairs}) AS pair
      WHERE +note_index.workspace_id = ${workspaceId} AND note_index.note_id = pair.value ->> 0
        AND +note_index.entry_id = pair.value ->> 1 AND ${condition}`.compile(db),
  ]
}

/** Whoever looks at the entries next makes them again, from the notes that are left. */
function forgetSummaries(
  db: Db,
  workspaceId: string,
  notes: readonly IndexedNote[],
  condition: Expression<SqlBool>,
): CompiledQuery {
  const ids = JSON.stringify([...new Set(notes.map(({ entryId }) => entryId))])
  return sql`
    DELETE FROM entry_summary
    WHERE workspace_id = ${workspaceId} AND entry_id IN (SELECT value FROM json_each(${ids})) AND ${condition}`.compile(
    db,
  )
}

function toPairs(notes: readonly IndexedNote[]): string {
  return JSON.stringify(notes.map(({ id, entryId }) => [id, entryId]))
}
