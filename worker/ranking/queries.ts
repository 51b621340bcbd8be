import { type CompiledQuery, sql } from 'kysely'

import { MAX_READ, MAX_READ_A_TOKEN } from '#shared/grouping/likeliest'

import {
  EVERY_NOTE,
  type NoteTokens,
  indexNotes,
  keepTokens,
  unindexNotes,
} from '../database/index-rows'
import type { Db } from '../database/open'

/** How far "the same as" is followed from proposal to proposal. */
const MAX_PROPOSALS = 4
/** What of a workspace's names is read: more services than anybody has. */
const MAX_SERVICES = 500
const MAX_ALIASES = 2_000
/** Merged entries that are looked at beside the one they were merged into; the oldest. */
const MAX_PARTS = 64
/** Notes that an entry's summary is made of anew. */
const MAX_SUMMED = 50

/** Rows `name` and `alias`, which is null for the name itself. */
export function listServiceNames(db: Db, workspaceId: string): CompiledQuery {
  return sql`
    SELECT name, NULL AS alias FROM (
      SELECT name FROM service WHERE workspace_id = ${workspaceId} ORDER BY name LIMIT ${MAX_SERVICES})
    UNION ALL
    SELECT name, alias FROM (
      SELECT service.name, service_alias.alias FROM service_alias
      JOIN service ON service.workspace_id = service_alias.workspace_id AND service.id = service_alias.service_id
      WHERE service_alias.workspace_id = ${workspaceId} LIMIT ${MAX_ALIASES})`.compile(db)
}

/**
 * One row for each of these tokens that the mood has: `token`, how many `notes` and `entries` have
 * it, and `top` as JSON `[number, notes][]`: the entries with most notes of it, null for tokens
 * that the budget does not reach. The rarest are read first, in the order asked where they are as rare.
 */
export function findPostings(
  db: Db,
  workspaceId: string,
  mood: string,
  tokens: readonly string[],
): CompiledQuery {
  return sql`
    WITH asked AS (
      SELECT token.token, token.notes, token.entries,
        sum(min(${MAX_READ_A_TOKEN}, token.entries)) OVER (
          ORDER BY token.notes, each.key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS spent
      FROM json_each(${JSON.stringify([EVERY_NOTE, ...tokens])}) AS each
      CROSS JOIN token ON token.token = each.value
      WHERE token.workspace_id = ${workspaceId} AND token.mood = ${mood})
    SELECT token, notes, entries, CASE WHEN token <> ${EVERY_NOTE} AND COALESCE(spent, 0) < ${MAX_READ} THEN (
      SELECT json_group_array(json_array(number, notes)) FROM (
        SELECT number, notes FROM entry_token
        WHERE entry_token.workspace_id = ${workspaceId} AND entry_token.mood = ${mood} AND entry_token.token = asked.token
        ORDER BY notes DESC, number LIMIT ${MAX_READ_A_TOKEN})) END AS top
    FROM asked`.compile(db)
}

/** For each fingerprint the `number` of the entry of the first note that has it. */
export function findTwins(db: Db, workspaceId: string, prints: readonly string[]): CompiledQuery {
  return sql`
    SELECT twin.print, entry.number
    FROM (
      SELECT each.value AS print, (
        SELECT entry_id FROM note_index
        WHERE note_index.workspace_id = ${workspaceId} AND note_index.print = each.value AND entry_id IS NOT NULL
        ORDER BY note_index.number LIMIT 1) AS entry_id
      FROM json_each(${JSON.stringify(prints)}) AS each) AS twin
    CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = twin.entry_id`.compile(
    db,
  )
}

/**
 * For each note the `number` of the entry that its author says it is the same as, or of the one
 * that this was merged into; none for an entry that is not there, of the other mood, or not to be joined.
 *
 * @param asked pairs of a note and the entry's id as it came
 */
export function findNamed(
  db: Db,
  workspaceId: string,
  asked: readonly (readonly [noteId: string, entryId: string])[],
): CompiledQuery {
  return sql`
    SELECT pair.value ->> 0 AS note_id, entry.number
    FROM json_each(${JSON.stringify(asked)}) AS pair
    CROSS JOIN entry AS named ON named.id = pair.value ->> 1
    CROSS JOIN entry ON entry.id = COALESCE(named.merged_into, named.id)
    CROSS JOIN note ON note.id = pair.value ->> 0
    WHERE named.workspace_id = ${workspaceId} AND entry.workspace_id = ${workspaceId} AND note.workspace_id = ${workspaceId}
      AND entry.mood = note.mood AND entry.merged_into IS NULL AND entry.state NOT IN ('merged', 'declined', 'withdrawn')`.compile(
    db,
  )
}

/**
 * What people keep apart from each note, by separating or by saying no to a proposal, whichever
 * of the two they named first: `other_id`, a note or an entry, and `entry_id`, the entry that it
 * is or is in by now, if any.
 *
 * @param asked pairs of a note and an id that speaks for it: its own, or its entry's
 */
export function findKeptApart(
  db: Db,
  workspaceId: string,
  asked: readonly (readonly [noteId: string, id: string])[],
): CompiledQuery {
  return sql`
    WITH asked (note_id, id) AS (SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(asked)})),
    other (note_id, other_id) AS (
      SELECT asked.note_id, never_group.other_id FROM asked
      CROSS JOIN never_group ON never_group.note_id = asked.id WHERE never_group.workspace_id = ${workspaceId}
      UNION SELECT asked.note_id, never_group.note_id FROM asked
      CROSS JOIN never_group ON never_group.other_id = asked.id WHERE never_group.workspace_id = ${workspaceId}
      UNION SELECT asked.note_id, proposal.entry_id FROM asked
      CROSS JOIN proposal ON proposal.note_id = asked.id WHERE proposal.workspace_id = ${workspaceId} AND state = 'rejected'
      UNION SELECT asked.note_id, proposal.note_id FROM asked
      CROSS JOIN proposal ON proposal.entry_id = asked.id WHERE proposal.workspace_id = ${workspaceId} AND state = 'rejected')
    SELECT other.note_id, other.other_id, COALESCE(entry.merged_into, entry.id) AS entry_id
    FROM other
    LEFT JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = other.other_id AND current = 1
    LEFT JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = COALESCE(entry_note.entry_id, other.other_id)`.compile(
    db,
  )
}

/**
 * The entries with these numbers: `id`, `number`, `mood`, how many `notes` they have, `merged_into`,
 * and `has_parts`, whether others were merged into them. One row is read of each, and nothing else.
 */
export function findSizes(db: Db, workspaceId: string, numbers: readonly number[]): CompiledQuery {
  return sql`
    SELECT entry_token.entry_id AS id, entry_token.number, entry_token.mood, entry_token.notes, entry_token.merged_into,
      EXISTS (
        SELECT 1 FROM entry
        WHERE entry.workspace_id = ${workspaceId} AND entry.merged_into = entry_token.entry_id) AS has_parts
    FROM json_each(${JSON.stringify(numbers)}) AS each
    CROSS JOIN entry_token INDEXED BY entry_sizes ON entry_token.number = each.value AND entry_token.token = ''
    WHERE entry_token.workspace_id = ${workspaceId}`.compile(db)
}

/**
 * Each of these entries with all that was merged into it: `root` is the entry, `id` the member,
 * with its `number`, `mood` and how many `notes` it has.
 */
export function findMembers(db: Db, workspaceId: string, roots: readonly string[]): CompiledQuery {
  return sql`
    SELECT each.value AS root, entry.id, entry.number, entry.mood, COALESCE(whole.notes, 0) AS notes
    FROM json_each(${JSON.stringify(roots)}) AS each CROSS JOIN json_each((
      SELECT json_group_array(id) FROM (
        SELECT each.value AS id UNION ALL
        SELECT * FROM (
          SELECT id FROM entry WHERE entry.workspace_id = ${workspaceId} AND entry.merged_into = each.value
          ORDER BY id LIMIT ${MAX_PARTS})))) AS member
    CROSS JOIN entry ON entry.id = member.value
    LEFT JOIN entry_token AS whole
      ON whole.workspace_id = ${workspaceId} AND whole.entry_id = entry.id AND whole.token = ''
    WHERE entry.workspace_id = ${workspaceId}`.compile(db)
}

/** Each entry as it stands, with its notes and its stored summary, null where there is none. */
export function readEntries(db: Db, workspaceId: string, ids: readonly string[]): CompiledQuery {
  return sql`
    SELECT entry.id, entry.version, entry.state, COALESCE(whole.notes, 0) AS notes, entry_summary.data
    FROM json_each(${JSON.stringify(ids)}) AS each
    CROSS JOIN entry ON entry.id = each.value
    LEFT JOIN entry_token AS whole
      ON whole.workspace_id = ${workspaceId} AND whole.entry_id = entry.id AND whole.token = ${EVERY_NOTE}
    LEFT JOIN entry_summary ON entry_summary.workspace_id = ${workspaceId} AND entry_summary.entry_id = entry.id
    WHERE entry.workspace_id = ${workspaceId}`.compile(db)
}

/** How many notes of each entry have each of the tokens; no row for none. */
export function readCounts(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  tokens: readonly string[],
): CompiledQuery {
  return sql`
    SELECT entry_token.entry_id, entry_token.token, entry_token.notes
    FROM json_each(${JSON.stringify(ids)}) AS entry CROSS JOIN json_each(${JSON.stringify(tokens)}) AS asked
    CROSS JOIN entry_token ON entry_token.entry_id = entry.value AND entry_token.token = asked.value
    WHERE entry_token.workspace_id = ${workspaceId}`.compile(db)
}

/**
 * From each entry the entries that open proposals lead to, one after the other; the last row of an
 * `id` has its root. Only a proposal for a note that the entry still has speaks for it.
 */
export function followProposals(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): CompiledQuery {
  return sql`
    WITH RECURSIVE chain (id, root, hops) AS (
      SELECT value, value, 0 FROM json_each(${JSON.stringify(ids)})
      UNION ALL
      SELECT chain.id, COALESCE(target.merged_into, target.id), chain.hops + 1
      FROM chain
      CROSS JOIN proposal ON proposal.workspace_id = ${workspaceId} AND proposal.from_id = chain.root AND proposal.state = 'open'
      CROSS JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = proposal.note_id
        AND entry_note.current = 1 AND entry_note.entry_id = chain.root
      CROSS JOIN entry AS target ON target.workspace_id = ${workspaceId} AND target.id = proposal.entry_id
      WHERE chain.hops < ${MAX_PROPOSALS} AND COALESCE(target.merged_into, target.id) <> chain.id)
    SELECT id, root FROM chain WHERE hops > 0 ORDER BY hops`.compile(db)
}

/** An entry's newest notes, the newest first. */
export function listNewestNotes(db: Db, workspaceId: string, entryId: string): CompiledQuery {
  return sql`
    SELECT note.id, note.person_id, note.walk_id, note.mood, note.kind, note.wince, note.money, note.service, note.place,
      note.words, note.expected, note.at
    FROM note_index CROSS JOIN note ON note.workspace_id = ${workspaceId} AND note.id = note_index.note_id
    WHERE note_index.workspace_id = ${workspaceId} AND note_index.entry_id = ${entryId}
    ORDER BY note_index.number DESC LIMIT ${MAX_SUMMED}`.compile(db)
}

/** A workspace with notes that are to be counted anew; by lot, so that none waits for ever. */
export async function findNotesToIndex(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM note_to_index GROUP BY workspace_id ORDER BY random() LIMIT 1`.execute(
    db,
  )
  return rows[0]?.workspace_id
}

/** Those notes, with `entry_id`, where they are, and `counted_by`, the entry that counts them; either may be null. */
export function listNotesToIndex(db: Db, workspaceId: string, limit: number): CompiledQuery {
  return sql`
    SELECT note.*, entry_note.entry_id, note_index.entry_id AS counted_by
    FROM note_to_index CROSS JOIN note ON note.id = note_to_index.note_id
    LEFT JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = note.id AND current = 1
    LEFT JOIN note_index ON note_index.note_id = note.id AND +note_index.workspace_id = ${workspaceId}
    WHERE note_to_index.workspace_id = ${workspaceId} AND note.workspace_id = ${workspaceId}
    ORDER BY note_to_index.note_id LIMIT ${limit}`.compile(db)
}

/** A note that is counted by the entry `from`, and is to be counted by the one it is in. */
interface NoteToIndex extends NoteTokens {
  entryId: string | null
  from: string | null
}

/** Counts notes anew, unless one of them was moved since it was read: then none is, until the next time. */
export function indexAnew(
  db: Db,
  workspaceId: string,
  notes: readonly NoteToIndex[],
): CompiledQuery[] {
  const placed = notes.flatMap(({ id, entryId }) => (entryId === null ? [] : [{ id, entryId }]))
  const counted = notes.flatMap(({ id, from }) => (from === null ? [] : [{ id, entryId: from }]))
  const ids = JSON.stringify(notes.map(({ id }) => id))
  const pairs = JSON.stringify(placed.map(({ id, entryId }) => [id, entryId]))
  const unmoved = sql<boolean>`NOT EXISTS (
    SELECT 1 FROM json_each(${pairs}) AS pair WHERE NOT EXISTS (
      SELECT 1 FROM entry_note
      WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = pair.value ->> 0
        AND entry_note.entry_id = pair.value ->> 1 AND current = 1))`
  return [
    ...unindexNotes(db, workspaceId, counted, unmoved),
    keepTokens(
      db,
      workspaceId,
      notes.filter(({ entryId }) => entryId !== null),
      unmoved,
    ),
    ...indexNotes(db, workspaceId, placed, unmoved),
    sql`
      DELETE FROM note_to_index
      WHERE +workspace_id = ${workspaceId} AND note_id IN (SELECT value FROM json_each(${ids})) AND ${unmoved}`.compile(
      db,
    ),
  ]
}
