import * as v from 'valibot'

import { OP_MAX_BYTES, RECALL_WINDOW_MS } from '#shared/limits'
import { OP_KINDS, Op } from '#shared/op'
import type { OpResult, RejectCode } from '#shared/sync'
import { utf8Length } from '#shared/text'

import type { Db } from '../database/open'
import { type Written, writeAll } from '../database/write-all'
import { applyRecall } from '../recall/recall-note'
import { recallTimeline } from '../timeline/queries'
import { type ReceivedOp, type Sender, applyOp } from './queries'

/**
 * Applies ops in the order they came, one batch each. The first one that fails for a passing
 * reason stops the run, and it and the rest come back as `retry`, so that order holds (S-4). So
 * does one whose number is taken: it comes back under another name, before those behind it.
 * One that can never be taken is refused with a code and blocks nothing.
 */
export async function applyOps(
  d1: D1Database,
  db: Db,
  sender: Sender,
  push: { proto: number; ops: readonly unknown[] },
  receivedAt: number,
): Promise<OpResult[]> {
  const results: OpResult[] = []
  let stopped = false
  for (const raw of push.ops) {
    if (stopped) {
      results.push({ opId: opIdOf(raw), status: 'retry' })
      continue
    }
    // oxlint-disable-next-line no-await-in-loop -- order is the point
    const result = await applyOne(d1, db, sender, raw, push.proto, receivedAt)
    results.push(result)
    stopped = result.status === 'retry' || result.code === ('device-fork' satisfies RejectCode)
  }
  return results
}

async function applyOne(
  d1: D1Database,
  db: Db,
  sender: Sender,
  raw: unknown,
  proto: number,
  receivedAt: number,
): Promise<OpResult> {
  const opId = opIdOf(raw)
  const refused = whyRefused(raw)
  if (refused !== undefined) return { opId, status: 'rejected', code: refused }
  const op = v.parse(Op, raw)
  try {
    const written = await writeOp(d1, db, sender, { op, proto, receivedAt })
    const { seq, code } = written.at(-1)?.rows[0] ?? {}
    // Grouping was at the note's entry all the while; the next push finds it at rest.
    if (code === 'moved') return { opId, status: 'retry' }
    if (typeof seq !== 'number')
      return { opId, status: 'rejected', code: typeof code === 'string' ? code : 'forbidden' }
    return { opId, status: written[0]?.changes === 0 ? 'duplicate' : 'applied', seq }
  } catch (error) {
    return { opId, ...afterFailure(error) }
  }
}

async function writeOp(
  d1: D1Database,
  db: Db,
  sender: Sender,
  { op, proto, receivedAt }: ReceivedOp,
): Promise<Written[]> {
  switch (op.kind) {
    case 'note.recall':
      return applyRecall(d1, db, sender, { op, proto, receivedAt })
    case 'walk.recall': {
      const receivedSince = receivedAt - RECALL_WINDOW_MS
      return writeAll(d1, recallTimeline(db, sender, { op, proto, receivedAt }, receivedSince))
    }
    case 'note.add':
    case 'walk.part':
      return writeAll(d1, applyOp(db, sender, { op, proto, receivedAt }))
  }
}

function whyRefused(raw: unknown): RejectCode | undefined {
  if (utf8Length(JSON.stringify(raw)) > OP_MAX_BYTES) return 'too-large'
  const kind = v.safeParse(v.looseObject({ kind: v.string() }), raw)
  if (kind.success && !OP_KINDS.some((known) => known === kind.output.kind)) return 'unknown-kind'
  return v.is(Op, raw) ? undefined : 'malformed'
}

/**
 * A constraint is broken for ever; anything else may pass. The number of a device that another
 * op holds means that the profile was cloned (S-10).
 */
function afterFailure(
  error: unknown,
): { status: 'rejected'; code: RejectCode } | { status: 'retry' } {
  const message = error instanceof Error ? error.message : ''
  if (message.includes('op.workspace_id, op.device_id, op.mid'))
    return { status: 'rejected', code: 'device-fork' }
  if (error instanceof RangeError || /too big|SQLITE_TOOBIG/i.test(message))
    return { status: 'rejected', code: 'too-large' }
  if (/constraint failed|SQLITE_CONSTRAINT/i.test(message))
    return { status: 'rejected', code: 'malformed' }
  return { status: 'retry' }
}

/** True for what asks to take a note back, whether it fits the schema or not. */
export function isRecall(raw: unknown): boolean {
  return v.is(v.looseObject({ kind: v.literal('note.recall') }), raw)
}

function opIdOf(raw: unknown): string | null {
  const named = v.safeParse(v.looseObject({ opId: v.pipe(v.string(), v.maxLength(64)) }), raw)
  return named.success ? named.output.opId : null
}
