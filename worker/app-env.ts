import type { Context } from 'hono'

import type { RandomBytes } from '#shared/id'
import type { Role } from '#shared/people'

import type { Db } from './database/open'
import type { Env } from './env'

interface Known {
  workspaceId: string
  personId: string
  /** The person's role; a device never has more than a walker's capture rights, whatever it says. */
  role: Role
  /** May see culture reviews. */
  culture: boolean
}

/** Somebody signed in to the dashboard. */
export interface SessionSubject extends Known {
  kind: 'session'
  sessionId: string
}

/** A paired browser extension. */
export interface DeviceSubject extends Known {
  kind: 'device'
  deviceId: string
}

/** Who is asking, once a door has let them in. */
export type Subject = SessionSubject | DeviceSubject

/** What sync takes from the platform; a simulator brings its own. */
interface Platform {
  /** Unix ms. */
  now(): number
  randomBytes: RandomBytes
}

/** What a route has that anyone may call. */
export interface PublicEnv {
  Bindings: Env
  Variables: { db: Db; requestId: string; platform: Platform }
}

/** What a helper needs of a request, on either side of a door. */
export type Asked = Pick<Context<PublicEnv>, 'env' | 'req' | 'var'>

/** What a route has behind a door. `AppEnv<SessionSubject>` is /app, `AppEnv<DeviceSubject>` is /v1. */
export interface AppEnv<Who extends Subject = Subject> {
  Bindings: Env
  Variables: PublicEnv['Variables'] & { subject: Who }
}
