import { createMiddleware } from 'hono/factory'

import type { AppEnv, DeviceSubject, PublicEnv } from '../app-env'
import { writeAll } from '../database/write-all'
import { refuseUndeclared } from './allow'
import { TOUCH_AFTER_MS } from './app-door'
import { countDenial } from './budget'
import { findDevice, isRevokedDevice, touchDevice } from './queries'
import { Refused } from './refusal'
import { hashOf, isToken } from './tokens'

/**
 * Any origin may ask, none may bring cookies: the extension's background has no host permission
 * for us, and a Bearer token is all that counts here (DECISIONS 15).
 */
export const openToOrigins = createMiddleware<PublicEnv>(async (c, next) => {
  if (c.req.method === 'OPTIONS') {
    c.res = c.body(null, 204)
    c.header('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    c.header('Access-Control-Allow-Headers', 'Authorization, Content-Type')
    c.header('Access-Control-Max-Age', '86400')
  } else {
    await next()
  }
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Access-Control-Expose-Headers', 'Retry-After')
})

/** The token of a paired browser, and nothing else; cookies mean nothing here. */
export const deviceDoor = createMiddleware<AppEnv<DeviceSubject>>(async (c, next) => {
  const now = c.var.platform.now()
  const token = /^Bearer ([^\s]+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const hash = token && isToken(token) ? await hashOf(token) : undefined
  const found = hash && (await findDevice(c.var.db, hash))
  if (!found) {
    await countDenial(c.env.DB, c.var.db, now)
    // Only whoever holds the token learns this; what was sent then goes from that browser.
    if (hash && (await isRevokedDevice(c.var.db, hash)))
      throw new Refused(401, 'revoked', 'This browser was disconnected.')
    throw new Refused(401, 'not-connected', 'This browser is not connected any more.')
  }
  const { lastSeenAt, ...subject } = found
  c.set('subject', { kind: 'device', ...subject })
  refuseUndeclared(c)
  if (lastSeenAt <= now - TOUCH_AFTER_MS) {
    await writeAll(c.env.DB, [touchDevice(c.var.db, subject.workspaceId, subject.deviceId, now)])
  }
  await next()
})
