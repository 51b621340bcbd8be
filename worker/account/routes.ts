import { Hono } from 'hono'

import { AddPasskey } from '#shared/api/account'
import { Empty } from '#shared/api/sign-in'

import type { AppEnv, SessionSubject } from '../app-env'
import { type Act, always, writeAudited } from '../audit/queries'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { newRecoveryCodes } from '../sign-in/codes'
import { whoIs } from '../sign-in/me'
import { finishPasskey, startPasskey } from '../sign-in/passkey'
import { insertPasskey, replaceRecoveryCodes } from '../sign-in/queries'
import { takeCookie } from '../sign-in/session'
import {
  countRecoveryCodes,
  deletePasskey,
  endSession,
  listPasskeys,
  listSessions,
} from './queries'

/** /app/me, /app/session, /app/sessions, /app/passkeys, /app/recovery-codes: oneself */
export const account = new Hono<AppEnv<SessionSubject>>()

  .get('/me', allow('self.read'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const [me, passkeys, recoveryCodesLeft] = await Promise.all([
      whoIs(c.var.db, workspaceId, personId),
      listPasskeys(c.var.db, workspaceId, personId),
      countRecoveryCodes(c.var.db, workspaceId, personId),
    ])
    return c.json({
      ...me,
      recoveryCodesLeft,
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        lastUsedAt,
      })),
    })
  })

  .delete('/session', allow('self.change'), async (c) => {
    const { workspaceId, personId, sessionId } = c.var.subject
    const now = Date.now()
    await writeAudited(
      c.env.DB,
      c.var.db,
      ownAct(c.var.subject, 'sign-out', { session: sessionId }, now),
      [endSession(c.var.db, workspaceId, personId, sessionId, now)],
    )
    takeCookie(c)
    c.header('Clear-Site-Data', '"cache", "cookies", "storage"')
    return c.body(null, 204)
  })

  .get('/sessions', allow('self.read'), async (c) => {
    const { workspaceId, personId, sessionId } = c.var.subject
    const sessions = await listSessions(c.var.db, workspaceId, personId, Date.now())
    return c.json({
      sessions: sessions.map((session) => ({ ...session, current: session.id === sessionId })),
    })
  })

  .delete('/sessions/:id', allow('self.change'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const sessions = await listSessions(c.var.db, workspaceId, personId, now)
    const session = sessions.find(({ id }) => id === c.req.param('id'))
    if (!session) return notFound(c)
    await writeAudited(
      c.env.DB,
      c.var.db,
      ownAct(c.var.subject, 'session.ended', { session: session.id }, now),
      [endSession(c.var.db, workspaceId, personId, session.id, now)],
    )
    return c.body(null, 204)
  })

  .post('/passkeys/options', allow('self.change'), json(Empty), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const [{ person }, existing] = await Promise.all([
      whoIs(c.var.db, workspaceId, personId),
      listPasskeys(c.var.db, workspaceId, personId),
    ])
    return c.json({ options: await startPasskey(c, person, existing, Date.now()) })
  })

  .post('/passkeys', allow('self.change'), json(AddPasskey), async (c) => {
    const { personId } = c.var.subject
    const now = Date.now()
    const { passkey, name } = c.req.valid('json')
    const finished = await finishPasskey(c, passkey, now)
    if (finished?.personId !== personId) {
      return refuse(c, 400, 'passkey-refused', 'That passkey did not work. Try again.')
    }
    const made = { ...finished.passkey, name: name ?? finished.passkey.name }
    await writeAudited(c.env.DB, c.var.db, ownAct(c.var.subject, 'passkey.added', {}, now), [
      insertPasskey(c.var.db, c.var.subject, made, now, always),
    ])
    return c.json({ id: made.id }, 201)
  })

  .delete('/passkeys/:id', allow('self.change'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const passkeys = await listPasskeys(c.var.db, workspaceId, personId)
    const passkey = passkeys.find(({ id }) => id === c.req.param('id'))
    if (!passkey) return notFound(c)
    await writeAudited(
      c.env.DB,
      c.var.db,
      ownAct(c.var.subject, 'passkey.removed', {}, Date.now()),
      [deletePasskey(c.var.db, workspaceId, personId, passkey.id)],
    )
    return c.body(null, 204)
  })

  .post('/recovery-codes', allow('self.change'), json(Empty), async (c) => {
    const now = Date.now()
    const { codes, hashes } = await newRecoveryCodes()
    await writeAudited(
      c.env.DB,
      c.var.db,
      ownAct(c.var.subject, 'recovery-codes.made', {}, now),
      replaceRecoveryCodes(c.var.db, c.var.subject, hashes, now, always),
    )
    return c.json({ recoveryCodes: codes }, 201)
  })

function ownAct(
  subject: SessionSubject,
  what: Act['what'],
  detail: Act['detail'],
  at: number,
): Act {
  return { workspaceId: subject.workspaceId, actor: subject.personId, what, detail, at }
}
