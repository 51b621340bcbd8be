import { type Context, Hono } from 'hono'

import { Setup, SetupPasskey } from '#shared/api/sign-in'
import { uuidv7 } from '#shared/id'

import type { PublicEnv } from '../app-env'
import { type Guard, writeAudited } from '../audit/queries'
import { anyone } from '../doors/allow'
import { json } from '../doors/body'
import { addressBudget, countDenial, spendTry } from '../doors/budget'
import { notFound, refuse } from '../doors/refusal'
import { hashOf, isSameSecret, randomBytes } from '../doors/tokens'
import { newRecoveryCodes } from '../sign-in/codes'
import { whoIs } from '../sign-in/me'
import { finishPasskey, startPasskey } from '../sign-in/passkey'
import {
  endOldSession,
  hasSession,
  insertPasskey,
  insertSession,
  replaceRecoveryCodes,
} from '../sign-in/queries'
import { giveCookie, newSession } from '../sign-in/session'
import {
  hasOwner,
  hasWorkspace,
  insertOwner,
  insertWorkspace,
  isUnusedSetupToken,
  nobodyOwnsAnything,
  setupTokenIsUnused,
  useSetupToken,
} from './queries'

/**
 * /app/setup: a first run, of the installation or of a further workspace. Only the first one can
 * be seen from outside; a wrong token, a used one and no first run at all look the same.
 */
export const setup = new Hono<PublicEnv>()

  .get('/', anyone(), async (c) => {
    const isOpen = Boolean(c.env.SETUP_TOKEN) && !(await hasOwner(c.var.db))
    return isOpen ? c.json({ open: true }) : notFound(c)
  })

  .post('/passkey', anyone(), json(SetupPasskey), async (c) => {
    const now = Date.now()
    const { token, ownerName } = c.req.valid('json')
    const tooMany = await spendTry(c, [addressBudget(c, 'setup')], now)
    if (tooMany) return tooMany
    if (!(await findGuard(c, token))) return wrongToken(c)
    const owner = { id: uuidv7(now, randomBytes), name: ownerName }
    return c.json({ options: await startPasskey(c, owner, [], now) })
  })

  .post('/', anyone(), json(Setup), async (c) => {
    const now = Date.now()
    const { token, workspaceName, ownerName, coverEverything, passkey } = c.req.valid('json')
    const tooMany = await spendTry(c, [addressBudget(c, 'setup')], now)
    if (tooMany) return tooMany
    const guard = await findGuard(c, token)
    if (!guard) return wrongToken(c)
    const finished = passkey && (await finishPasskey(c, passkey, now))
    if (passkey && !finished) {
      return refuse(
        c,
        400,
        'passkey-refused',
        'That passkey did not work. Try again, or go on without one.',
      )
    }

    const { db } = c.var
    const workspaceId = uuidv7(now, randomBytes)
    const personId = finished ? finished.personId : uuidv7(now, randomBytes)
    const who = { workspaceId, personId }
    const { codes, hashes } = await newRecoveryCodes()
    const { session, token: cookie, oldTokenHash } = await newSession(c, who, now)
    const [made] = await writeAudited(
      c.env.DB,
      db,
      {
        workspaceId,
        actor: personId,
        what: 'workspace.created',
        detail: { passkey: Boolean(finished), coverEverything, session: session.id },
        at: now,
        onlyIf: hasSession(session),
      },
      [
        insertWorkspace(
          db,
          { id: workspaceId, name: workspaceName, coverEverything, createdAt: now },
          guard,
        ),
        insertOwner(db, workspaceId, { id: personId, name: ownerName, createdAt: now }),
        insertSession(db, session, hasWorkspace(workspaceId)),
        ...(finished ? [insertPasskey(db, who, finished.passkey, now, hasSession(session))] : []),
        ...replaceRecoveryCodes(db, who, hashes, now, hasSession(session)),
        ...endOldSession(db, session, oldTokenHash),
        useSetupToken(db, await hashOf(token), workspaceId, now),
      ],
    )
    if (made?.changes !== 1) return wrongToken(c)
    giveCookie(c, cookie)
    return c.json({ ...(await whoIs(db, workspaceId, personId)), recoveryCodes: codes }, 201)
  })

/** What must hold in the database for this token to make a workspace; undefined for a wrong one. */
async function findGuard(c: Context<PublicEnv>, token: string): Promise<Guard | undefined> {
  const tokenHash = await hashOf(token)
  const [isFirst, isFurther, isOwned] = await Promise.all([
    isSameSecret(token, c.env.SETUP_TOKEN ?? ''),
    isUnusedSetupToken(c.var.db, tokenHash),
    hasOwner(c.var.db),
  ])
  if (isFurther) return setupTokenIsUnused(tokenHash)
  return isFirst && Boolean(c.env.SETUP_TOKEN) && !isOwned ? nobodyOwnsAnything() : undefined
}

async function wrongToken(c: Context<PublicEnv>) {
  await countDenial(c.env.DB, c.var.db)
  return notFound(c)
}
