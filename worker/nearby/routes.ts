import { Hono } from 'hono'
import * as v from 'valibot'

import { NEARBY_MAX_ROWS } from '#shared/limits'
import type { NearbyResponse } from '#shared/nearby'

import type { AppEnv, DeviceSubject } from '../app-env'
import { readAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { refuse } from '../doors/refusal'
import { listNewestNotes, listServiceNames } from '../ranking/queries'
import { toServiceNames } from '../ranking/service-names'
import { formatCursor, startOf } from '../sync/cursor'
import { getSyncState } from '../sync/queries'
import { listNearby } from './queries'
import { toFoundEntry, toNearbyRow, withoutSummary } from './rows'

/** Summaries that are made anew for one page; what is left over is ranked by its tokens alone. */
const MOST_MADE = 20

const NearbyQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(NEARBY_MAX_ROWS),
    ),
  ),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
})

/** /v1/sync/nearby: entries that a walker's next note may be about, so that "me too" works offline. */
export const nearby = new Hono<AppEnv<DeviceSubject>>().get('/', allow('sync.pull'), async (c) => {
  const query = v.safeParse(NearbyQuery, c.req.query())
  if (!query.success) return refuse(c, 400, 'malformed', 'That is no place to go on from.')
  const { workspaceId, personId, role } = c.var.subject
  const state = await getSyncState(c.var.db, workspaceId)
  const scope = `nearby ${role}`
  const here = { workspaceId, epoch: state.epoch, seq: state.seq, scope }
  const start = startOf(query.output.cursor, here)
  if (start === 'other-epoch')
    return c.json({ error: 'other-epoch', message: OTHER_EPOCH, epoch: state.epoch }, 409)
  if (start === 'gone') return refuse(c, 410, 'cursor-gone', 'Start again from the beginning.')
  const limit = query.output.limit ?? NEARBY_MAX_ROWS
  const [found, named] = await readAll(c.env.DB, [
    listNearby(c.var.db, { workspaceId, personId, after: start.after, limit: limit + 1 }),
    listServiceNames(c.var.db, workspaceId),
  ])
  const entries = (found?.rows ?? []).map(toFoundEntry)
  const page = entries.slice(0, limit)
  const missing = withoutSummary(page).slice(0, MOST_MADE)
  const notes = await readAll(
    c.env.DB,
    missing.map((id) => listNewestNotes(c.var.db, workspaceId, id)),
  )
  const newest = new Map(missing.map((id, index) => [id, notes[index]?.rows ?? []]))
  const naming = { workspaceId, names: toServiceNames(named) }
  return c.json({
    rows: page.map((entry) => toNearbyRow(entry, newest, naming)),
    cursor: formatCursor({
      workspaceId,
      epoch: state.epoch,
      scope,
      seq: page.at(-1)?.seq ?? start.after ?? state.seq,
    }),
    more: entries.length > limit,
    epoch: state.epoch,
  } satisfies NearbyResponse)
})

const OTHER_EPOCH = 'The register was restored. Send again what it lost.'
