import { Hono } from 'hono'
import * as v from 'valibot'

import { DefaultView, KeptView, VIEWS_A_PERSON_MAX } from '#shared/api/view'
import { Id } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { deleteView, keepView, listViews, setDefaultView } from './queries'

/** /app/views: views of the register that a person keeps, and what others share. */
export const views = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('entry.read'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    return c.json(await listViews(c.env.DB, c.var.db, workspaceId, personId))
  })

  .put('/default', allow('view.keep'), json(DefaultView), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const { id } = c.req.valid('json')
    const written = await writeAll(c.env.DB, setDefaultView(c.var.db, workspaceId, personId, id))
    return written.at(-1)?.rows[0]?.['isShown'] === 1 ? c.body(null, 204) : notFound(c)
  })

  .put('/:id', allow('view.keep'), json(KeptView), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const id = c.req.param('id')
    if (!v.is(Id, id)) return notFound(c)
    const view = { ...c.req.valid('json'), id, at: c.var.platform.now() }
    const [, kept, own] = await writeAll(c.env.DB, keepView(c.var.db, workspaceId, personId, view))
    const isMine = kept?.rows[0]?.['isMine']
    if (isMine === 1) return c.body(null, 204)
    const isFull = Number(own?.rows[0]?.['views'] ?? 0) >= VIEWS_A_PERSON_MAX
    return isMine === undefined && isFull
      ? refuse(c, 422, 'too-many', `You keep ${VIEWS_A_PERSON_MAX} views. Delete one first.`)
      : notFound(c)
  })

  .delete('/:id', allow('view.keep'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const id = c.req.param('id')
    if (!v.is(Id, id)) return notFound(c)
    await writeAll(c.env.DB, [deleteView(c.var.db, workspaceId, personId, id)])
    return c.body(null, 204)
  })
