import { type CompiledQuery, sql } from 'kysely'

import type { OpOf } from '#shared/op'

import type { Db } from '../database/open'
import { forgetAnswer } from '../again/queries'
import { reopenLineOf } from '../plan/queries'
import {
  type ReceivedOp,
  type Sender,
  insertOpIf,
  isFresh,
  movedByRestore,
  stampOp,
} from '../sync/queries'

/**
 * Takes back what was sent of a walk's timeline, in one batch: the steps, the walk's own row and
 * the payloads of its parts. Notes that were written on it have recalls of their own. The last
 * statement says what became of it: a row with the op's `seq`, or with the `code` why it has none;
 * no row for what is not this sender's to take back.
 *
 * @param receivedSince Unix ms; a part that arrived since then, or in an epoch before this one,
 *   keeps the way back open for the whole walk
 */
export function recallTimeline(
  db: Db,
  sender: Sender,
  received: ReceivedOp<OpOf<'walk.recall'>>,
  receivedSince: number,
): CompiledQuery[] {
  const { workspaceId, personId } = sender
  const { op, receivedAt } = received
  const { walkId } = op.payload
  const fresh = isFresh(op.opId)
  const own = sql`
    SELECT 1 FROM walk WHERE workspace_id = ${workspaceId} AND id = ${walkId} AND person_id = ${personId}`
  const inTime = sql`EXISTS (${own} AND (
    epoch < (SELECT epoch FROM workspace WHERE id = ${workspaceId}) OR EXISTS (
      SELECT 1 FROM op WHERE workspace_id = ${workspaceId} AND subject_id = ${walkId} AND kind = 'walk.part'
        AND received_at >= ${receivedSince})))`
  const tombstone = sql`
    SELECT 1 FROM tombstone WHERE workspace_id = ${workspaceId} AND subject_id = ${walkId}`
  // A walk that a restore lost: its tombstone is put up before somebody sends it again.
  const isLost = sql`(
    EXISTS (SELECT 1 FROM workspace WHERE id = ${workspaceId} AND epoch > 1)
    AND NOT EXISTS (SELECT 1 FROM walk WHERE workspace_id = ${workspaceId} AND id = ${walkId})
    AND NOT EXISTS (SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${walkId})
    AND NOT EXISTS (${tombstone}))`
  return [
    insertOpIf(
      db,
      sender,
      received,
      walkId,
      JSON.stringify({ walkId }),
      sql<boolean>`(${inTime} OR EXISTS (${tombstone} AND person_id = ${personId}) OR ${isLost})`,
    ),
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId} AND ${fresh}`.compile(db),
    sql`
      INSERT INTO tombstone (workspace_id, subject_id, person_id, at, seq)
      SELECT id, ${walkId}, ${personId}, ${receivedAt}, seq FROM workspace WHERE id = ${workspaceId} AND ${fresh}
      ON CONFLICT DO NOTHING`.compile(db),
    sql`
      UPDATE op SET payload = '{}'
      WHERE workspace_id = ${workspaceId} AND subject_id = ${walkId} AND kind = 'walk.part' AND ${fresh}`.compile(
      db,
    ),
    sql`DELETE FROM step WHERE workspace_id = ${workspaceId} AND walk_id = ${walkId} AND ${fresh}`.compile(
      db,
    ),
    sql`DELETE FROM call WHERE workspace_id = ${workspaceId} AND walk_id = ${walkId} AND ${fresh}`.compile(
      db,
    ),
    reopenLineOf(db, workspaceId, walkId, fresh),
    ...forgetAnswer(db, workspaceId, walkId, fresh),
    sql`DELETE FROM walk WHERE workspace_id = ${workspaceId} AND id = ${walkId} AND ${fresh}`.compile(
      db,
    ),
    stampOp(db, sender, op.opId),
    sql`
      SELECT seq, NULL AS code FROM op
      WHERE op_id = ${op.opId} AND workspace_id = ${workspaceId} AND person_id = ${personId}
      UNION ALL ${movedByRestore(sender)}
      UNION ALL
      SELECT NULL, 'too-late' WHERE EXISTS (${own})
      LIMIT 1`.compile(db),
  ]
}
