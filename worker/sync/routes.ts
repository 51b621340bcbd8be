import { Hono } from 'hono'
import * as v from 'valibot'

import { JSON_MAX_DEPTH, PULL_MAX_ROWS, PUSH_MAX_OPS } from '#shared/limits'
import { MIN_PROTO, type PullResponse, PushRequest, type PushResponse } from '#shared/sync'

import type { AppEnv, DeviceSubject } from '../app-env'
import { sweepUnwanted } from '../blobs/sweep'
import { writeAll } from '../database/write-all'
import { findUnwalked } from '../coverage/unwalked'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { refuse } from '../doors/refusal'
import { groupPendingNotes } from '../grouping/group-notes'
import { formatCursor, startOf } from './cursor'
import { applyOps, isRecall } from './push'
import { listChanges } from '../pull/queries'
import { getSyncState, setLastSent } from './queries'

/** A selector's path lies eight levels inside an op, and an op two inside its push. */
const PUSH_MAX_DEPTH = JSON_MAX_DEPTH + 2

const PullQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(PULL_MAX_ROWS),
    ),
  ),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
})

/** Cron does what was left over here; only the kind of error is kept, never a text. */
function logFailure(job: 'grouping' | 'picture-sweep') {
  return (error: unknown): void => {
    const name = error instanceof Error ? error.name : 'unknown'
    console.error(JSON.stringify({ level: 'error', job, error: name }))
  }
}

/** /v1/sync */
export const sync = new Hono<AppEnv<DeviceSubject>>()

  .post('/push', allow('sync.push'), json(PushRequest, { maxDepth: PUSH_MAX_DEPTH }), async (c) => {
    const { proto, deviceId, epoch, ops } = c.req.valid('json')
    const { workspaceId, personId, deviceId: pairingId } = c.var.subject
    if (proto < MIN_PROTO)
      return refuse(c, 426, 'update-needed', 'This version of Wince is too old to send. Update it.')
    const state = await getSyncState(c.var.db, workspaceId)
    if (epoch !== state.epoch)
      return c.json(
        {
          error: 'other-epoch',
          message: 'The register was restored. Send again what it lost.',
          epoch: state.epoch,
        },
        409,
      )
    const { now: clock, randomBytes } = c.var.platform
    const now = clock()
    const sender = { workspaceId, personId, pairingId, deviceId, epoch }
    const results = await applyOps(c.env.DB, c.var.db, sender, { proto, ops }, now)
    if (results.some(({ status }) => status === 'applied')) {
      await writeAll(c.env.DB, [setLastSent(c.var.db, sender, now)])
      const recalls = ops.filter((op) => isRecall(op)).length
      if (recalls > 0) {
        const sweepDeps = { d1: c.env.DB, db: c.var.db, blobs: c.env.BLOBS, now: clock }
        await sweepUnwanted(sweepDeps, workspaceId).catch(logFailure('picture-sweep'))
      }
      // Acknowledge first: grouping may fail or be killed, and the sweep takes over.
      if (recalls < ops.length)
        c.executionCtx.waitUntil(
          groupPendingNotes(
            { d1: c.env.DB, db: c.var.db, now: clock, randomBytes },
            workspaceId,
            // A recall costs a read more than another op: a request stays under 40 D1 calls (D-3).
            PUSH_MAX_OPS - recalls,
          ).catch(logFailure('grouping')),
        )
    }
    return c.json({
      results,
      epoch: state.epoch,
      serverTime: now,
      minProto: MIN_PROTO,
    } satisfies PushResponse)
  })

  .get('/pull', allow('sync.pull'), async (c) => {
    const query = v.safeParse(PullQuery, c.req.query())
    if (!query.success) return refuse(c, 400, 'malformed', 'That is no place to go on from.')
    const { workspaceId, personId, role } = c.var.subject
    const state = await getSyncState(c.var.db, workspaceId)
    const limit = query.output.limit ?? PULL_MAX_ROWS
    const here = { workspaceId, epoch: state.epoch, seq: state.seq, scope: role }
    const start = startOf(query.output.cursor, here)
    if (start === 'other-epoch')
      return c.json(
        {
          error: 'other-epoch',
          message: 'The register was restored. Send again what it lost.',
          epoch: state.epoch,
        },
        409,
      )
    if (start === 'gone') return refuse(c, 410, 'cursor-gone', 'Start again from the beginning.')
    const after = start.after ?? 0
    const rows = await listChanges(c.env.DB, c.var.db, {
      workspaceId,
      personId,
      after,
      limit: limit + 1,
    })
    const page = rows.slice(0, limit) as PullResponse['rows']
    const seq = page.at(-1)?.seq ?? after
    const isLast = rows.length <= limit
    const now = c.var.platform.now()
    return c.json({
      rows: page,
      cursor: formatCursor({ workspaceId, epoch: state.epoch, scope: role, seq }),
      more: !isLast,
      epoch: state.epoch,
      serverTime: now,
      latest: state.seq,
      workspace: {
        name: state.name,
        coverEverything: state.coverEverything,
        privateWords: state.privateWords,
        ...(isLast && { unwalked: await findUnwalked(c.env.DB, c.var.db, workspaceId, now) }),
      },
    } satisfies PullResponse)
  })
