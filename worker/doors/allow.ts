import type { Context, MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'

import type { AppEnv, PublicEnv, Subject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { addressOf } from './address'
import { type Action, can, type Row } from './can'
import { Refused } from './refusal'

/** What a route says about itself: the right it needs, or that anyone may call it. */
export type Declared = Action | 'anyone'

interface Declares {
  declares: Declared
}

/** Every route behind a door names the right it needs; a door leads to no route that does not. */
export function allow(action: Action): MiddlewareHandler<AppEnv> & Declares {
  const middleware = createMiddleware<AppEnv>(async (c, next) => {
    await ensureCan(c, action)
    await next()
  })
  return Object.assign(middleware, { declares: action })
}

/**
 * A route that anyone may call, because nobody is known there yet. The flood guard stands in
 * front of it, unless it is as cheap as a file; what security rests on is counted in the
 * database (D-10).
 */
export function anyone({ isCheap = false } = {}): MiddlewareHandler<PublicEnv> & Declares {
  const middleware = createMiddleware<PublicEnv>(async (c, next) => {
    if (isCheap) return next()
    const { success } = (await c.env.FLOOD?.limit({ key: addressOf(c) })) ?? { success: true }
    if (!success)
      throw new Refused(429, 'too-many-requests', 'Too many requests. Wait a minute.', 60)
    await next()
  })
  return Object.assign(middleware, { declares: 'anyone' as const })
}

/** What a handler of `app.routes` declares, if it is one that does. */
export function declaredBy(handler: object): Declared | undefined {
  return 'declares' in handler ? (handler.declares as Declared) : undefined
}

/**
 * Refuses unless the subject may; the refusal of a known subject is one row of the log. With a
 * row, the handler has read it from the subject's own workspace: what is not there is a 404.
 */
export async function ensureCan<Who extends Subject>(
  c: Context<AppEnv<Who>>,
  action: Action,
  row?: Row,
): Promise<void> {
  const subject: Subject = c.get('subject')
  if (can(subject, action, row)) return
  await writeAudited(c.env.DB, c.var.db, {
    workspaceId: subject.workspaceId,
    actor: subject.personId,
    what: 'denied',
    detail: {
      action,
      by: subject.kind,
      id: subject.kind === 'device' ? subject.deviceId : subject.sessionId,
    },
    at: Date.now(),
  })
  throw new Refused(403, 'forbidden', 'Your role does not include this.')
}

/** For doors: nobody gets to a route that forgot to say who may. */
export function refuseUndeclared(c: Context): void {
  const door = /^\/(app|v1)\//
  const leadsSomewhere = matchedRoutes(c).some(
    ({ path, handler }) => door.test(path) && declaredBy(handler),
  )
  if (!leadsSomewhere) throw new Refused(404, 'not-found', 'There is nothing here.')
}
