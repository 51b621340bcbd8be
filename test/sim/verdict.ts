import type { MirrorRow, QueuedOp } from '../../extension/storage/database'
import { getMeta } from '../../extension/storage/meta'
import { openDatabase } from '../../worker/database/open'
import { listChanges } from '../../worker/sync/queries'
import type { Device } from './device'
import type { Server } from './server'
import type { Minted, World } from './world'

export type Kind = 'lost' | 'duplicated' | 'reordered' | 'diverged' | 'stuck' | 'recalledLeft'

export interface Bad {
  kind: Kind
  what: string
}

interface OpRow {
  op_id: string
  person_id: string
  workspace_id: string
  subject_id: string
  kind: string
  payload: string | null
  seq: number
}

/** What the server holds, and what every device thinks. Empty when the protocol kept its word. */
export async function findBad(
  world: World,
  { people }: Server,
  devices: readonly Device[],
  isQuiet: boolean,
): Promise<Bad[]> {
  const { results } = await world.backend.d1.prepare('SELECT * FROM op').all<OpRow>()
  const log = new Map(results.map((row) => [row.op_id, row]))
  const bad: Bad[] = [
    ...world.surprises.map((what) => ({ kind: 'stuck' as const, what })),
    ...(isQuiet ? [] : [{ kind: 'stuck' as const, what: 'it never came to rest' }]),
    ...(await findLost(world, devices, log)),
    ...(await findInRegister(world)),
    ...findReordered(world, log),
  ]
  for (const { op_id: opId, kind } of results)
    if (!world.ledger.ops.has(opId))
      bad.push({ kind: 'duplicated', what: `${kind} ${opId} was let go by nobody` })
  for (const device of devices) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as everything here
    bad.push(...(await findStuck(device, people)), ...(await findDiverged(world, device)))
  }
  return bad
}

/** Every op that Send let go is in the log with the words it had, and what follows from it is there. */
async function findLost(
  { ledger, refused, backend }: World,
  devices: readonly Device[],
  log: ReadonlyMap<string, OpRow>,
): Promise<Bad[]> {
  const bad: Bad[] = []
  const { results: notes } = await backend.d1
    .prepare('SELECT id, words, person_id FROM note')
    .all<{ id: string; words: string; person_id: string }>()
  const noteById = new Map(notes.map((note) => [note.id, note]))
  const { results: steps } = await backend.d1
    .prepare('SELECT walk_id, seq FROM step')
    .all<{ walk_id: string; seq: number }>()
  const stepKeys = new Set(steps.map(({ walk_id: walkId, seq }) => `${walkId}/${seq}`))
  const lose = (what: string) => bad.push({ kind: 'lost', what })
  for (const minted of ledger.ops.values()) {
    const { opId, op } = minted
    const row = log.get(opId)
    if (row === undefined) {
      const isOthers =
        op.kind === 'note.add' &&
        (noteById.get(op.payload.id)?.person_id ?? minted.receiver.personId) !==
          minted.receiver.personId
      // Refused for a reason, and said so; the note itself is judged below.
      if (!refused.has(opId) && !isOthers && !isWalkOfOthers(minted, ledger.ops))
        lose(`${op.kind} ${opId} of ${minted.device} is not on the server`)
      continue
    }
    if (row.person_id !== minted.receiver.personId)
      lose(`${op.kind} ${opId} of ${minted.device} arrived as somebody else's`)
    if (row.payload !== JSON.stringify(op.payload)) lose(`${op.kind} ${opId} is not what was sent`)
    if (op.kind === 'note.add') {
      const variants = wordsOf(op.payload.id, ledger.ops)
      const words = noteById.get(op.payload.id)?.words
      if (words === undefined || !variants.has(words)) lose(`note ${op.payload.id} has other words`)
    } else {
      for (const { seq } of op.payload.steps)
        if (!stepKeys.has(`${op.payload.walk.id}/${seq}`))
          lose(`step ${seq} of walk ${op.payload.walk.id} is not on the server`)
    }
  }
  bad.push(...(await findLostPictures({ ledger, backend }, log)))
  for (const device of devices) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as everything here
    for (const note of await device.observed.getAll('note'))
      if (note.state === 'sent' && !noteById.has(note.id))
        lose(`note ${note.id} was said to be sent`)
  }
  return bad
}

/** Two copies of a profile, paired for two people, send one walk: the first owns it. */
function isWalkOfOthers({ op, receiver }: Minted, ops: ReadonlyMap<string, Minted>): boolean {
  const walkId =
    op.kind === 'walk.part' ? op.payload.walk.id : op.kind === 'note.add' ? op.payload.walkId : null
  if (walkId === null) return false
  for (const other of ops.values())
    if (
      other.op.kind === 'walk.part' &&
      other.op.payload.walk.id === walkId &&
      other.receiver.personId !== receiver.personId
    )
      return true
  return false
}

/** A note may be sent twice with other words: from two copies of a profile. */
function wordsOf(noteId: string, ops: ReadonlyMap<string, Minted>): Set<string> {
  const words = new Set<string>()
  for (const { op } of ops.values())
    if (op.kind === 'note.add' && op.payload.id === noteId) words.add(op.payload.words)
  return words
}

async function findLostPictures(
  { ledger, backend }: Pick<World, 'ledger' | 'backend'>,
  log: ReadonlyMap<string, OpRow>,
): Promise<Bad[]> {
  const { results } = await backend.d1
    .prepare('SELECT note_id, sha256, state FROM attachment')
    .all<{ note_id: string; sha256: string; state: string }>()
  const states = new Map(results.map((row) => [`${row.note_id}/${row.sha256}`, row.state]))
  const bucket = await backend.bucket()
  const bad: Bad[] = []
  for (const { opId, op, device } of ledger.ops.values()) {
    const row = log.get(opId)
    if (row === undefined || op.kind !== 'note.add') continue
    for (const { sha256, bytes } of op.payload.attachments) {
      const state = states.get(`${op.payload.id}/${sha256}`)
      const stored = bucket.get(`o/${row.workspace_id}/${sha256}`)
      const isFirst = [...ledger.ops.values()].every(
        (other) =>
          other.opId === opId ||
          other.op.kind !== 'note.add' ||
          other.op.payload.id !== op.payload.id,
      )
      if (state === undefined && !isFirst) continue
      if (state !== 'stored' || stored?.byteLength !== bytes)
        bad.push({
          kind: 'lost',
          what: `picture ${sha256.slice(0, 8)} of note ${op.payload.id} from ${device} is ${state}, ${stored?.byteLength} of ${bytes} bytes`,
        })
    }
  }
  return bad
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
function findReordered({ ledger, aside, refused }: World, log: ReadonlyMap<string, OpRow>): Bad[] {
  const bad: Bad[] = []
  for (const [device, order] of ledger.order) {
    const last = new Map<string, { seq: number; opId: string }>()
    for (const opId of order) {
      const row = log.get(opId)
      const receiver = ledger.ops.get(opId)?.receiver.personId ?? ''
      if (row === undefined || aside.has(opId) || refused.has(opId)) continue
      const before = last.get(receiver)
      if (before !== undefined && row.seq < before.seq)
        bad.push({ kind: 'reordered', what: `${device}: ${opId} came before ${before.opId}` })
      last.set(receiver, { seq: row.seq, opId })
    }
  }
  return bad
}

async function findStuck(device: Device, people: Server['people']): Promise<Bad[]> {
  const queued: QueuedOp[] = await device.observed.getAll('outbox')
  const isKnown = ({ receiver }: QueuedOp) => people.some(({ id }) => id === receiver.personId)
  return queued
    .filter((each) => each.state === 'waiting' && isKnown(each))
    .map(({ opId }) => ({ kind: 'stuck' as const, what: `${device.name} still holds ${opId}` }))
}

/** The mirror is what the server would answer to somebody who asks for everything. */
async function findDiverged({ backend }: World, device: Device): Promise<Bad[]> {
  const pairing = await getMeta(device.observed, 'pairing')
  if (pairing === null) return [{ kind: 'stuck', what: `${device.name} is not paired` }]
  const { workspaceId, personId } = pairing
  const db = openDatabase(backend.d1)
  const theirs = await listChanges(db, workspaceId, personId, 0, 10_000)
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

function known(row: unknown): unknown {
  const { later: _, ...rest } = (row ?? {}) as Record<string, unknown>
  return Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
