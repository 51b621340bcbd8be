import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import {
  ALIASES_A_SERVICE_MAX,
  ChangeService,
  NewAlias,
  NewService,
  SERVICES_MAX,
} from '#shared/api/service'
import { foldService } from '#shared/grouping/service'
import { Id, uuidv7 } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import type { AuditWhat } from '../audit/chain'
import { writeAudited } from '../audit/queries'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import {
  deleteAlias,
  findAlias,
  findServiceNamed,
  insertAlias,
  insertService,
  listServices,
  setService,
} from './queries'

type Asked = Context<AppEnv<SessionSubject>>

/** /app/services: what this workspace calls its services, and what else people call them. */
export const services = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('service.read'), async (c) =>
    c.json({ services: await listServices(c.var.db, c.var.subject.workspaceId) }),
  )

  .post('/', allow('service.change'), json(NewService), async (c) => {
    const { workspaceId } = c.var.subject
    const { now, randomBytes } = c.var.platform
    const service = { id: uuidv7(now(), randomBytes), ...c.req.valid('json') }
    const { services: known, id } = await findServiceNamed(c.var.db, workspaceId, service.name)
    if (id !== null) return nameTaken(c)
    if (known >= SERVICES_MAX)
      return refuse(c, 422, 'too-many', `There are ${SERVICES_MAX} services. Rename one instead.`)
    const statement = insertService(c.var.db, workspaceId, service)
    await writeAudited(c.env.DB, c.var.db, actOf(c, 'service.added', service.id), [statement])
    return answer(c, service.id, 201)
  })

  .patch('/:id', allow('service.change'), json(ChangeService), async (c) => {
    const { workspaceId } = c.var.subject
    const before = await find(c, c.req.param('id'))
    if (before === undefined) return notFound(c)
    const after = { ...before, ...c.req.valid('json') }
    const named = await findServiceNamed(c.var.db, workspaceId, after.name)
    if (named.id !== null && named.id !== before.id) return nameTaken(c)
    const statements = setService(c.var.db, workspaceId, before.id, after)
    await writeAudited(c.env.DB, c.var.db, actOf(c, 'service.changed', before.id), statements)
    return answer(c, before.id)
  })

  .post('/:id/aliases', allow('service.change'), json(NewAlias), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const service = await find(c, c.req.param('id'))
    if (service === undefined) return notFound(c)
    const alias = foldService(c.req.valid('json').alias)
    if (alias === '')
      return refuse(c, 422, 'no-name', 'That has no letter and no digit. Say another name.')
    const { means, aliases } = await findAlias(c.var.db, workspaceId, alias, service.id)
    if (means !== null && means !== service.id)
      return refuse(
        c,
        422,
        'alias-taken',
        'That name means another service. Take it off there first.',
      )
    if (means === null && aliases >= ALIASES_A_SERVICE_MAX)
      return refuse(
        c,
        422,
        'too-many',
        `A service has at most ${ALIASES_A_SERVICE_MAX} other names.`,
      )
    const statement = insertAlias(c.var.db, workspaceId, {
      alias,
      serviceId: service.id,
      personId,
      at: c.var.platform.now(),
    })
    await writeAudited(c.env.DB, c.var.db, actOf(c, 'service.changed', service.id), [statement])
    return answer(c, service.id, 201)
  })

  .delete('/:id/aliases/:alias', allow('service.change'), async (c) => {
    const service = await find(c, c.req.param('id'))
    const alias = c.req.param('alias')
    if (!service?.aliases.includes(alias)) return notFound(c)
    const statement = deleteAlias(c.var.db, c.var.subject.workspaceId, service.id, alias)
    await writeAudited(c.env.DB, c.var.db, actOf(c, 'service.changed', service.id), [statement])
    return c.body(null, 204)
  })

async function find(c: Asked, id: string) {
  return v.is(Id, id) ? (await listServices(c.var.db, c.var.subject.workspaceId, id))[0] : undefined
}

async function answer(c: Asked, id: string, status: 200 | 201 = 200) {
  const service = await find(c, id)
  return service ? c.json(service, status) : notFound(c)
}

function nameTaken(c: Asked) {
  return refuse(c, 422, 'name-taken', 'There is a service of that name. Choose another one.')
}

function actOf(c: Asked, what: AuditWhat, id: string) {
  const { workspaceId, personId } = c.var.subject
  return { workspaceId, actor: personId, what, detail: { id }, at: c.var.platform.now() }
}
