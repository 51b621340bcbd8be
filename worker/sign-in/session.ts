import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

import { SESSION_MAX_MS } from '#shared/people'
import { uuidv7 } from '#shared/id'

import type { PublicEnv } from '../app-env'
import { hashOf, isToken, newToken, randomBytes } from '../doors/tokens'
import type { NewSession } from './queries'

const COOKIE = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Strict',
  prefix: 'host',
} as const

/** A fresh session and its token; a token from before signing in is never used on. */
export async function newSession(
  c: Context<PublicEnv>,
  who: { workspaceId: string; personId: string },
  now: number,
): Promise<{ session: NewSession; token: string; oldTokenHash: string | undefined }> {
  const token = newToken()
  const old = getCookie(c, 'wince', 'host')
  return {
    token,
    session: {
      ...who,
      id: uuidv7(now, randomBytes),
      tokenHash: await hashOf(token),
      label: browserOf(c.req.header('user-agent') ?? ''),
      createdAt: now,
      expiresAt: now + SESSION_MAX_MS,
    },
    oldTokenHash: old && isToken(old) ? await hashOf(old) : undefined,
  }
}

/** The dashboard's only cookie: `__Host-wince`, for this host alone and out of reach of scripts. */
export function giveCookie(c: Context, token: string): void {
  setCookie(c, 'wince', token, { ...COOKIE, maxAge: SESSION_MAX_MS / 1000 })
}

export function takeCookie(c: Context): void {
  deleteCookie(c, 'wince', COOKIE)
}

/** "Firefox on Linux": enough to know one's own sessions apart. */
export function browserOf(userAgent: string): string {
  const browser = [
    ['Edg', 'Edge'],
    ['Firefox', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['Safari', 'Safari'],
  ].find(([mark]) => userAgent.includes(`${mark}/`))?.[1]
  const system = [
    ['Windows', 'Windows'],
    ['iPhone', 'an iPhone'],
    ['iPad', 'an iPad'],
    ['Android', 'Android'],
    ['Mac OS X', 'a Mac'],
    ['Linux', 'Linux'],
  ].find(([mark]) => mark !== undefined && userAgent.includes(mark))?.[1]
  return system ? `${browser ?? 'A browser'} on ${system}` : (browser ?? 'A browser')
}
