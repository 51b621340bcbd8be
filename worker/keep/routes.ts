import { Hono } from 'hono'
import * as v from 'valibot'

import { type KeepPage, KeepQuery } from '#shared/api/keep'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { refuse } from '../doors/refusal'
import { readCursor, writeCursor } from '../register/order'
import { listKept } from './queries'

/** GET /app/keep: what leaders liked, Kept and Shared. */
export const keep = new Hono<AppEnv<SessionSubject>>().get('/', allow('entry.read'), async (c) => {
  const asked = v.safeParse(KeepQuery, c.req.query())
  if (!asked.success)
    return refuse(
      c,
      400,
      'malformed',
      'That is not a view of what to keep. Ask for kept or shared.',
    )
  const { state, after, limit } = asked.output
  const below =
    after === undefined ? Number.MAX_SAFE_INTEGER : readCursor(`keep-${state}`, after)?.[0]
  if (typeof below !== 'number' || !Number.isSafeInteger(below))
    return refuse(c, 400, 'bad-cursor', 'That is not a page of this view. Start again.')

  const found = await listKept(c.env.DB, c.var.db, c.var.subject.workspaceId, {
    state,
    below,
    limit: limit + 1,
  })
  const entries = found.slice(0, limit)
  const last = entries.at(-1)
  return c.json({
    entries,
    next: found.length > limit && last ? writeCursor(`keep-${state}`, [last.number]) : null,
  } satisfies KeepPage)
})
