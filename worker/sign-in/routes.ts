import type { Context } from 'hono'
import { Hono } from 'hono'

import { CodeSignIn, Empty, PasskeySignIn } from '#shared/api/sign-in'

import type { PublicEnv } from '../app-env'
import { writeAudited } from '../audit/queries'
import { anyone } from '../doors/allow'
import { json } from '../doors/body'
import { addressBudget, countDenial, spendTry, TEN_MINUTES_MS } from '../doors/budget'
import { refuse } from '../doors/refusal'
import { unusedInvite, useInvite } from '../join/queries'
import { codePage, hashCode } from './codes'
import { whoIs } from './me'
import { checkProof, startProof } from './passkey'
import {
  counterAllows,
  countPasskey,
  endOldSession,
  findCode,
  hasSession,
  insertSession,
  unusedRecoveryCode,
  useRecoveryCode,
} from './queries'
import { giveCookie, newSession } from './session'

/** /app/sign-in */
export const signIn = new Hono<PublicEnv>()

  .post('/options', anyone(), json(Empty), async (c) => {
    const now = Date.now()
    const tooMany = await spendTry(c, [addressBudget(c, 'sign-in')], now)
    if (tooMany) return tooMany
    return c.json({ options: await startProof(c, now) })
  })

  .post('/passkey', anyone(), json(PasskeySignIn), async (c) => {
    const now = Date.now()
    const tooMany = await spendTry(c, [addressBudget(c, 'sign-in')], now)
    if (tooMany) return tooMany
    const proof = await checkProof(c, c.req.valid('json').passkey, now)
    if (proof?.counter === undefined) return signInFailed(c, proof, 'passkey', now)

    const { session, token, oldTokenHash } = await newSession(c, proof, now)
    const [opened] = await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId: proof.workspaceId,
        actor: proof.personId,
        what: 'sign-in',
        detail: { by: 'passkey', session: session.id },
        at: now,
        onlyIf: hasSession(session),
      },
      [
        insertSession(c.var.db, session, counterAllows(proof.workspaceId, proof.id, proof.counter)),
        countPasskey(
          c.var.db,
          proof.workspaceId,
          proof.id,
          proof.counter,
          now,
          hasSession(session),
        ),
        ...endOldSession(c.var.db, session, oldTokenHash),
      ],
    )
    if (opened?.changes !== 1) return signInFailed(c, proof, 'passkey', now)
    giveCookie(c, token)
    return c.json(await whoIs(c.var.db, proof.workspaceId, proof.personId))
  })

  .post('/code', anyone(), json(CodeSignIn), async (c) => {
    const now = Date.now()
    const { code } = c.req.valid('json')
    const codeBudget = { key: `code:${codePage(code)}`, limit: 10, windowMs: TEN_MINUTES_MS }
    const tooMany = await spendTry(c, [addressBudget(c, 'sign-in'), codeBudget], now)
    if (tooMany) return tooMany
    const hash = await hashCode(code)
    const found = await findCode(c.var.db, hash)
    if (!found) return signInFailed(c, undefined, 'code', now)

    const { session, token, oldTokenHash } = await newSession(c, found, now)
    const isRecovery = found.kind === 'recovery'
    const [opened] = await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId: found.workspaceId,
        actor: found.personId,
        what: 'sign-in',
        detail: { by: isRecovery ? 'recovery-code' : 'sign-in-code', session: session.id },
        at: now,
        onlyIf: hasSession(session),
      },
      [
        insertSession(
          c.var.db,
          session,
          isRecovery
            ? unusedRecoveryCode(found.workspaceId, hash)
            : unusedInvite(found.workspaceId, hash, now),
        ),
        isRecovery
          ? useRecoveryCode(c.var.db, found.workspaceId, hash, now, hasSession(session))
          : useInvite(c.var.db, found.workspaceId, hash, now, hasSession(session)),
        ...endOldSession(c.var.db, session, oldTokenHash),
      ],
    )
    if (opened?.changes !== 1) return signInFailed(c, found, 'code', now)
    giveCookie(c, token)
    return c.json(await whoIs(c.var.db, found.workspaceId, found.personId))
  })

/** One answer for whatever was wrong. Somebody known leaves a row in the log, nobody known a count. */
async function signInFailed(
  c: Context<PublicEnv>,
  who: { workspaceId: string; personId: string } | undefined,
  by: 'passkey' | 'code',
  now: number,
) {
  if (who) {
    await writeAudited(c.env.DB, c.var.db, {
      workspaceId: who.workspaceId,
      actor: who.personId,
      what: 'sign-in.failed',
      detail: { by },
      at: now,
    })
  } else {
    await countDenial(c.env.DB, c.var.db)
  }
  return refuse(c, 401, 'sign-in-failed', 'That did not work. Try again, or use one of your codes.')
}
