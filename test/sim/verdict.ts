import * as v from 'valibot'

import { NEARBY_MAX_ROWS } from '#shared/limits'
import { NearbyResponse } from '#shared/nearby'

import type { MirrorRow, QueuedOp } from '../../extension/storage/database'
import { getMeta } from '../../extension/storage/meta'
import { openDatabase } from '../../worker/database/open'
import { listChanges } from '../../worker/pull/queries'
import type { Device } from './device'
import { ORIGIN, type Server } from './server'
import type { Bad, OpRow } from './findings'
import { addsOf, findLost, isWalkOfOthers } from './lost'
import { type Recall, findRecalledLeft } from './recalled'
import type { Minted, World } from './world'

/** What the server holds, and what every device thinks. Empty when the protocol kept its word. */
export async function findBad(
  world: World,
  server: Server,
  devices: readonly Device[],
  isQuiet: boolean,
): Promise<Bad[]> {
  const { results } = await world.backend.d1.prepare('SELECT * FROM op').all<OpRow>()
  const log = new Map(results.map((row) => [row.op_id, row]))
  const recalls = results.filter(({ kind }) => kind.endsWith('.recall')).map(toRecall)
  const bad: Bad[] = [
    ...(await findRecalledLeft(world, devices, recalls)).map((what) => ({
      kind: 'recalledLeft' as const,
      what,
    })),
    ...world.surprises.map((what) => ({ kind: 'stuck' as const, what })),
    ...(isQuiet ? [] : [{ kind: 'stuck' as const, what: 'it never came to rest' }]),
    ...(await findLost(world, devices, log, recalls)),
    ...(await findInRegister(world)),
    ...findReordered(world, log),
  ]
  for (const { op_id: opId, kind } of results)
    if (!world.ledger.ops.has(opId))
      bad.push({ kind: 'duplicated', what: `${kind} ${opId} was let go by nobody` })
  for (const device of devices) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as everything here
    bad.push(
      ...(await findStuck(device, server.people)),
      ...(await findDiverged(world, device)),
      ...(await findMisnumbered(world, device)),
      ...(world.hasNearby ? await findNearbyDiverged(server, device) : []),
    )
  }
  return bad
}

function toRecall(row: OpRow): Recall {
  const kind = row.kind === 'walk.recall' ? 'walk' : 'note'
  return { kind, id: row.subject_id, workspaceId: row.workspace_id, personId: row.person_id }
}

/** A note is evidence once, and counters count what is there. */
async function findInRegister({ backend }: World): Promise<Bad[]> {
  const { results } = await backend.d1
    .prepare(
      `SELECT 'waits for an entry' AS what, id FROM note WHERE grouped = 0
       UNION ALL SELECT 'is evidence ' || count(*) || ' times', note_id FROM entry_note WHERE current = 1 GROUP BY note_id HAVING count(*) > 1
       UNION ALL SELECT 'counts ' || notes, id FROM entry
         WHERE notes <> (SELECT count(*) FROM entry_note WHERE entry_id = entry.id AND current = 1)
       UNION ALL SELECT 'has no evidence row', id FROM note
         WHERE grouped = 1 AND NOT EXISTS (SELECT 1 FROM entry_note WHERE note_id = note.id)`,
    )
    .all<{ what: string; id: string }>()
  return results.map(({ what, id }) => ({
    kind: what.startsWith('waits') ? 'stuck' : 'duplicated',
    what: `${id} ${what}`,
  }))
}

/** What one device let go for one receiver arrived in that order (S-4). */
function findReordered(world: World, log: ReadonlyMap<string, OpRow>): Bad[] {
  const { ledger, aside, refused, wiped, takenOut } = world
  // Forgotten or taken back here, and brought by a copy of the profile: behind, if at all.
  const isFree = (opId: string) => [aside, refused, wiped, takenOut].some((each) => each.has(opId))
  const bad: Bad[] = []
  for (const [device, order] of ledger.order) {
    const last = new Map<string, { seq: number; opId: string }>()
    for (const opId of order) {
      const row = log.get(opId)
      const minted = ledger.ops.get(opId)
      const receiver = minted?.receiver.personId ?? ''
      if (row === undefined || isFree(opId)) continue
      // Refused to this device at first, and brought later by a copy of it.
      if (minted && (isWalkOfOthers(minted, ledger.ops) || isRefusedOnce(minted, world))) continue
      const before = last.get(receiver)
      if (before !== undefined && row.seq < before.seq)
        bad.push({ kind: 'reordered', what: `${device}: ${opId} came before ${before.opId}` })
      last.set(receiver, { seq: row.seq, opId })
    }
  }
  return bad
}

/**
 * A refusal may end: a note that was refused is sent again with other words, so it can be taken
 * back by then, and a restore forgets that something was taken back.
 */
function isRefusedOnce(minted: Minted, { ledger, refused, restores }: World): boolean {
  const { op, receiver } = minted
  if (op.kind === 'note.recall')
    return addsOf(minted, ledger.ops).some(({ opId }) => refused.has(opId))
  return (
    op.kind === 'note.add' &&
    restores > 0 &&
    [...ledger.ops.values()].some(
      (other) =>
        other.op.kind === 'note.recall' &&
        other.op.payload.noteId === op.payload.id &&
        other.receiver.personId === receiver.personId,
    )
  )
}

/** What a device holds would be replayed in the order in which Send let it go (S-9, S-10). */
async function findMisnumbered({ ledger }: World, { name, observed }: Device): Promise<Bad[]> {
  const outbox: QueuedOp[] = await observed.getAll('outbox')
  const mids = new Map(outbox.map(({ opId, mid }) => [opId, mid]))
  const bad: Bad[] = []
  let last = 0
  for (const opId of ledger.order.get(name) ?? []) {
    const mid = mids.get(opId)
    if (mid === undefined) continue
    if (mid <= last)
      bad.push({
        kind: 'reordered',
        what: `${name} would replay ${opId} as number ${mid} after ${last}`,
      })
    last = mid
  }
  return bad
}

async function findStuck(device: Device, people: Server['people']): Promise<Bad[]> {
  const asking = await device.observed.getAllFromIndex('note', 'byState', 'recalling')
  const walks = await device.observed.getAll('walk')
  const queued: QueuedOp[] = await device.observed.getAll('outbox')
  const isKnown = ({ receiver }: QueuedOp) => people.some(({ id }) => id === receiver.personId)
  const held = queued.filter((each) => each.state === 'waiting' && isKnown(each))
  return [
    ...held.map(({ opId }) => `still holds ${opId}`),
    ...asking.map(({ id }) => `still asks for note ${id} back`),
    ...walks.flatMap(({ id, takenBack }) =>
      takenBack === 'asked' ? [`still asks for walk ${id} back`] : [],
    ),
  ].map((what) => ({ kind: 'stuck' as const, what: `${device.name} ${what}` }))
}

/** The mirror is what the server would answer to somebody who asks for everything. */
async function findDiverged({ backend }: World, device: Device): Promise<Bad[]> {
  const pairing = await getMeta(device.observed, 'pairing')
  if (pairing === null) return [{ kind: 'stuck', what: `${device.name} is not paired` }]
  const { workspaceId, personId } = pairing
  const db = openDatabase(backend.d1)
  const theirs = await listChanges(backend.d1, db, {
    workspaceId,
    personId,
    after: 0,
    limit: 10_000,
  })
  const mirror: MirrorRow[] = await device.observed.getAll('mirror')
  const there = new Map(theirs.map((row) => [`${String(row['type'])}/${String(row['id'])}`, row]))
  const bad: Bad[] = []
  for (const { key, row } of mirror) {
    const expected = there.get(key)
    there.delete(key)
    if (JSON.stringify(known(row)) !== JSON.stringify(known(expected)))
      bad.push({
        kind: 'diverged',
        what: `${device.name} has ${JSON.stringify(row)}, the server ${JSON.stringify(expected)}`,
      })
  }
  for (const key of there.keys())
    bad.push({ kind: 'diverged', what: `${device.name} does not know of ${key}` })
  return bad
}

/** What a note may be the same as is what the server would tell a browser that knows nothing yet. */
async function findNearbyDiverged(server: Server, { name, observed }: Device): Promise<Bad[]> {
  const pairing = await getMeta(observed, 'pairing')
  const answer = await server.deliver({
    method: 'GET',
    url: `${ORIGIN}/v1/sync/nearby?limit=${NEARBY_MAX_ROWS}`,
    headers: { authorization: `Bearer ${pairing?.token}` },
    body: undefined,
  })
  const { rows } = v.parse(NearbyResponse, JSON.parse(answer?.text ?? 'null'))
  const theirs = rows.filter(({ type }) => type === 'nearby').map(known)
  const here = (await observed.getAllFromIndex('nearby', 'bySeq')).map(known)
  return JSON.stringify(here) === JSON.stringify(theirs)
    ? []
    : [
        {
          kind: 'diverged',
          what: `${name} has nearby ${JSON.stringify(here)}, the server ${JSON.stringify(theirs)}`,
        },
      ]
}

function known(row: unknown): unknown {
  const { later: _, ...rest } = (row ?? {}) as Record<string, unknown>
  return Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
