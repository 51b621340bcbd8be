import { Hono } from 'hono'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { refuse } from '../doors/refusal'
import { CHAIN_START, findBreak } from './chain'
import { listAuditAfter, listAuditBefore } from './queries'

const PAGE = 100
const CHECKED_AT_ONCE = 2_000

/** /app/audit: who did what, and whether anybody touched the record of it */
export const audit = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('audit.read'), async (c) => {
    const before = wholeNumber(c.req.query('before'), Number.MAX_SAFE_INTEGER)
    if (before === undefined) return refuse(c, 400, 'malformed', 'That is not a place in the log.')
    const rows = await listAuditBefore(c.var.db, c.var.subject.workspaceId, before, PAGE + 1)
    const entries = rows.slice(0, PAGE).map(({ number, at, actor, what, detail, hash }) => ({
      number,
      at,
      actor,
      what,
      detail: JSON.parse(detail) as Record<string, unknown>,
      hash,
    }))
    return c.json({ entries, more: rows.length > PAGE })
  })

  .get('/check', allow('audit.read'), async (c) => {
    const after = wholeNumber(c.req.query('after'), 0)
    if (after === undefined) return refuse(c, 400, 'malformed', 'That is not a place in the log.')
    const { workspaceId } = c.var.subject
    // One row more at the start than was asked for: what the chain goes on from.
    const rows = await listAuditAfter(c.var.db, workspaceId, after - 1, CHECKED_AT_ONCE + 1)
    const start = after === 0 ? { number: 0, hash: CHAIN_START } : rows.shift()
    const brokenAt = start?.number === after ? await findBreak(rows, start) : after
    return c.json({
      brokenAt: brokenAt ?? null,
      checkedTo: rows.at(-1)?.number ?? after,
      more: rows.length === CHECKED_AT_ONCE + (after === 0 ? 1 : 0),
    })
  })

/** A whole number from a query; `otherwise` when there is none, undefined when it is not one. */
function wholeNumber(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise
  const number = Number(text)
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
