import { type Context, Hono } from 'hono'

import { Join, JoinLook } from '#shared/api/sign-in'

import type { PublicEnv } from '../app-env'
import { writeAudited } from '../audit/queries'
import { anyone } from '../doors/allow'
import { json } from '../doors/body'
import { addressBudget, countDenial, spendTry } from '../doors/budget'
import { notFound, refuse } from '../doors/refusal'
import { hashOf } from '../doors/tokens'
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
import { findInvite, unusedInvite, useInvite } from './queries'

/** /app/join: what an invite link leads to. Wrong, used and expired links look the same. */
export const join = new Hono<PublicEnv>()

  .post('/options', anyone(), json(JoinLook), async (c) => {
    const now = Date.now()
    const tooMany = await spendTry(c, [addressBudget(c, 'join')], now)
    if (tooMany) return tooMany
    const invite = await findInvite(c.var.db, await hashOf(c.req.valid('json').token), now)
    if (!invite) return wrongLink(c)
    return c.json({
      options: await startPasskey(c, { id: invite.personId, name: invite.name }, [], now),
      person: { name: invite.name, role: invite.role },
      workspace: { name: invite.workspaceName },
    })
  })

  .post('/', anyone(), json(Join), async (c) => {
    const now = Date.now()
    const { token, passkey } = c.req.valid('json')
    const tooMany = await spendTry(c, [addressBudget(c, 'join')], now)
    if (tooMany) return tooMany
    const tokenHash = await hashOf(token)
    const invite = await findInvite(c.var.db, tokenHash, now)
    if (!invite) return wrongLink(c)
    const finished = passkey && (await finishPasskey(c, passkey, now))
    if (passkey && finished?.personId !== invite.personId) {
      return refuse(
        c,
        400,
        'passkey-refused',
        'That passkey did not work. Try again, or go on without one.',
      )
    }

    const { db } = c.var
    const { codes, hashes } = await newRecoveryCodes()
    const { session, token: cookie, oldTokenHash } = await newSession(c, invite, now)
    const [opened] = await writeAudited(
      c.env.DB,
      db,
      {
        workspaceId: invite.workspaceId,
        actor: invite.personId,
        what: 'person.joined',
        detail: { passkey: Boolean(finished), session: session.id },
        at: now,
        onlyIf: hasSession(session),
      },
      [
        insertSession(db, session, unusedInvite(invite.workspaceId, tokenHash, now)),
        useInvite(db, invite.workspaceId, tokenHash, now, hasSession(session)),
        ...(finished
          ? [insertPasskey(db, invite, finished.passkey, now, hasSession(session))]
          : []),
        ...replaceRecoveryCodes(db, invite, hashes, now, hasSession(session)),
        ...endOldSession(db, session, oldTokenHash),
      ],
    )
    if (opened?.changes !== 1) return wrongLink(c)
    giveCookie(c, cookie)
    return c.json(
      { ...(await whoIs(db, invite.workspaceId, invite.personId)), recoveryCodes: codes },
      201,
    )
  })

async function wrongLink(c: Context<PublicEnv>) {
  await countDenial(c.env.DB, c.var.db)
  return notFound(c)
}
