import { Hono } from 'hono'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { readHome } from './queries'

const DAY_MS = 86_400_000

/** GET /app/home: what is new and what is known, nothing that is not in the workspace. */
export const home = new Hono<AppEnv<SessionSubject>>().get('/', allow('home.read'), async (c) => {
  const now = Date.now()
  return c.json(
    await readHome(c.env.DB, c.var.db, c.var.subject.workspaceId, {
      now,
      week: now - 7 * DAY_MS,
      fourWeeks: now - 28 * DAY_MS,
      sixMonths: startOfMonth(now, 5),
    }),
  )
})

/** The first instant, UTC, of the month that lies so many months back. */
function startOfMonth(now: number, monthsBack: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - monthsBack, 1)
}
