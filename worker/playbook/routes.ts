import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import { NewPlaybook, PlaybookChange, PLAYBOOKS_MAX } from '#shared/api/playbook'
import { Id } from '#shared/id'
import { textUpTo } from '#shared/text'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { deletePlaybook, insertPlaybook, listPlaybooks, setPlaybook } from './queries'

type Here = Context<AppEnv<SessionSubject>>

const Query = v.strictObject({ service: v.optional(textUpTo(200)) })

/** /app/playbooks: what is done in the first hour of a failure that one can foresee. */
export const playbooks = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('playbook.read'), async (c) => {
    const asked = v.safeParse(Query, c.req.query())
    if (!asked.success) return refuse(c, 400, 'malformed', 'That is not a list of playbooks.')
    const { service } = asked.output
    const which = service === undefined ? {} : { service }
    return c.json({ playbooks: await listPlaybooks(c.var.db, c.var.subject.workspaceId, which) })
  })

  .post('/', allow('playbook.change'), json(NewPlaybook), async (c) => {
    const { workspaceId } = c.var.subject
    const playbook = c.req.valid('json')
    await writeAll(c.env.DB, [insertPlaybook(c.var.db, workspaceId, playbook, authorOf(c))])
    const added = await find(c, playbook.id)
    return added
      ? c.json(added, 201)
      : refuse(c, 422, 'too-many', `${PLAYBOOKS_MAX} playbooks are more than anybody finds.`)
  })

  .put('/:id', allow('playbook.change'), json(PlaybookChange), async (c) => {
    const { workspaceId } = c.var.subject
    const id = c.req.param('id')
    if (!(await find(c, id))) return notFound(c)
    const change = c.req.valid('json')
    const [written] = await writeAll(c.env.DB, [
      setPlaybook(c.var.db, workspaceId, id, change, authorOf(c)),
    ])
    const playbook = await find(c, id)
    if (!playbook) return notFound(c)
    if (written?.changes === 1) return c.json(playbook)
    return c.json({ error: 'changed', message: 'Somebody changed this meanwhile.', playbook }, 409)
  })

  .delete('/:id', allow('playbook.change'), async (c) => {
    const id = c.req.param('id')
    if (!(await find(c, id))) return notFound(c)
    await writeAll(c.env.DB, [deletePlaybook(c.var.db, c.var.subject.workspaceId, id)])
    return c.body(null, 204)
  })

async function find(c: Here, id: string) {
  if (!v.is(Id, id)) return undefined
  return (await listPlaybooks(c.var.db, c.var.subject.workspaceId, { id }))[0]
}

function authorOf(c: Here) {
  return { actor: c.var.subject.personId, at: c.var.platform.now() }
}
