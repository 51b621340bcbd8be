import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import { type NewPlanLine, PLAN_MAX_LINES, type PlanLine } from '#shared/api/plan'

import type { Db } from '../database/open'

/** Open lines, what is due first comes first. */
export async function listPlan(
  db: Db,
  workspaceId: string,
  asked: { id?: string; personId?: string } = {},
): Promise<PlanLine[]> {
  let lines = db
    .selectFrom('plan')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'plan.person_id')
        .onRef('person.workspace_id', '=', 'plan.workspace_id'),
    )
    .select([
      'plan.id',
      'plan.person_id as personId',
      'person.name as personName',
      'plan.kind',
      'plan.what',
      'plan.service',
      'plan.due',
    ])
    .where('plan.workspace_id', '=', workspaceId)
    .where('plan.state', '=', 'open')
    .where('person.removed_at', 'is', null)
  if (asked.id !== undefined) lines = lines.where('plan.id', '=', asked.id)
  if (asked.personId !== undefined) lines = lines.where('plan.person_id', '=', asked.personId)
  return lines.orderBy('plan.due').orderBy('plan.id').limit(PLAN_MAX_LINES).execute()
}

/** Everything of a plan takes the workspace's next number, so that the leader's browser hears of it. */
function countUp(db: Db, workspaceId: string): CompiledQuery {
  return sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId}`.compile(db)
}

/** Adds nothing where the plan is full, or nobody of that id is here any more. */
export function insertLine(
  db: Db,
  workspaceId: string,
  line: NewPlanLine & { id: string; madeBy: string; madeAt: number },
): CompiledQuery[] {
  return [
    countUp(db, workspaceId),
    sql`
      INSERT INTO plan (id, workspace_id, person_id, kind, what, service, due, made_by, made_at, seq)
      SELECT ${line.id}, id, ${line.personId}, ${line.kind}, ${line.what}, ${line.service}, ${line.due}, ${line.madeBy},
        ${line.madeAt}, seq
      FROM workspace WHERE id = ${workspaceId}
        AND ${PLAN_MAX_LINES} > (SELECT count(*) FROM plan WHERE workspace_id = ${workspaceId} AND state = 'open')
        AND EXISTS (
          SELECT 1 FROM person WHERE workspace_id = ${workspaceId} AND id = ${line.personId} AND removed_at IS NULL)
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

export function dropLine(db: Db, workspaceId: string, id: string): CompiledQuery[] {
  return [
    countUp(db, workspaceId),
    sql`
      UPDATE plan SET state = 'dropped', seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND state = 'open'`.compile(db),
  ]
}

/**
 * A walk that is done carries out its line of the plan, inside the batch that brings it.
 *
 * @param fresh holds in that batch, and never again
 */
export function finishLine(
  db: Db,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  { id, planId }: { id: string; planId: string },
  fresh: RawBuilder<boolean>,
): CompiledQuery {
  return sql`
    UPDATE plan SET state = 'done', walk_id = ${id}, seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
    WHERE workspace_id = ${workspaceId} AND id = ${planId} AND person_id = ${personId} AND state = 'open'
      AND EXISTS (SELECT 1 FROM walk WHERE workspace_id = ${workspaceId} AND walk.id = ${id} AND walk.state = 'done')
      AND ${fresh}`.compile(db)
}

/** A walk that is taken back leaves its line of the plan open. */
export function reopenLineOf(
  db: Db,
  workspaceId: string,
  walkId: string,
  fresh: RawBuilder<boolean>,
): CompiledQuery {
  return sql`
    UPDATE plan SET state = 'open', walk_id = NULL, seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
    WHERE workspace_id = ${workspaceId} AND walk_id = ${walkId} AND ${fresh}`.compile(db)
}

/** What changed of one person's plan after `seq`, for their browsers. */
export function selectPlanChanges(
  db: Db,
  {
    workspaceId,
    personId,
    after,
    limit,
  }: { workspaceId: string; personId: string; after: number; limit: number },
): CompiledQuery {
  return sql`
    SELECT 'plan' AS type, id, seq, kind, what, service, due, state FROM plan
    WHERE workspace_id = ${workspaceId} AND person_id = ${personId} AND seq > ${after}
    ORDER BY seq LIMIT ${limit}`.compile(db)
}
