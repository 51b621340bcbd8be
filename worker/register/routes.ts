import { Hono } from 'hono'
import * as v from 'valibot'

import { EntryQuery, type EntryPage } from '#shared/api/register'
import { isOpen } from '#shared/entry'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { refuse } from '../doors/refusal'
import { SORT_KEYS, cursorAt, readSortCursor } from './order'
import { readRegisterPage } from './queries'

/** GET /app/entries: a page of the register, in the order and with the filters of its address. */
export const register = new Hono<AppEnv<SessionSubject>>().get(
  '/',
  allow('entry.read'),
  async (c) => {
    const asked = v.safeParse(EntryQuery, c.req.query())
    if (!asked.success) return refuse(c, 400, 'malformed', 'That is not a view of the register.')
    const query = asked.output
    const isBackwards = query.before !== undefined
    const cursor = query.before ?? query.after
    const stopped = cursor === undefined ? [] : readSortCursor(query.sort, cursor)
    if (stopped === undefined)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of this view.')

    const keys = SORT_KEYS[query.sort].map((key, index) => ({
      sql: key.sql,
      descending: key.descending !== isBackwards,
      after: stopped[index],
    }))
    const { entries, total, behind, services } = await readRegisterPage(
      c.env.DB,
      c.var.db,
      c.var.subject.workspaceId,
      query,
      keys,
    )

    const hasMore = entries.length > query.limit
    const shown = entries.slice(0, query.limit)
    if (isBackwards) shown.reverse()
    const first = shown.at(0)
    const last = shown.at(-1)
    const hasPrevious = isBackwards ? hasMore : query.after !== undefined
    const hasNext = isBackwards || hasMore
    const hasClosed = query.mood === 'embarrassed' && !isOnlyOpen(query.state)
    const from = isBackwards ? behind - shown.length + 1 : total - behind + 1
    return c.json({
      entries: shown,
      previous: hasPrevious && first ? cursorAt(query.sort, first) : null,
      next: hasNext && last ? cursorAt(query.sort, last) : null,
      counted: hasClosed ? null : { from: shown.length === 0 ? 0 : from, total },
      services,
    } satisfies EntryPage)
  },
)

function isOnlyOpen(state: EntryQuery['state']): boolean {
  return state !== 'all' && (state === 'open' || isOpen(state))
}
