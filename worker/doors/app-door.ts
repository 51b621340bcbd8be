import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'

import type { AppEnv, PublicEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { refuseUndeclared } from './allow'
import { countDenial } from './budget'
import { findSession, touchSession } from './queries'
import { Refused } from './refusal'
import { hashOf, isToken } from './tokens'

/** A request may be older than this before `last_seen_at` is written again. */
export const TOUCH_AFTER_MS = 60_000

/**
 * The first half of the dashboard's door: what changes something must come from our own page.
 * Origin and Sec-Fetch-Site each have a hole alone (Firefox calls an extension `same-origin`,
 * old clients send no Sec-Fetch-Site), and JSON keeps forms out.
 */
export const ownPageOnly = createMiddleware<PublicEnv>(async (c, next) => {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead) {
    const isOwnPage =
      c.req.header('origin') === new URL(c.req.url).origin &&
      c.req.header('sec-fetch-site') === 'same-origin'
    if (!isOwnPage) {
      await countDenial(c.env.DB, c.var.db)
      throw new Refused(403, 'not-our-page', 'This only works from Wince’s own page.')
    }
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
      throw new Refused(415, 'not-json', 'This takes JSON only.')
    }
  }
  await next()
})

/** The second half: the cookie of somebody signed in, and nothing else; Bearer means nothing here. */
export const sessionDoor = createMiddleware<AppEnv<SessionSubject>>(async (c, next) => {
  const now = Date.now()
  const token = getCookie(c, 'wince', 'host')
  const found =
    token && isToken(token) ? await findSession(c.var.db, await hashOf(token), now) : undefined
  if (!found) {
    await countDenial(c.env.DB, c.var.db)
    throw new Refused(401, 'signed-out', 'Sign in first.')
  }
  const { lastSeenAt, ...subject } = found
  c.set('subject', { kind: 'session', ...subject })
  refuseUndeclared(c)
  if (lastSeenAt <= now - TOUCH_AFTER_MS) {
    await writeAll(c.env.DB, [touchSession(c.var.db, subject.workspaceId, subject.sessionId, now)])
  }
  await next()
})
