import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import * as v from 'valibot'

import { Place } from '#shared/place'

import { unindexNotes } from '../database/index-rows'
import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import {
  type ReceivedOp,
  type Sender,
  insertOpIf,
  isFresh,
  movedByRestore,
  stampOp,
} from '../sync/queries'

/** The entry that a note is in, as it was read; the batch does nothing once it has moved on. */
interface Placed {
  entryId: string
  version: number
}

/** A note about to be recalled: what was made of it, so that it can be unmade. */
export interface ToRecall {
  words: string
  place: Place
  entry: (Placed & { titleConfirmed: boolean }) | null
  /** The entry's oldest other note, to take a title from; null where there is none. */
  next: { words: string; place: Place } | null
}

const Json = v.pipe(v.string(), v.parseJson())
const OwnRow = v.object({
  words: v.string(),
  place: v.pipe(Json, Place),
  entry_id: v.nullable(v.string()),
  version: v.nullable(v.number()),
  title_confirmed: v.nullable(v.number()),
})
const NextRow = v.object({ words: v.string(), place: v.pipe(Json, Place) })

/** @returns undefined when this person has no such note */
export async function findToRecall(
  d1: D1Database,
  db: Db,
  { workspaceId, personId }: Sender,
  noteId: string,
): Promise<ToRecall | undefined> {
  const [own, next] = await readAll(d1, [
    sql`
      SELECT note.words, note.place, entry.id AS entry_id, entry.version, entry.title_confirmed
      FROM note
      LEFT JOIN entry_note
        ON entry_note.workspace_id = note.workspace_id AND entry_note.note_id = note.id AND entry_note.current = 1
      LEFT JOIN entry ON entry.workspace_id = entry_note.workspace_id AND entry.id = entry_note.entry_id
      WHERE note.workspace_id = ${workspaceId} AND note.id = ${noteId} AND note.person_id = ${personId}`.compile(
      db,
    ),
    sql`
      SELECT note.words, note.place
      FROM entry_note AS own
      JOIN entry_note ON entry_note.workspace_id = own.workspace_id AND entry_note.entry_id = own.entry_id
        AND entry_note.current = 1 AND entry_note.note_id <> own.note_id
      JOIN note ON note.workspace_id = entry_note.workspace_id AND note.id = entry_note.note_id
      WHERE own.workspace_id = ${workspaceId} AND own.note_id = ${noteId} AND own.current = 1
      ORDER BY note.seq LIMIT 1`.compile(db),
  ])
  if (own?.rows[0] === undefined) return undefined
  const { entry_id, version, title_confirmed, ...note } = v.parse(OwnRow, own.rows[0])
  return {
    ...note,
    entry:
      entry_id === null || version === null
        ? null
        : { entryId: entry_id, version, titleConfirmed: title_confirmed === 1 },
    next: next?.rows[0] === undefined ? null : v.parse(NextRow, next.rows[0]),
  }
}

/** What to do about the entry of a recalled note. */
export interface Unplacement extends Placed {
  /** The title made out of the note's words. */
  derivedTitle: string
  /** What it is called from now on; null leaves a title that a person confirmed. */
  newTitle: string | null
  eventId: string
}

/**
 * Everything of a recall, for one batch. The last statement says what became of it: a row with
 * the op's `seq`, or with a `code` why it has none; `moved` when the note's entry is not as it
 * was read, so that it has to be read again.
 */
export function recallNote(
  db: Db,
  sender: Sender,
  received: ReceivedOp,
  recall: { noteId: string; receivedSince: number; from: Unplacement | null },
): CompiledQuery[] {
  const { workspaceId, personId } = sender
  const { op, receivedAt } = received
  const { noteId, from } = recall
  const fresh = isFresh(op.opId)
  // A second recall of the same note is logged and finds nothing to take out of an entry.
  const stillThere = sql<boolean>`(${fresh} AND EXISTS (
    SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId}))`
  const own = sql`
    SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId} AND person_id = ${personId}`
  const inTime = sql<boolean>`EXISTS (${own} AND ${isInTime(workspaceId, recall.receivedSince)})`
  const hasTombstone = sql<boolean>`EXISTS (
    SELECT 1 FROM tombstone WHERE workspace_id = ${workspaceId} AND subject_id = ${noteId} AND person_id = ${personId})`
  return [
    insertOpIf(
      db,
      sender,
      received,
      noteId,
      JSON.stringify({ noteId }),
      sql<boolean>`(
        (${inTime} AND ${isPlacedAsRead(workspaceId, noteId, from)}) OR ${hasTombstone} OR ${isLost(workspaceId, noteId)})`,
    ),
    sql`UPDATE workspace SET seq = seq + 2 WHERE id = ${workspaceId} AND ${fresh}`.compile(db),
    sql`
      INSERT INTO tombstone (workspace_id, subject_id, person_id, at, seq)
      SELECT id, ${noteId}, ${personId}, ${receivedAt}, seq FROM workspace WHERE id = ${workspaceId} AND ${fresh}
      ON CONFLICT DO NOTHING`.compile(db),
    sql`
      UPDATE op SET payload = '{}'
      WHERE workspace_id = ${workspaceId} AND subject_id = ${noteId} AND kind = 'note.add' AND ${fresh}`.compile(
      db,
    ),
    ...dropPictures(db, workspaceId, noteId, receivedAt, fresh),
    sql`DELETE FROM entry_note WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}`.compile(
      db,
    ),
    ...(from === null ? [] : leaveEntry(db, sender, noteId, from, receivedAt, stillThere)),
    sql`DELETE FROM note_index WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}`.compile(
      db,
    ),
    sql`
      DELETE FROM never_group
      WHERE workspace_id = ${workspaceId} AND (note_id = ${noteId} OR other_id = ${noteId}) AND ${fresh}`.compile(
      db,
    ),
    sql`DELETE FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId} AND ${fresh}`.compile(
      db,
    ),
    stampOp(db, sender, op.opId),
    sql`
      SELECT seq, NULL AS code FROM op
      WHERE op_id = ${op.opId} AND workspace_id = ${workspaceId} AND person_id = ${personId}
      UNION ALL ${movedByRestore(sender)}
      UNION ALL
      SELECT NULL, CASE WHEN ${inTime} THEN 'moved' ELSE 'too-late' END WHERE EXISTS (${own})
      LIMIT 1`.compile(db),
  ]
}

/** Received lately, or before a restore: what that brought back was recalled in time once. */
function isInTime(workspaceId: string, receivedSince: number): RawBuilder<boolean> {
  return sql<boolean>`(
    received_at >= ${receivedSince} OR epoch < (SELECT epoch FROM workspace WHERE id = ${workspaceId}))`
}

/** A note that a restore lost: its tombstone is put up before somebody sends it again. */
function isLost(workspaceId: string, noteId: string): RawBuilder<boolean> {
  return sql<boolean>`(
    EXISTS (SELECT 1 FROM workspace WHERE id = ${workspaceId} AND epoch > 1)
    AND NOT EXISTS (SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId})
    AND NOT EXISTS (SELECT 1 FROM walk WHERE workspace_id = ${workspaceId} AND id = ${noteId})
    AND NOT EXISTS (SELECT 1 FROM tombstone WHERE workspace_id = ${workspaceId} AND subject_id = ${noteId}))`
}

function isPlacedAsRead(
  workspaceId: string,
  noteId: string,
  from: Placed | null,
): RawBuilder<boolean> {
  const placed = sql`
    SELECT 1 FROM entry_note JOIN entry ON entry.workspace_id = entry_note.workspace_id AND entry.id = entry_note.entry_id
    WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = ${noteId} AND entry_note.current = 1`
  return from === null
    ? sql<boolean>`NOT EXISTS (${placed})`
    : sql<boolean>`EXISTS (${placed} AND entry.id = ${from.entryId} AND entry.version = ${from.version})`
}

function dropPictures(
  db: Db,
  workspaceId: string,
  noteId: string,
  at: number,
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  return [
    sql`
      INSERT INTO unwanted_picture (workspace_id, sha256, since)
      SELECT workspace_id, sha256, ${at} FROM attachment
      WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}
      ON CONFLICT DO UPDATE SET since = excluded.since, deleted = 0`.compile(db),
    sql`DELETE FROM attachment WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}`.compile(
      db,
    ),
  ]
}

/** Takes what the note gave to its entry out of it again; its `entry_note` is gone by now. */
function leaveEntry(
  db: Db,
  { workspaceId, personId }: Sender,
  noteId: string,
  { entryId, derivedTitle, newTitle, eventId }: Unplacement,
  at: number,
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  const others = sql`
    entry_note JOIN note ON note.workspace_id = entry_note.workspace_id AND note.id = entry_note.note_id
    WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.entry_id = ${entryId} AND entry_note.current = 1`
  const isEmpty = sql<boolean>`NOT EXISTS (SELECT 1 FROM ${others})`
  const firstOf = (column: string) => sql`(
    SELECT ${sql.ref(`note.${column}`)} FROM ${others} AND ${sql.ref(`note.${column}`)} IS NOT NULL ORDER BY note.seq LIMIT 1)`
  const inEntry = sql`workspace_id = ${workspaceId} AND entry_id = ${entryId}`
  return [
    ...unindexNotes(db, workspaceId, [{ id: noteId, entryId }], fresh),
    sql`
      UPDATE proposal SET state = 'withdrawn'
      WHERE proposal.workspace_id = ${workspaceId} AND entry_id = ${entryId} AND state = 'open' AND ${isEmpty} AND ${fresh}`.compile(
      db,
    ),
    sql`
      UPDATE event SET before = NULL
      WHERE ${inEntry} AND what = 'renamed' AND before = ${derivedTitle} AND ${fresh}`.compile(db),
    sql`
      UPDATE entry SET
        notes = (SELECT count(*) FROM ${others}),
        leaders = (SELECT count(DISTINCT note.person_id) FROM ${others}),
        worst = (SELECT max(note.wince) FROM ${others}),
        free = EXISTS (SELECT 1 FROM ${others} AND note.money = 'free'),
        service = ${firstOf('service')},
        kind = ${firstOf('kind')},
        channel = COALESCE(${firstOf('channel')}, channel),
        title = COALESCE(${newTitle}, title),
        state = CASE
          WHEN ${isEmpty} AND state NOT IN ('closed', 'declined', 'merged') THEN 'withdrawn'
          WHEN state = 'reopened' AND ${hasReopenedIt(workspaceId, entryId, noteId)} THEN 'closed'
          ELSE state END,
        changed_at = ${at},
        version = version + 1,
        seq = (SELECT seq - 1 FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${fresh}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT ${eventId}, ${workspaceId}, ${entryId}, ${at}, ${personId}, 'taken-back', NULL, ${noteId}, NULL
      WHERE ${fresh}`.compile(db),
  ]
}

/** The note reopened the entry, and nothing was added to it since. */
function hasReopenedIt(workspaceId: string, entryId: string, noteId: string): RawBuilder<boolean> {
  return sql<boolean>`${noteId} = (
    SELECT after FROM event
    WHERE workspace_id = ${workspaceId} AND entry_id = ${entryId} AND what IN ('joined', 'reopened')
    ORDER BY at DESC, id DESC LIMIT 1)`
}
