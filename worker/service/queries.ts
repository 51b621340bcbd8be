import { type CompiledQuery, sql } from 'kysely'
import * as v from 'valibot'

import { ALIASES_A_SERVICE_MAX, SERVICES_MAX, Service } from '#shared/api/service'

import type { Db } from '../database/open'

/** A service of the workspace's list, by its id. */
export async function findService(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('service')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

const list = v.pipe(v.string(), v.parseJson())
const Row = v.object({
  ...Service.entries,
  channels: v.pipe(list, Service.entries.channels),
  aliases: v.pipe(list, Service.entries.aliases),
})

/** The whole list, by name; one service of it where an id is given. */
export async function listServices(db: Db, workspaceId: string, id?: string): Promise<Service[]> {
  const { rows } = await sql`
    SELECT id, provider, name, channels, (
      SELECT json_group_array(alias) FROM (
        SELECT alias FROM service_alias
        WHERE service_alias.workspace_id = ${workspaceId} AND service_id = service.id
        ORDER BY alias LIMIT ${ALIASES_A_SERVICE_MAX})) AS aliases
    FROM service
    WHERE workspace_id = ${workspaceId} AND ${id === undefined ? sql`1 = 1` : sql`id = ${id}`}
    ORDER BY name LIMIT ${SERVICES_MAX}`.execute(db)
  return rows.map((row) => v.parse(Row, row))
}

/** Whether the list is full, and who has this name already. */
export async function findServiceNamed(
  db: Db,
  workspaceId: string,
  name: string,
): Promise<{ services: number; id: string | null }> {
  const { rows } = await sql<{ services: number; id: string | null }>`
    SELECT count(*) AS services, max(CASE WHEN name = ${name} THEN id END) AS id FROM service
    WHERE workspace_id = ${workspaceId}`.execute(db)
  return rows[0] ?? { services: 0, id: null }
}

/** Does nothing where the list is full or has the name. */
export function insertService(
  db: Db,
  workspaceId: string,
  service: Omit<Service, 'aliases'>,
): CompiledQuery {
  return sql`
    INSERT INTO service (id, workspace_id, provider, name, channels)
    SELECT ${service.id}, ${workspaceId}, ${service.provider}, ${service.name}, ${JSON.stringify(service.channels)}
    WHERE ${SERVICES_MAX} > (SELECT count(*) FROM service WHERE workspace_id = ${workspaceId})
    ON CONFLICT DO NOTHING`.compile(db)
}

/** A new name also goes to notes and entries that a person put under this service. */
export function setService(
  db: Db,
  workspaceId: string,
  id: string,
  { provider, name, channels }: Omit<Service, 'id' | 'aliases'>,
): CompiledQuery[] {
  const named = sql`
    service_id = ${id} AND EXISTS (
      SELECT 1 FROM service WHERE service.workspace_id = ${workspaceId} AND service.id = ${id} AND service.name = ${name})`
  return [
    sql`
      UPDATE OR IGNORE service SET provider = ${provider}, name = ${name}, channels = ${JSON.stringify(channels)}
      WHERE workspace_id = ${workspaceId} AND id = ${id}`.compile(db),
    sql`UPDATE note SET service = ${name} WHERE workspace_id = ${workspaceId} AND ${named}`.compile(
      db,
    ),
    sql`UPDATE entry SET service = ${name} WHERE workspace_id = ${workspaceId} AND ${named}`.compile(
      db,
    ),
  ]
}

/** The service that a folded name means, and how many names mean the one that is asked about. */
export async function findAlias(
  db: Db,
  workspaceId: string,
  alias: string,
  serviceId: string,
): Promise<{ means: string | null; aliases: number }> {
  const { rows } = await sql<{ means: string | null; aliases: number }>`
    SELECT (SELECT service_id FROM service_alias WHERE workspace_id = ${workspaceId} AND alias = ${alias}) AS means,
      (SELECT count(*) FROM service_alias WHERE workspace_id = ${workspaceId} AND service_id = ${serviceId}) AS aliases`.execute(
    db,
  )
  return rows[0] ?? { means: null, aliases: 0 }
}

export function insertAlias(
  db: Db,
  workspaceId: string,
  {
    alias,
    serviceId,
    personId,
    at,
  }: { alias: string; serviceId: string; personId: string; at: number },
): CompiledQuery {
  return sql`
    INSERT INTO service_alias (workspace_id, alias, service_id, person_id, at)
    SELECT ${workspaceId}, ${alias}, ${serviceId}, ${personId}, ${at}
    WHERE ${ALIASES_A_SERVICE_MAX} > (
      SELECT count(*) FROM service_alias WHERE workspace_id = ${workspaceId} AND service_id = ${serviceId})
    ON CONFLICT DO NOTHING`.compile(db)
}

export function deleteAlias(
  db: Db,
  workspaceId: string,
  serviceId: string,
  alias: string,
): CompiledQuery {
  return db
    .deleteFrom('service_alias')
    .where('workspace_id', '=', workspaceId)
    .where('service_id', '=', serviceId)
    .where('alias', '=', alias)
    .compile()
}
