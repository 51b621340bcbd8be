import { Hono } from 'hono'
import * as v from 'valibot'

import { STEPS_A_PAGE, WALKS_A_PAGE, type WalksPage, WalksQuery } from '#shared/api/walk'
import { Id } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { can } from '../doors/can'
import { notFound, refuse } from '../doors/refusal'
import { readCursor, writeCursor } from '../register/order'
import { findWalk, listSteps, listWalks, type Reader, type WalkKey } from './queries'

/** /app/walks: walks and shifts as far as they were sent, and what happened on each. */
export const walks = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('walk.read'), async (c) => {
    const asked = v.safeParse(WalksQuery, c.req.query())
    if (!asked.success) return refuse(c, 400, 'malformed', 'That is not a view of the walks.')
    const after = asked.output.after === undefined ? undefined : readKey(asked.output.after)
    if (after === null)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of the walks. Start again.')

    const page = { after, limit: WALKS_A_PAGE + 1 }
    const found = await listWalks(c.var.db, readerOf(c.var.subject), page)
    const shown = found.slice(0, WALKS_A_PAGE)
    const last = shown.at(-1)
    return c.json({
      walks: shown,
      next:
        found.length > shown.length && last
          ? writeCursor('walks', [last.startedAt, last.id])
          : null,
    } satisfies WalksPage)
  })

  .get('/:id', allow('walk.read'), async (c) => {
    const id = c.req.param('id')
    const walk = v.is(Id, id)
      ? await findWalk(c.env.DB, c.var.db, readerOf(c.var.subject), id)
      : undefined
    return walk ? c.json(walk) : notFound(c)
  })

  .get('/:id/steps', allow('walk.read'), async (c) => {
    const id = c.req.param('id')
    const after = v.safeParse(StepNumber, c.req.query('after') ?? '0')
    if (!after.success)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of these steps. Start again.')
    const page = { after: after.output, limit: STEPS_A_PAGE }
    const steps = v.is(Id, id)
      ? await listSteps(c.env.DB, c.var.db, readerOf(c.var.subject), id, page)
      : undefined
    return steps ? c.json(steps) : notFound(c)
  })

const StepNumber = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** A name is a list by person: for that person and the owner. */
function readerOf(subject: SessionSubject): Reader {
  const { workspaceId, personId, role } = subject
  const ofAnother = { workspaceId, personId: '' }
  return {
    workspaceId,
    personId,
    ownOnly: !can(subject, 'walk.read', ofAnother),
    seesNames: role === 'owner',
  }
}

/** @returns null for what is no cursor of this list */
function readKey(cursor: string): WalkKey | null {
  const [startedAt, id] = readCursor('walks', cursor) ?? []
  return Number.isSafeInteger(startedAt) && typeof id === 'string'
    ? [startedAt as number, id]
    : null
}
