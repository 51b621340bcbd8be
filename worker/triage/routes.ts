import { Hono } from 'hono'
import * as v from 'valibot'

import {
  SNAPSHOT_MAX_NOTES,
  type TriagePage,
  TriageQuery,
  TriageShow,
  type TriageSnapshot,
} from '#shared/api/triage'
import { Id } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { notFound, refuse } from '../doors/refusal'
import { readCursor, writeCursor } from '../register/order'
import { findTriageNote, readTriage } from './list'
import { listWaitingIds } from './queries'

const NO_VIEW = 'That is not a view of triage. Ask for all, sure or asked.'

/** /app/triage: new notes that no person has decided about, the oldest first. */
export const triage = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('triage.read'), async (c) => {
    const asked = v.safeParse(TriageQuery, c.req.query())
    if (!asked.success) return refuse(c, 400, 'malformed', NO_VIEW)
    const { show, limit, after } = asked.output
    const position = after === undefined ? -1 : readCursor(`triage-${show}`, after)?.[0]
    if (typeof position !== 'number' || !Number.isSafeInteger(position))
      return refuse(c, 400, 'bad-cursor', 'That is not a page of this view. Start again.')

    const { notes, counts, last } = await readTriage(
      c.env.DB,
      c.var.db,
      c.var.subject.workspaceId,
      { show, after: position, limit },
    )
    const next = notes.length === limit ? writeCursor(`triage-${show}`, [last]) : null
    return c.json({ notes, next, counts } satisfies TriagePage)
  })

  .get('/snapshot', allow('triage.read'), async (c) => {
    const show = v.safeParse(TriageShow, c.req.query('show') ?? 'all')
    if (!show.success) return refuse(c, 400, 'malformed', NO_VIEW)
    const ids = await listWaitingIds(
      c.var.db,
      c.var.subject.workspaceId,
      show.output,
      SNAPSHOT_MAX_NOTES + 1,
    )
    return c.json({
      ids: ids.slice(0, SNAPSHOT_MAX_NOTES),
      more: ids.length > SNAPSHOT_MAX_NOTES,
    } satisfies TriageSnapshot)
  })

  .get('/notes/:id', allow('triage.read'), async (c) => {
    const id = c.req.param('id')
    const note = v.is(Id, id)
      ? await findTriageNote(c.env.DB, c.var.db, c.var.subject.workspaceId, id)
      : undefined
    return note ? c.json(note) : notFound(c)
  })
