import { type CompiledQuery, sql } from 'kysely'
import * as v from 'valibot'

import {
  type NewPlaybook,
  Playbook,
  type PlaybookChange,
  PLAYBOOKS_MAX,
} from '#shared/api/playbook'

import type { Db } from '../database/open'

const Row = v.object({
  ...Playbook.entries,
  steps: v.pipe(v.string(), v.parseJson(), Playbook.entries.steps),
})

/** By service and name; one service's where it is said, one alone by its id. */
export async function listPlaybooks(
  db: Db,
  workspaceId: string,
  { service, id }: { service?: string; id?: string } = {},
): Promise<Playbook[]> {
  const which =
    id === undefined
      ? service === undefined
        ? sql`1 = 1`
        : sql`playbook.service = ${service}`
      : sql`playbook.id = ${id}`
  const { rows } = await sql`
    SELECT playbook.id, playbook.name, playbook.service, playbook.sponsor, playbook.steps,
      playbook.trained_on AS trainedOn, playbook.trained_by AS trainedBy, COALESCE(person.name, '') AS changedBy,
      playbook.changed_at AS changedAt, playbook.version
    FROM playbook
    LEFT JOIN person ON person.id = playbook.changed_by AND +person.workspace_id = ${workspaceId}
    WHERE playbook.workspace_id = ${workspaceId} AND ${which}
    ORDER BY playbook.service, playbook.name LIMIT ${PLAYBOOKS_MAX}`.execute(db)
  return rows.map((row) => v.parse(Row, row))
}

interface Author {
  actor: string
  at: number
}

/** Does nothing where there are too many, or this one is there already. */
export function insertPlaybook(
  db: Db,
  workspaceId: string,
  { id, name, service, sponsor, steps, trainedOn, trainedBy }: NewPlaybook,
  { actor, at }: Author,
): CompiledQuery {
  return sql`
    INSERT INTO playbook (id, workspace_id, name, service, sponsor, steps, trained_on, trained_by, changed_by, changed_at)
    SELECT ${id}, ${workspaceId}, ${name}, ${service}, ${sponsor}, ${JSON.stringify(steps)}, ${trainedOn}, ${trainedBy},
      ${actor}, ${at}
    WHERE ${PLAYBOOKS_MAX} > (SELECT count(*) FROM playbook WHERE workspace_id = ${workspaceId})
    ON CONFLICT DO NOTHING`.compile(db)
}

/** Changes one row, or none where somebody else was faster. */
export function setPlaybook(
  db: Db,
  workspaceId: string,
  id: string,
  { version, name, service, sponsor, steps, trainedOn, trainedBy }: PlaybookChange,
  { actor, at }: Author,
): CompiledQuery {
  return sql`
    UPDATE playbook SET name = ${name}, service = ${service}, sponsor = ${sponsor}, steps = ${JSON.stringify(steps)},
      trained_on = ${trainedOn}, trained_by = ${trainedBy}, changed_by = ${actor}, changed_at = ${at},
      version = ${version + 1}
    WHERE workspace_id = ${workspaceId} AND id = ${id} AND version = ${version}`.compile(db)
}

export function deletePlaybook(db: Db, workspaceId: string, id: string): CompiledQuery {
  return sql`DELETE FROM playbook WHERE workspace_id = ${workspaceId} AND id = ${id}`.compile(db)
}
