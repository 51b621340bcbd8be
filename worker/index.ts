import { Hono } from 'hono'

import { PICTURE_MAX_BYTES, REQUEST_MAX_BYTES } from '#shared/limits'

import { account } from './account/routes'
import type { PublicEnv } from './app-env'
import { secondWalks } from './again/routes'
import { audit } from './audit/routes'
import { blobs } from './blobs/routes'
import { pictureSweep } from './blobs/sweep'
import { coverage } from './coverage/routes'
import { openDatabase } from './database/open'
import { decisions } from './decision/routes'
import { ownPageOnly, sessionDoor } from './doors/app-door'
import { assets } from './doors/assets'
import { limitBody } from './doors/body'
import { deviceDoor, openToOrigins } from './doors/device-door'
import { secureHeaders } from './doors/headers'
import { cleanUp, type Job, runJobs } from './doors/jobs'
import { logRequest } from './doors/log'
import { answerError, notFound } from './doors/refusal'
import { randomBytes } from './doors/tokens'
import { entries } from './entry/routes'
import type { Env } from './env'
import { evidence } from './evidence/routes'
import { referenceSweep } from './follow-up/forget'
import { groupingSweep, indexSweep, loneEntrySweep, weightsSweep } from './grouping/sweep'
import { imports } from './import/routes'
import { home } from './home/routes'
import { join } from './join/routes'
import { keep } from './keep/routes'
import { menus } from './menu/routes'
import { entryMessages, messages } from './message/routes'
import { device, pair } from './pairing/connection'
import { devices, pairing } from './pairing/routes'
import { nearby } from './nearby/routes'
import { people } from './people/routes'
import { pictures } from './pictures/routes'
import { playbooks } from './playbook/routes'
import { plan } from './plan/routes'
import { publications } from './publication/routes'
import { entryFollowUps, followUps } from './recovery/routes'
import { register } from './register/routes'
import { services } from './service/routes'
import { setup } from './setup/routes'
import { signIn } from './sign-in/routes'
import { sync } from './sync/routes'
import { triage } from './triage/routes'
import { views } from './views/routes'
import { walks } from './walk/routes'
import { workspace } from './workspace/routes'

/** Wince's worker: doors that are never mixed, what is behind each, and the dashboard's files. */
export const app = new Hono<PublicEnv>()

  .use(async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    c.set('db', openDatabase(c.env.DB))
    c.set('platform', { now: Date.now, randomBytes })
    await next()
  })
  .use(logRequest)
  .use(secureHeaders)
  .use('/v1/blobs/*', limitBody(PICTURE_MAX_BYTES))
  .use(limitBody(REQUEST_MAX_BYTES))

  // /v1: paired browsers, by their token
  .use('/v1/*', openToOrigins)
  .route('/v1/pair', pair)
  .use('/v1/*', deviceDoor)
  .route('/v1/device', device)
  .route('/v1/sync', sync)
  .route('/v1/sync/nearby', nearby)
  .route('/v1/blobs', blobs)

  // /app: people, by their session
  .use('/app/*', ownPageOnly)
  .route('/app/setup', setup)
  .route('/app/sign-in', signIn)
  .route('/app/join', join)
  .use('/app/*', sessionDoor)
  .route('/app', account)
  .route('/app/workspace', workspace)
  .route('/app/people', people)
  .route('/app/pairing', pairing)
  .route('/app/devices', devices)
  .route('/app/audit', audit)
  .route('/app/home', home)
  .route('/app/entries/import', imports)
  .route('/app/entries', register)
  .route('/app/entries', entries)
  .route('/app/entries', evidence)
  .route('/app/views', views)
  .route('/app/entries', entryFollowUps)
  .route('/app/follow-ups', followUps)
  .route('/app/entries', entryMessages)
  .route('/app/messages', messages)
  .route('/app/playbooks', playbooks)
  .route('/app/entries', secondWalks)
  .route('/app/pictures', pictures)
  .route('/app/triage', triage)
  .route('/app/decisions', decisions)
  .route('/app/keep', keep)
  .route('/app/services', services)
  .route('/app/menus', menus)
  .route('/app/walks', walks)
  .route('/app/plan', plan)
  .route('/app/coverage', coverage)

  // /public: everybody, without a cookie
  .route('/public', publications)

  .all('/v1/*', notFound)
  .all('/app/*', notFound)
  .all('/public/*', notFound)
  .route('/', assets)

  .notFound(notFound)
  .onError(answerError)

/** What cron does, in order; one that fails does not stop the others. */
const jobs: readonly Job[] = [
  cleanUp,
  groupingSweep,
  indexSweep,
  loneEntrySweep,
  pictureSweep,
  weightsSweep,
  referenceSweep,
]

export default {
  fetch: app.fetch,
  scheduled: (_controller, env) => runJobs(jobs, env, Date.now()),
} satisfies ExportedHandler<Env>
