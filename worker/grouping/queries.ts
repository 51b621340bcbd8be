import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import * as v from 'valibot'

import type { NoteFeatures } from '#shared/grouping/decide'
import { Place, channelOf } from '#shared/place'
import type { Kind, Mood, Wince } from '#shared/note'

import type { Db } from '../database/open'
import { partsOf } from '../placing/queries'

/** A note that no entry has yet. */
export interface PendingNote {
  id: string
  personId: string
  mood: Mood
  kind: Kind | null
  wince: Wince | null
  money: string | null
  service: string | null
  place: Place
  words: string
  expected: string | null
  at: number
}

/** The lease: while it is held, nobody else groups this workspace's notes. Writes; `changes` says who has it. */
export function takeLease(
  db: Db,
  workspaceId: string,
  holder: string,
  now: number,
  until: number,
): CompiledQuery {
  return sql`
    UPDATE workspace SET grouping_lease = ${holder}, grouping_lease_until = ${until}
    WHERE id = ${workspaceId} AND (grouping_lease_until < ${now} OR grouping_lease = ${holder})`.compile(
    db,
  )
}

export function releaseLease(db: Db, workspaceId: string, holder: string): CompiledQuery {
  return sql`
    UPDATE workspace SET grouping_lease = NULL, grouping_lease_until = 0
    WHERE id = ${workspaceId} AND grouping_lease = ${holder}`.compile(db)
}

/** Notes that wait, in the order the server took them. */
export async function listPendingNotes(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<PendingNote[]> {
  const rows = await db
    .selectFrom('note')
    .select([
      'id',
      'person_id',
      'mood',
      'kind',
      'wince',
      'money',
      'service',
      'place',
      'words',
      'expected',
      'at',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('grouped', '=', 0)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(({ person_id, place, wince, ...row }) => ({
    ...row,
    personId: person_id,
    wince: wince as Wince | null,
    place: v.parse(Place, JSON.parse(place)),
  }))
}

/** Workspaces in which notes wait, for the sweep; drawn by lot, so that none waits for ever behind others. */
export async function listWorkspacesWithPendingNotes(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM note WHERE grouped = 0 GROUP BY workspace_id ORDER BY random() LIMIT ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.workspace_id)
}

/**
 * Entries that a note may fit: those at its place or its page, and those that share the most of
 * its stems; never one that a person keeps apart from it, or that holds a note kept apart from
 * it. A merged one stands for its target and lends it its places and stems.
 * One row each, with its places and stems as JSON, so that the cost does not grow with the register.
 */
export function findCandidates(
  db: Db,
  workspaceId: string,
  noteId: string,
  features: NoteFeatures,
  limit: number,
): CompiledQuery {
  const stems = JSON.stringify(features.stems)
  return sql`
    WITH found (entry_id, rank) AS (
      SELECT * FROM (
        SELECT entry_id, 1 FROM entry_place
        WHERE workspace_id = ${workspaceId} AND mood = ${features.mood} AND key = ${features.placeKey}
        ORDER BY notes DESC LIMIT ${limit})
      UNION ALL SELECT * FROM (
        SELECT entry_id, 2 FROM entry_place
        WHERE workspace_id = ${workspaceId} AND mood = ${features.mood} AND key = ${features.widePlaceKey}
        ORDER BY notes DESC LIMIT ${limit})
      UNION ALL SELECT * FROM (
        SELECT entry_id, 3 FROM entry_stem
        WHERE workspace_id = ${workspaceId} AND mood = ${features.mood}
          AND stem IN (SELECT value FROM json_each(${stems}))
        GROUP BY entry_id ORDER BY count(*) DESC LIMIT ${limit})),
    source (source_id, entry_id, rank) AS (
      SELECT entry.id, COALESCE(entry.merged_into, entry.id), min(found.rank)
      FROM found JOIN entry ON entry.id = found.entry_id AND entry.workspace_id = ${workspaceId}
      GROUP BY entry.id),
    root (entry_id, rank) AS (
      SELECT entry_id, min(rank) FROM source GROUP BY entry_id ORDER BY 2, 1 LIMIT ${limit}),
    part (entry_id, source_id) AS (SELECT entry_id, source_id FROM source UNION SELECT entry_id, entry_id FROM root)
    SELECT entry.id, entry.number, entry.service, entry.notes, entry.version, entry.state,
      (SELECT json_group_object(key, notes) FROM (
        SELECT key, sum(entry_place.notes) AS notes FROM part JOIN entry_place ON entry_place.entry_id = part.source_id
        WHERE part.entry_id = entry.id AND workspace_id = ${workspaceId} AND mood = ${features.mood}
          AND key IN (${features.placeKey}, ${features.widePlaceKey})
        GROUP BY key)) AS places,
      (SELECT json_group_object(stem, notes) FROM (
        SELECT stem, sum(entry_stem.notes) AS notes FROM part JOIN entry_stem ON entry_stem.entry_id = part.source_id
        WHERE part.entry_id = entry.id AND workspace_id = ${workspaceId}
        GROUP BY stem)) AS stems
    FROM root JOIN entry ON entry.id = root.entry_id
    WHERE entry.workspace_id = ${workspaceId} AND entry.mood = ${features.mood} AND NOT EXISTS (
      SELECT 1 FROM never_group
      WHERE never_group.workspace_id = ${workspaceId} AND note_id = ${noteId} AND (
        other_id = entry.id OR other_id IN (
          SELECT note_id FROM entry_note
          WHERE workspace_id = ${workspaceId} AND entry_id = entry.id AND current = 1)))
    ORDER BY root.rank, entry.number`.compile(db)
}

/** Which entries people keep apart from which of these notes. */
export function findKeptApart(
  db: Db,
  workspaceId: string,
  noteIds: readonly string[],
): CompiledQuery {
  return sql`
    SELECT note_id, other_id FROM never_group
    WHERE workspace_id = ${workspaceId} AND note_id IN (SELECT value FROM json_each(${JSON.stringify(noteIds)}))`.compile(
    db,
  )
}

export interface Placement {
  note: PendingNote
  features: NoteFeatures
  entryId: string
  /** JSON: why it is there. */
  why: string
  at: number
  eventId: string
}

/**
 * Opens an entry with the note as its first evidence; does nothing when the note has a place by
 * now. The second statement returns the new entry's number.
 */
export function openEntry(
  db: Db,
  workspaceId: string,
  placement: Placement,
  title: string,
): CompiledQuery[] {
  const { note, entryId, at } = placement
  const waits = isWaiting(workspaceId, note.id)
  return [
    sql`
      UPDATE workspace SET seq = seq + 2, next_entry_number = next_entry_number + 1
      WHERE id = ${workspaceId} AND ${waits}`.compile(db),
    sql`
      INSERT INTO entry (id, workspace_id, number, mood, title, service, channel, kind, state, notes, leaders, worst, free,
        opened_at, changed_at, version, seq)
      SELECT ${entryId}, id, next_entry_number - 1, ${note.mood}, ${title}, ${note.service}, ${channelOf(note.place)},
        ${note.kind}, ${note.mood === 'liked' ? 'kept' : 'new'}, 1, 1, ${note.wince}, ${Number(note.money === 'free')},
        ${at}, ${at}, 1, seq - 1
      FROM workspace WHERE id = ${workspaceId} AND ${waits}
      RETURNING number`.compile(db),
    ...putNote(db, workspaceId, placement, 'opened'),
  ]
}

/** Joins an entry as it was read; does nothing when the entry or the note changed meanwhile. */
export function joinEntry(
  db: Db,
  workspaceId: string,
  placement: Placement,
  version: number,
  state: string,
): CompiledQuery[] {
  const { note, entryId, at } = placement
  const unchanged = sql<boolean>`
    ${isWaiting(workspaceId, note.id)} AND EXISTS (
      SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version}
        AND mood = ${note.mood})`
  const reopens = state === 'closed'
  return [
    sql`UPDATE workspace SET seq = seq + 2 WHERE id = ${workspaceId} AND ${unchanged}`.compile(db),
    sql`
      UPDATE entry SET
        notes = notes + 1,
        leaders = leaders + (NOT EXISTS (
          SELECT 1 FROM entry_note JOIN note ON note.id = entry_note.note_id AND note.workspace_id = entry_note.workspace_id
          WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.current = 1
            AND entry_note.entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}
            AND note.person_id = ${note.personId})),
        worst = NULLIF(max(COALESCE(worst, -1), COALESCE(${note.wince}, -1)), -1),
        free = max(free, ${Number(note.money === 'free')}),
        service = COALESCE(service, ${note.service}),
        kind = COALESCE(kind, ${note.kind}),
        state = ${reopens ? sql`'reopened'` : sql`state`},
        changed_at = ${at},
        version = version + 1,
        seq = (SELECT seq - 1 FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${unchanged}`.compile(db),
    ...putNote(db, workspaceId, placement, reopens ? 'reopened' : 'joined', version + 1),
  ]
}

function isWaiting(workspaceId: string, noteId: string): RawBuilder<boolean> {
  return sql<boolean>`
    EXISTS (SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId} AND grouped = 0)`
}

/** Evidence, indexes, history; each only where the entry stands as the statements before left it. */
function putNote(
  db: Db,
  workspaceId: string,
  { note, features, entryId, why, at, eventId }: Placement,
  what: string,
  version = 1,
): CompiledQuery[] {
  const ready = sql<boolean>`
    ${isWaiting(workspaceId, note.id)} AND EXISTS (
      SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version})`
  const keys = JSON.stringify([...new Set([features.placeKey, features.widePlaceKey])])
  return [
    sql`
      INSERT INTO entry_place (workspace_id, mood, key, entry_id, notes)
      SELECT ${workspaceId}, ${note.mood}, value, ${entryId}, 1 FROM json_each(${keys}) WHERE ${ready}
      ON CONFLICT DO UPDATE SET notes = notes + 1`.compile(db),
    sql`
      INSERT INTO entry_stem (workspace_id, mood, stem, entry_id, notes)
      SELECT ${workspaceId}, ${note.mood}, value, ${entryId}, 1 FROM json_each(${JSON.stringify(features.stems)}) WHERE ${ready}
      ON CONFLICT DO UPDATE SET notes = notes + 1`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT ${eventId}, ${workspaceId}, ${entryId}, ${at}, 'wince', ${what}, NULL, ${note.id}, NULL WHERE ${ready}`.compile(
      db,
    ),
    sql`
      INSERT INTO entry_note (workspace_id, entry_id, note_id, placed_by, why, at, current)
      SELECT ${workspaceId}, ${entryId}, ${note.id}, 'grouping', ${why}, ${at}, 1 WHERE ${ready}`.compile(
      db,
    ),
    sql`
      UPDATE note SET grouped = 1, seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${note.id} AND ${ready}`.compile(db),
  ]
}
