import { titleOf } from '#shared/grouping/title'

import type { Policy } from '../policy/policy'
import type { KeptNote, QueuedOp, WinceDatabase, WriteTransaction } from '../storage/database'
import { getMetaIn } from '../storage/meta'
import { REPLAY_WINDOW_MS } from '../storage/room'
import { write } from '../storage/write'
import { forgetNearbyIn, forgetSameAsIn } from './nearby-store'
import { dropPicturesIn, hashesOf } from './scrub'

/** What the server acknowledged is kept for its window, or as long as all of it takes no more bytes than this. */
const KEEP_BYTES = 200 * 1_000_000
/** The disk is looked through no more often than this, in ms. */
const EVERY_MS = 3_600_000

/** How long, and how much, of what was acknowledged is kept whole. */
export const KEEP = { ms: REPLAY_WINDOW_MS, bytes: KEEP_BYTES, everyMs: EVERY_MS }

/** How long, in ms: an organisation may want it shorter, at the price of what a replay could bring back. */
export function keepMsOf({ retentionDays }: Pick<Policy, 'retentionDays'>): number {
  return Math.min(KEEP.ms, (retentionDays ?? Infinity) * 86_400_000)
}

const STORES = ['outbox', 'note', 'picture', 'mirror', 'nearby', 'meta', 'walk', 'step'] as const
type RetentionTransaction = WriteTransaction<(typeof STORES)[number]>

/**
 * Forgets what was acknowledged too long ago to be replayed: pictures go, and of a note, a walk
 * and their ops a title stays. What no server has is never touched, nor is a note whose
 * picture is still on its way.
 *
 * @param serverTime Unix ms on the server's clock, as a walker's may stand anywhere
 * @returns how many ops it forgot
 */
export async function forgetSettled(
  database: WinceDatabase,
  serverTime: number,
  keep = KEEP,
): Promise<number> {
  return write(database, [...STORES], async (transaction) => {
    const meta = transaction.objectStore('meta')
    const last = await getMetaIn(meta, 'lookedThroughAt')
    if (serverTime >= last && serverTime - last < keep.everyMs) return 0
    await meta.put(serverTime, 'lookedThroughAt')
    const past = await listPast(transaction, serverTime, keep)
    const hashes = new Set<string>()
    for (const queued of past) {
      for (const sha256 of hashesOf(queued)) hashes.add(sha256)
      await transaction.objectStore('outbox').put(titleOnly(queued))
    }
    await shortenNotes(transaction, past)
    await shortenWalks(transaction, past)
    await dropPicturesIn(
      {
        notes: transaction.objectStore('note'),
        outbox: transaction.objectStore('outbox'),
        pictures: transaction.objectStore('picture'),
      },
      hashes,
    )
    return past.length
  })
}

/** The newest are kept, as far as time and room reach. */
async function listPast(
  transaction: RetentionTransaction,
  serverTime: number,
  keep: { ms: number; bytes: number },
): Promise<QueuedOp[]> {
  const acked = (await transaction.objectStore('outbox').index('byState').getAll('acked')).toSorted(
    (one, other) => (other.settledAt ?? 0) - (one.settledAt ?? 0),
  )
  const past: QueuedOp[] = []
  let bytes = 0
  for (const queued of acked) {
    let isOnItsWay = false
    bytes += JSON.stringify(queued.op).length
    for (const sha256 of hashesOf(queued)) {
      const picture = await transaction.objectStore('picture').get(sha256)
      bytes += picture?.blob.size ?? 0
      if (picture?.state === 'pending') isOnItsWay = true
    }
    const age = serverTime - (queued.settledAt ?? serverTime)
    if (!isOnItsWay && (age > keep.ms || bytes > keep.bytes)) past.push(queued)
  }
  return past
}

function titleOnly(queued: QueuedOp): QueuedOp {
  const { op } = queued
  if (op.kind === 'note.add') {
    const { words, place } = shortened(op.payload)
    const payload = {
      ...op.payload,
      words,
      place,
      firstWords: words,
      expected: null,
      service: null,
      sameAs: null,
      owed: null,
    }
    return { ...queued, state: 'past', op: { ...op, payload: { ...payload, attachments: [] } } }
  }
  if (op.kind === 'walk.part') {
    const walk = { ...op.payload.walk, persona: null }
    const payload = { ...op.payload, walk, steps: [], debrief: null }
    return { ...queued, state: 'past', op: { ...op, payload } }
  }
  return { ...queued, state: 'past' }
}

function shortened(note: Pick<KeptNote, 'words' | 'place'>) {
  return { words: titleOf(note), place: { kind: 'unseen' as const } }
}

async function shortenNotes(
  transaction: RetentionTransaction,
  past: readonly QueuedOp[],
): Promise<void> {
  const kept = new Set<string>()
  for (const { op, state } of await transaction.objectStore('outbox').getAll())
    if (op.kind === 'note.add' && state !== 'past') kept.add(op.payload.id)
  for (const { op } of past) {
    if (op.kind !== 'note.add' || kept.has(op.payload.id)) continue
    const note = await transaction.objectStore('note').get(op.payload.id)
    if (note?.state !== 'sent') continue
    await transaction.objectStore('note').put({
      ...note,
      ...shortened(note),
      firstWords: null,
      expected: null,
      service: null,
      owed: null,
      attachments: [],
      proofs: [],
    })
  }
}

/** The timeline of a walk that is over and told, once none of its parts would be replayed. */
async function shortenWalks(
  transaction: RetentionTransaction,
  past: readonly QueuedOp[],
): Promise<void> {
  const kept = new Set<string>()
  for (const { op, state } of await transaction.objectStore('outbox').getAll())
    if (op.kind === 'walk.part' && state !== 'past') kept.add(op.payload.walk.id)
  const over = new Set(
    past.flatMap(({ op }) => (op.kind === 'walk.part' ? [op.payload.walk.id] : [])),
  )
  for (const walkId of over) {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (kept.has(walkId) || walk?.endSent !== true) continue
    await transaction
      .objectStore('step')
      .delete(IDBKeyRange.bound([walkId, 0], [walkId, Number.MAX_SAFE_INTEGER]))
    await transaction.objectStore('walk').put({ ...walk, persona: null, debrief: null })
  }
}

/**
 * Sign-out: of what was sent nothing stays here but what a recall still has to say, and notes
 * whose picture is on its way. What no server has stays, whatever it is.
 */
async function wipeSentIn(transaction: RetentionTransaction): Promise<void> {
  const outbox = transaction.objectStore('outbox')
  const pictures = transaction.objectStore('picture')
  const onTheirWay = new Set<string>()
  for (const { sha256 } of await pictures.index('byState').getAll('pending')) onTheirWay.add(sha256)
  const stayingNotes = new Set<string>()
  for (const queued of await outbox.getAll()) {
    const { opId, state, op } = queued
    if (state === 'waiting' || state === 'rejected') continue
    const stays = state === 'acked' && hashesOf(queued).some((sha256) => onTheirWay.has(sha256))
    if (!stays) await outbox.delete(opId)
    else if (op.kind === 'note.add') stayingNotes.add(op.payload.id)
  }
  const notes = transaction.objectStore('note')
  const walks = new Set<string>()
  for (const note of await notes.getAll()) {
    const isOver = note.state === 'sent' || note.state === 'taken-back'
    if (isOver && !stayingNotes.has(note.id)) await notes.delete(note.id)
    else if (note.walkId !== null) walks.add(note.walkId)
  }
  const waiting = new Set<string>()
  for (const { op, state } of await outbox.getAll())
    if (op.kind === 'walk.part' && state === 'waiting') waiting.add(op.payload.walk.id)
  for (const walkId of waiting) walks.add(walkId)
  for (const walk of await transaction.objectStore('walk').getAll()) {
    if (walks.has(walk.id) || walk.endSent !== true) {
      // Whom to ask for its timeline is forgotten with what was sent.
      const { sendId: _, ...kept } = walk
      if (!waiting.has(walk.id)) await transaction.objectStore('walk').put(kept)
      continue
    }
    await transaction
      .objectStore('step')
      .delete(IDBKeyRange.bound([walk.id, 0], [walk.id, Number.MAX_SAFE_INTEGER]))
    await transaction.objectStore('walk').delete(walk.id)
  }
  await dropPicturesIn({ notes, outbox, pictures }, new Set(await pictures.getAllKeys()))
  await transaction.objectStore('mirror').clear()
  await transaction.objectStore('meta').put(null, 'cursor')
  await transaction.objectStore('meta').put({}, 'looked')
  await forgetNearbyIn(transaction)
  await forgetSameAsIn(notes)
}

/** As `wipeSentIn`, in a transaction of its own. */
export async function wipeSent(database: WinceDatabase): Promise<void> {
  await write(database, [...STORES], wipeSentIn)
}
