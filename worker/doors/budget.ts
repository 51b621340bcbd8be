import type { Context } from 'hono'

import type { PublicEnv } from '../app-env'
import type { Db } from '../database/open'
import { writeAll } from '../database/write-all'
import { addressOf } from './address'
import { spendBudget } from './queries'
import { refuse } from './refusal'

/** So many tries under one key, counted from the first, until `windowMs` have passed (D-10). */
export interface Budget {
  key: string
  limit: number
  windowMs: number
}

export const TEN_MINUTES_MS = 600_000

/** Tries from one address; a hospital signs in behind one, on Monday at nine. */
export function addressBudget(
  c: Context<PublicEnv>,
  what: 'sign-in' | 'join' | 'setup' | 'pair',
): Budget {
  return { key: `${what}:${addressOf(c)}`, limit: 300, windowMs: TEN_MINUTES_MS }
}

/**
 * Spends one try of each budget. All of them are spent even when one is empty, so that an
 * answer does not tell which.
 *
 * @returns the answer to give when a budget was empty; undefined when the try may go on
 */
export async function spendTry(c: Context<PublicEnv>, budgets: readonly Budget[], now: number) {
  const spent = await writeAll(
    c.env.DB,
    budgets.map(({ key, windowMs }) => spendBudget(c.var.db, key, windowMs, now)),
  )
  let waitMs = 0
  for (const [index, { limit, windowMs }] of budgets.entries()) {
    const { used, window_start: startedAt } = spent[index]?.rows[0] ?? {}
    if (Number(used) > limit) waitMs = Math.max(waitMs, Number(startedAt) + windowMs - now)
  }
  if (waitMs === 0) return undefined
  c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
  return refuse(
    c,
    429,
    'too-many-tries',
    'Too many tries. Ask for a new code, or wait ten minutes.',
  )
}

/** Nobody in particular was turned away: counted by the hour, not logged one by one (DECISIONS 18). */
export async function countDenial(d1: D1Database, db: Db, now = Date.now()): Promise<void> {
  await writeAll(d1, [spendBudget(db, 'denied', 3_600_000, now)])
}
