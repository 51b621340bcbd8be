import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import * as v from 'valibot'

import { Place } from '#shared/place'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { type Unplacement, leaveEntries } from '../leaving/queries'
import { shownNotes } from '../placing/queries'
import {
  type ReceivedOp,
  type Sender,
  insertOpIf,
  isFresh,
  movedByRestore,
  stampOp,
} from '../sync/queries'

/** An entry that a note is in, or that shows it; the batch does nothing once it has moved on. */
interface Placed {
  entryId: string
  version: number
  titleConfirmed: boolean
  /** Its oldest other note, to take a title from; null where there is none. */
  next: { id: string; words: string; place: Place } | null
}

/** A note about to be recalled: what was made of it, so that it can be unmade. */
export interface ToRecall {
  words: string
  place: Place
  /** Its own entry first, then the one that this was merged into; none while it waits to be grouped. */
  entries: Placed[]
}

const Json = v.pipe(v.string(), v.parseJson())
const OwnRow = v.object({
  words: v.string(),
  place: v.pipe(Json, Place),
})
const PlacedRow = v.object({
  entry_id: v.string(),
  version: v.number(),
  title_confirmed: v.number(),
  next_id: v.nullable(v.string()),
  words: v.nullable(v.string()),
  place: v.nullable(v.pipe(Json, Place)),
})

/** @returns undefined when this person has no such note */
export async function findToRecall(
  d1: D1Database,
  db: Db,
  { workspaceId, personId }: Sender,
  noteId: string,
): Promise<ToRecall | undefined> {
  const [own, placed] = await readAll(d1, [
    sql`
      SELECT words, place FROM note
      WHERE workspace_id = ${workspaceId} AND id = ${noteId} AND person_id = ${personId}`.compile(
      db,
    ),
    sql`
      SELECT entry.id AS entry_id, entry.version, entry.title_confirmed, next.id AS next_id, next.words, next.place
      FROM entry_note
      CROSS JOIN entry AS own ON own.workspace_id = entry_note.workspace_id AND own.id = entry_note.entry_id
      CROSS JOIN entry ON +entry.workspace_id = own.workspace_id AND entry.id IN (own.id, own.merged_into)
      LEFT JOIN note AS next ON next.workspace_id = ${workspaceId} AND next.id = (
        SELECT note.id FROM ${shownNotes(workspaceId, sql.ref('entry.id'))} AND note.id <> ${noteId}
        ORDER BY note.arrived LIMIT 1)
      WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = ${noteId} AND entry_note.current = 1
      ORDER BY entry.id <> own.id`.compile(db),
  ])
  if (own?.rows[0] === undefined) return undefined
  return {
    ...v.parse(OwnRow, own.rows[0]),
    entries: (placed?.rows ?? []).map((row) => {
      const { entry_id, version, title_confirmed, next_id, words, place } = v.parse(PlacedRow, row)
      return {
        entryId: entry_id,
        version,
        titleConfirmed: title_confirmed === 1,
        next:
          next_id === null || words === null || place === null
            ? null
            : { id: next_id, words, place },
      }
    }),
  }
}

/** Holds inside the batch of a recall, where the note is not gone yet: a second one finds nothing to take out. */
function isBeingRecalled(
  { workspaceId }: Sender,
  opId: string,
  noteId: string,
): RawBuilder<boolean> {
  return sql<boolean>`(${isFresh(opId)} AND EXISTS (
    SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId}))`
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
  recall: {
    noteId: string
    receivedSince: number
    from: Unplacement
  },
): CompiledQuery[] {
  const { workspaceId, personId } = sender
  const { op, receivedAt } = received
  const { noteId, from } = recall
  const fresh = isFresh(op.opId)
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
    // Two at least, as ever: devices were told such numbers.
    sql`UPDATE workspace SET seq = seq + ${1 + Math.max(1, from.entries.length)} WHERE id = ${workspaceId} AND ${fresh}`.compile(
      db,
    ),
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
    ...['entry_note', 'triage', 'service_alias', 'decision_step', 'decision_note', 'follow_up'].map(
      (table) =>
        sql`
        DELETE FROM ${sql.table(table)}
        WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}`.compile(db),
    ),
    ...leaveEntries(db, sender, {
      noteId,
      at: receivedAt,
      from,
      gone: isBeingRecalled(sender, op.opId, noteId),
    }),
    sql`DELETE FROM note_index WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND ${fresh}`.compile(
      db,
    ),
    ...['note_id', 'other_id'].map((side) =>
      sql`
        DELETE FROM never_group
        WHERE workspace_id = ${workspaceId} AND ${sql.ref(side)} = ${noteId} AND ${fresh}`.compile(
        db,
      ),
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
  { entries: [own, shows] }: Unplacement,
): RawBuilder<boolean> {
  const placed = sql`
    SELECT 1 FROM entry_note JOIN entry ON entry.workspace_id = entry_note.workspace_id AND entry.id = entry_note.entry_id
    WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = ${noteId} AND entry_note.current = 1`
  if (own === undefined) return sql<boolean>`NOT EXISTS (${placed})`
  const isOwn = sql<boolean>`EXISTS (${placed} AND entry.id = ${own.entryId} AND entry.version = ${own.version})`
  if (shows === undefined) return isOwn
  return sql<boolean>`(${isOwn} AND EXISTS (
    SELECT 1 FROM entry
    WHERE workspace_id = ${workspaceId} AND id = ${shows.entryId} AND version = ${shows.version}))`
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
