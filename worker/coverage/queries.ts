import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { CoveredService } from '#shared/api/plan'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { type NamedService, coverageOf } from './coverage'

/** As many names of services as one answer looks at. */
const SERVICES_LOOKED_AT = 300
const WALKS_LOOKED_AT = 200
const SHIFTS_LOOKED_AT = 50
const CONTACTS_LOOKED_AT = 5_000

/** Names in a table, each found by one seek behind the one before: costs what it lists, not what there is. */
function namesIn(table: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    SELECT (SELECT min(service) FROM ${table}) AS service
    UNION ALL
    SELECT (SELECT min(service) FROM ${table} AND service > named.service) FROM named
    WHERE named.service IS NOT NULL LIMIT ${SERVICES_LOOKED_AT}`
}

/** Services by when anybody walked them last; what nobody has walked comes first. */
export async function listCoverage(
  d1: D1Database,
  db: Db,
  workspaceId: string,
): Promise<CoveredService[]> {
  const [walks, notes, listed] = await readAll(d1, selectLastWalked(db, workspaceId))
  const walked = [...(walks?.rows ?? []), ...(notes?.rows ?? [])] as unknown as NamedService[]
  const names = (listed?.rows ?? []).map(({ service }) => String(service))
  return coverageOf(walked, names)
}

/**
 * When each service was walked last, by its name as it was written: walks that name it, notes on
 * any walk or shift; and the workspace's own list, with null.
 */
function selectLastWalked(db: Db, workspaceId: string): CompiledQuery[] {
  const walks = sql`walk WHERE walk.workspace_id = ${workspaceId} AND service IS NOT NULL`
  const notes = sql`note WHERE note.workspace_id = ${workspaceId} AND service IS NOT NULL AND walk_id IS NOT NULL`
  return [
    sql`
      WITH RECURSIVE named (service) AS (${namesIn(walks)})
      SELECT service, (SELECT max(started_at) FROM ${walks} AND service = named.service) AS last
      FROM named WHERE service IS NOT NULL`.compile(db),
    sql`
      WITH RECURSIVE named (service) AS (${namesIn(notes)})
      SELECT service, (SELECT max(at) FROM ${notes} AND service = named.service) AS last
      FROM named WHERE service IS NOT NULL`.compile(db),
    sql`
      SELECT name AS service, NULL AS last FROM service
      WHERE workspace_id = ${workspaceId} ORDER BY name LIMIT ${SERVICES_LOOKED_AT}`.compile(db),
  ]
}

/** One person's last walks, by the service that they or their notes name. */
export function selectWalksOf(db: Db, workspaceId: string, personId: string): CompiledQuery {
  return sql`
    WITH own AS (
      SELECT id, service, started_at FROM walk
      WHERE workspace_id = ${workspaceId} AND person_id = ${personId}
      ORDER BY started_at DESC LIMIT ${WALKS_LOOKED_AT})
    SELECT service, count(*) AS walks, max(started_at) AS lastWalkedAt FROM (
      SELECT id, service, started_at FROM own WHERE service IS NOT NULL
      UNION
      SELECT own.id, note.service, own.started_at FROM own
      CROSS JOIN note ON note.workspace_id = ${workspaceId} AND note.walk_id = own.id
      WHERE note.service IS NOT NULL)
    GROUP BY service ORDER BY lastWalkedAt DESC, service`.compile(db)
}

/** The contacts of the last shifts, as their steps tell them. */
export function selectContacts(db: Db, workspaceId: string): CompiledQuery[] {
  const shifts = sql`
    SELECT id FROM walk WHERE workspace_id = ${workspaceId} AND kind = 'shift'
    ORDER BY started_at DESC LIMIT ${SHIFTS_LOOKED_AT}`
  return [
    sql`SELECT count(*) AS shifts FROM (${shifts})`.compile(db),
    sql`
      SELECT step.data FROM (${shifts}) AS shift
      CROSS JOIN step ON step.workspace_id = ${workspaceId} AND step.walk_id = shift.id
      WHERE step.kind = 'contact' LIMIT ${CONTACTS_LOOKED_AT}`.compile(db),
  ]
}
