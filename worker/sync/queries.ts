import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Note } from '#shared/note'
import { type Op, type OpOf, subjectOf } from '#shared/op'
import { channelOf } from '#shared/place'
import type { PrivateWords } from '#shared/private-words'
import type { WalkPart } from '#shared/walk'
import { numberKey, placeKey, widePlaceKey } from '#shared/place-key'

import type { Db } from '../database/open'
import { insertFollowUp } from '../follow-up/queries'
import { againOf, answerAsks } from '../again/queries'
import { finishLine } from '../plan/queries'

/** Who sends, and through which pairing. */
export interface Sender {
  workspaceId: string
  personId: string
  pairingId: string
  /** The capture device as it names itself. */
  deviceId: string
  /** The life of the database that the request was let in for (S-9). */
  epoch: number
}

export interface ReceivedOp<Kind extends Op = Op> {
  op: Kind
  proto: number
  receivedAt: number
}

/**
 * The statements of one op, for one batch. Each is guarded by "this op has no seq yet" and the
 * stamp comes near the end, so that a second delivery changes nothing. The last one reads what
 * became of it: no row means that the op is not this sender's to make.
 */
export function applyOp(
  db: Db,
  sender: Sender,
  received: ReceivedOp<OpOf<'note.add' | 'walk.part'>>,
): CompiledQuery[] {
  const { op } = received
  const projection =
    op.kind === 'note.add'
      ? projectNote(db, sender, op.payload, received)
      : projectPart(db, sender, op.payload, received)
  const subjectId = subjectOf(op)
  return [
    insertOp(db, sender, received, subjectId),
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${sender.workspaceId} AND ${isFresh(op.opId)}`.compile(
      db,
    ),
    ...projection,
    stampOp(db, sender, op.opId),
    // What was recalled stays so, whatever else is known of the op that brought it.
    sql`
      SELECT NULL AS seq, 'recalled' AS code FROM tombstone
      WHERE workspace_id = ${sender.workspaceId} AND subject_id = ${subjectId} AND person_id = ${sender.personId}
      UNION ALL
      SELECT seq, NULL FROM op
      WHERE op_id = ${op.opId} AND workspace_id = ${sender.workspaceId} AND person_id = ${sender.personId}
      UNION ALL ${movedByRestore(sender)}
      LIMIT 1`.compile(db),
  ]
}

/** Gives the op its place in the workspace's order; from then on it is no longer fresh. */
export function stampOp(db: Db, { workspaceId }: Sender, opId: string): CompiledQuery {
  return sql`
    UPDATE op SET seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
    WHERE op_id = ${opId} AND workspace_id = ${workspaceId} AND seq IS NULL`.compile(db)
}

/** True inside the batch that applies the op, and never again. */
export function isFresh(opId: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM op WHERE op_id = ${opId} AND seq IS NULL)`
}

/** Logs the op unless it is known, writes to somebody else's note or walk, or brings back what was recalled. */
function insertOp(
  db: Db,
  sender: Sender,
  received: ReceivedOp<OpOf<'note.add' | 'walk.part'>>,
  subjectId: string,
): CompiledQuery {
  const { op } = received
  const walkId = op.kind === 'note.add' ? op.payload.walkId : op.payload.walk.id
  // An id names one thing: a tombstone of it would else speak for two, of two people.
  const other = sql.table(op.kind === 'note.add' ? 'walk' : 'note')
  const isMine = sql<boolean>`
    NOT EXISTS (SELECT 1 FROM tombstone WHERE workspace_id = ${sender.workspaceId} AND subject_id = ${subjectId})
    AND NOT EXISTS (SELECT 1 FROM ${other} WHERE workspace_id = ${sender.workspaceId} AND id = ${subjectId})
    AND NOT EXISTS (
      SELECT 1 FROM note
      WHERE id = ${subjectId} AND NOT (workspace_id = ${sender.workspaceId} AND person_id = ${sender.personId}))
    AND NOT EXISTS (
      SELECT 1 FROM walk
      WHERE id = ${walkId} AND NOT (workspace_id = ${sender.workspaceId} AND person_id = ${sender.personId}))`
  return insertOpIf(db, sender, received, subjectId, JSON.stringify(withoutReference(op)), isMine)
}

/** What the op log keeps. Who is owed an answer stands in one row alone, which can be emptied. */
function withoutReference(op: OpOf<'note.add' | 'walk.part'>): Note | WalkPart {
  return op.kind === 'note.add' && op.payload.owed != null
    ? { ...op.payload, owed: { ...op.payload.owed, reference: '' } }
    : op.payload
}

/** False once the database was restored under a request that is under way (S-9). */
function isSameLife({ workspaceId, epoch }: Sender): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM workspace WHERE id = ${workspaceId} AND epoch = ${epoch})`
}

/** Why an op of such a request has no seq: it is to come again, behind what the restore lost. */
export function movedByRestore(sender: Sender): RawBuilder<unknown> {
  return sql`SELECT NULL, 'moved' WHERE NOT ${isSameLife(sender)}`
}

/** Logs the op where it is new and `condition` holds. */
export function insertOpIf(
  db: Db,
  sender: Sender,
  { op, proto, receivedAt }: ReceivedOp,
  subjectId: string,
  payload: string,
  condition: RawBuilder<boolean>,
): CompiledQuery {
  return sql`
    INSERT INTO op (op_id, workspace_id, device_id, pairing_id, person_id, mid, kind, subject_id, payload, proto, at, received_at)
    SELECT ${op.opId}, ${sender.workspaceId}, ${sender.deviceId}, ${sender.pairingId}, ${sender.personId},
      ${op.mid}, ${op.kind}, ${subjectId}, ${payload}, ${proto}, ${op.at}, ${receivedAt}
    WHERE NOT EXISTS (SELECT 1 FROM op WHERE op_id = ${op.opId}) AND ${condition} AND ${isSameLife(sender)}`.compile(
    db,
  )
}

function projectNote(
  db: Db,
  sender: Sender,
  note: Note,
  { op, receivedAt }: ReceivedOp,
): CompiledQuery[] {
  const { workspaceId } = sender
  return [
    sql`
      INSERT INTO note (id, workspace_id, person_id, walk_id, source, mood, kind, wince, money, words, first_words,
        expected, service, channel, place, place_key, wide_place_key, at, received_at, rev, seq, arrived, epoch,
        first_words_at, same_as)
      SELECT ${note.id}, ${workspaceId}, ${sender.personId}, ${note.walkId}, ${note.source}, ${note.mood}, ${note.kind},
        ${note.wince}, ${note.money}, ${note.words}, ${note.firstWords}, ${note.expected}, ${note.service},
        ${channelOf(note.place)}, ${JSON.stringify(note.place)}, ${placeKey(note.place)}, ${widePlaceKey(note.place)},
        ${note.at}, ${receivedAt}, 1, seq, seq, epoch, ${note.firstWordsAt ?? null}, ${note.sameAs ?? null}
      FROM workspace WHERE id = ${workspaceId} AND ${isFresh(op.opId)}
      ON CONFLICT (id) DO NOTHING`.compile(db),
    sql`
      INSERT INTO attachment (workspace_id, note_id, sha256, type, bytes, width, height, covered, uninspected,
        everything_covered, state)
      SELECT ${workspaceId}, ${note.id}, value ->> 'sha256', value ->> 'type', value ->> 'bytes', value ->> 'width',
        value ->> 'height', value ->> 'covered', value ->> 'uninspected', value ->> 'everythingCovered',
        COALESCE(
          (SELECT 'stored' FROM attachment AS known
            WHERE known.workspace_id = ${workspaceId} AND known.sha256 = value ->> 'sha256' AND known.state = 'stored'),
          'pending')
      FROM json_each(${JSON.stringify(note.attachments)})
      WHERE ${isFresh(op.opId)}
      ON CONFLICT DO NOTHING`.compile(db),
    ...insertFollowUp(db, sender, note, isFresh(op.opId)),
  ]
}

function projectPart(
  db: Db,
  sender: Sender,
  part: WalkPart,
  { op: { opId }, receivedAt }: ReceivedOp,
): CompiledQuery[] {
  const { workspaceId, personId } = sender
  const { walk } = part
  const dials = part.steps.flatMap((step) =>
    step.kind === 'dial' ? [{ ...step, key: numberKey(step.number) }] : [],
  )
  const firstTime = walk.firstTime === null ? null : Number(walk.firstTime)
  const { id, planId } = walk
  const again = walk.againOf ?? null
  return [
    sql`
      INSERT INTO walk (id, workspace_id, person_id, kind, state, errand, persona, service, first_time, started_at,
        ended_at, parts, totals, debrief, again_of, seq, epoch)
      SELECT ${walk.id}, ${workspaceId}, ${sender.personId}, ${walk.kind}, ${walk.state}, ${walk.errand}, ${walk.persona},
        ${walk.service}, ${firstTime}, ${walk.startedAt}, ${walk.endedAt}, ${part.part}, ${JSON.stringify(part.totals)},
        ${part.debrief === null ? null : JSON.stringify(part.debrief)},
        ${again === null ? null : againOf({ workspaceId, personId }, again)}, seq, epoch
      FROM workspace WHERE id = ${workspaceId} AND ${isFresh(opId)}
      ON CONFLICT (id) DO UPDATE SET
        state = excluded.state, errand = excluded.errand, persona = excluded.persona, service = excluded.service,
        first_time = excluded.first_time, ended_at = excluded.ended_at, parts = excluded.parts,
        totals = excluded.totals, debrief = excluded.debrief, seq = excluded.seq, epoch = excluded.epoch
      WHERE excluded.parts > walk.parts`.compile(db),
    sql`
      INSERT INTO step (workspace_id, walk_id, seq, kind, at, data)
      SELECT ${workspaceId}, ${walk.id}, value ->> 'seq', value ->> 'kind', value ->> 'at', value
      FROM json_each(${JSON.stringify(part.steps)})
      WHERE ${isFresh(opId)}
      ON CONFLICT DO NOTHING`.compile(db),
    // Behind the steps: of two that say one number of a step, the first stays, and so does its call.
    sql`
      INSERT INTO call (workspace_id, walk_id, seq, person_id, number_key, number, at)
      SELECT ${workspaceId}, ${walk.id}, value ->> 'seq', ${sender.personId}, value ->> 'key', value ->> 'number',
        value ->> 'at'
      FROM json_each(${JSON.stringify(dials)})
      WHERE ${isFresh(opId)} AND EXISTS (
        SELECT 1 FROM step WHERE step.workspace_id = ${workspaceId} AND step.walk_id = ${walk.id}
          AND step.seq = value ->> 'seq' AND step.kind = 'dial')
      ON CONFLICT DO NOTHING`.compile(db),
    ...(planId == null ? [] : [finishLine(db, sender, { id, planId }, isFresh(opId))]),
    ...(again === null
      ? []
      : answerAsks(
          db,
          { workspaceId, personId, walkId: id },
          { eventId: opId, at: receivedAt },
          isFresh(opId),
        )),
  ]
}

/** When this pairing last sent something. */
export function setLastSent(db: Db, sender: Sender, at: number): CompiledQuery {
  return db
    .updateTable('device')
    .set({ last_sent_at: at })
    .where('workspace_id', '=', sender.workspaceId)
    .where('id', '=', sender.pairingId)
    .compile()
}

export interface SyncState {
  name: string
  seq: number
  epoch: number
  coverEverything: boolean
  privateWords: PrivateWords
}

export async function getSyncState(db: Db, workspaceId: string): Promise<SyncState> {
  const row = await db
    .selectFrom('workspace')
    .select(['name', 'seq', 'epoch', 'cover_everything', 'private_words'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return {
    name: row.name,
    seq: row.seq,
    epoch: row.epoch,
    coverEverything: row.cover_everything === 1,
    privateWords: JSON.parse(row.private_words) as PrivateWords,
  }
}
