import { Hono } from 'hono'
import * as v from 'valibot'

import { NewPlanLine, PLAN_MAX_LINES } from '#shared/api/plan'
import { Id, uuidv7 } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { findPerson } from '../people/queries'
import { calendarOf } from './calendar'
import { dropLine, insertLine, listPlan } from './queries'

const CalendarQuery = v.strictObject({ of: v.optional(v.picklist(['all', 'mine']), 'all') })

/** /app/plan: who walks what, by when. */
export const plan = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('plan.read'), async (c) =>
    c.json({ lines: await listPlan(c.var.db, c.var.subject.workspaceId) }),
  )

  .get('/calendar.ics', allow('plan.read'), async (c) => {
    const asked = v.safeParse(CalendarQuery, c.req.query())
    if (!asked.success)
      return refuse(c, 400, 'malformed', 'That is no calendar. Ask for of=all or of=mine.')
    const { workspaceId, personId } = c.var.subject
    const isMine = asked.output.of === 'mine'
    const lines = await listPlan(c.var.db, workspaceId, isMine ? { personId } : {})
    const calendar = calendarOf(lines, {
      origin: new URL(c.req.url).origin,
      name: isMine ? 'My walks' : 'Walks',
      now: c.var.platform.now(),
    })
    c.header('Content-Disposition', 'attachment; filename="wince-plan.ics"')
    return c.body(calendar, 200, { 'Content-Type': 'text/calendar; charset=utf-8' })
  })

  .post('/', allow('plan.change'), json(NewPlanLine), async (c) => {
    const { workspaceId, personId: madeBy } = c.var.subject
    const { now, randomBytes } = c.var.platform
    const asked = c.req.valid('json')
    const person = await findPerson(c.var.db, workspaceId, asked.personId)
    if (!person) return notFound(c)
    const line = { ...asked, id: uuidv7(now(), randomBytes), madeBy, madeAt: now() }
    await writeAll(c.env.DB, insertLine(c.var.db, workspaceId, line))
    const [added] = await listPlan(c.var.db, workspaceId, { id: line.id })
    return added === undefined
      ? refuse(
          c,
          422,
          'too-many',
          `The plan has ${PLAN_MAX_LINES} open lines. Take one off before you add another.`,
        )
      : c.json(added, 201)
  })

  .delete('/:id', allow('plan.change'), async (c) => {
    const { workspaceId } = c.var.subject
    const id = c.req.param('id')
    const [line] = v.is(Id, id) ? await listPlan(c.var.db, workspaceId, { id }) : []
    if (line === undefined) return notFound(c)
    await writeAll(c.env.DB, dropLine(c.var.db, workspaceId, line.id))
    return c.body(null, 204)
  })
