import { Hono } from 'hono'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { notFound, refuse } from '../doors/refusal'
import { findEntryByNumber } from '../entry/queries'
import { toEntryNumber } from '../entry/number'
import {
  EVENTS_A_PAGE,
  NOTES_A_PAGE,
  readEventCursor,
  readNoteCursor,
  toEvidencePage,
  toHistoryPage,
} from './pages'
import { readEvidence, readHistory } from './queries'

/** /app/entries/:number/notes and …/history: what comes after the first page that the entry brings. */
export const evidence = new Hono<AppEnv<SessionSubject>>()

  .get('/:number/notes', allow('entry.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const number = toEntryNumber(c.req.param('number'))
    const after = readNoteCursor(c.req.query('after') ?? '')
    if (!after) return refuse(c, 400, 'bad-cursor', 'That is not a page of these notes.')
    const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
    if (!found) return notFound(c)

    const page = { after, limit: NOTES_A_PAGE + 1 }
    return c.json(
      toEvidencePage(await readEvidence(c.env.DB, c.var.db, workspaceId, found.id, page)),
    )
  })

  .get('/:number/history', allow('entry.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const number = toEntryNumber(c.req.param('number'))
    const after = readEventCursor(c.req.query('after') ?? '')
    if (!after) return refuse(c, 400, 'bad-cursor', 'That is not a page of this history.')
    const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
    if (!found) return notFound(c)

    const page = { after, limit: EVENTS_A_PAGE + 1 }
    return c.json(toHistoryPage(await readHistory(c.env.DB, c.var.db, workspaceId, found.id, page)))
  })
