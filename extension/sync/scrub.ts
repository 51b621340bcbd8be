import type { Note } from '#shared/note'
import { type WalkPart, totalsOf } from '#shared/walk'

import type { KeptNote, QueuedOp, WriteTransaction } from '../storage/database'

/** The stores that a recalled note or timeline may be in. */
export const SCRUBBED_STORES = [
  'outbox',
  'note',
  'walk',
  'step',
  'picture',
  'mirror',
  'meta',
] as const
export type ScrubTransaction = WriteTransaction<(typeof SCRUBBED_STORES)[number]>

/**
 * Takes everything that recalled notes and timelines said off this device: words, pictures, steps,
 * and what the outbox keeps of them for a replay, so that nothing can bring them back.
 *
 * @param ids of notes and walks
 */
export async function scrubIn(
  transaction: ScrubTransaction,
  ids: ReadonlySet<string>,
): Promise<void> {
  if (ids.size === 0) return
  const hashes = new Set<string>()
  const notes = transaction.objectStore('note')
  for (const id of ids) {
    await scrubWalkIn(transaction, id)
    const note = await notes.get(id)
    for (const { sha256 } of note?.attachments ?? []) hashes.add(sha256)
    if (note !== undefined)
      await notes.put({
        ...note,
        ...nothingOf(note),
        firstWords: null,
        proofs: [],
        state: 'taken-back',
      })
    await transaction.objectStore('mirror').delete(`note/${id}`)
  }
  const outbox = transaction.objectStore('outbox')
  for (const queued of await outbox.getAll()) {
    const { op } = queued
    if (op.kind === 'walk.part' && ids.has(op.payload.walk.id))
      await outbox.put({
        ...queued,
        op: { ...op, payload: nothingOfPart(op.payload) },
        state: 'taken-back',
      })
    if (op.kind !== 'note.add' || !ids.has(op.payload.id)) continue
    for (const { sha256 } of op.payload.attachments) hashes.add(sha256)
    const payload = { ...nothingOf(op.payload), firstWords: '' }
    await outbox.put({ ...queued, op: { ...op, payload }, state: 'taken-back' })
  }
  await dropPicturesIn({ notes, outbox, pictures: transaction.objectStore('picture') }, hashes)
}

/** Also steps that never left: no server would take them any more. A walk that goes on, goes on. */
async function scrubWalkIn(transaction: ScrubTransaction, walkId: string): Promise<void> {
  const walk = await transaction.objectStore('walk').get(walkId)
  if (walk === undefined) return
  const steps = transaction.objectStore('step')
  await steps.delete(IDBKeyRange.bound([walkId, 0], [walkId, Number.MAX_SAFE_INTEGER]))
  await transaction.objectStore('walk').put({
    ...walk,
    ...NO_WORDS,
    ...(walk.state === 'done' && { tabIds: [], origins: [] }),
    debrief: null,
    sentSeq: walk.nextSeq - 1,
    endSent: true,
    takenBack: 'done',
    recallCode: null,
  })
}

const NO_WORDS = { errand: null, persona: null, service: null, firstTime: null }

/** A part that says nothing: only of which walk it was, and when that was. */
function nothingOfPart({ walk, part }: WalkPart): WalkPart {
  const { id, kind, state, startedAt, endedAt } = walk
  return {
    walk: { id, kind, state, startedAt, endedAt, ...NO_WORDS },
    part,
    steps: [],
    totals: totalsOf({ startedAt, endedAt: startedAt }, [], startedAt),
    debrief: null,
  }
}

/** Deletes pictures that no note shows and no op announces. */
export async function dropPicturesIn(
  stores: {
    notes: { getAll(): Promise<KeptNote[]> }
    outbox: { getAll(): Promise<QueuedOp[]> }
    pictures: { delete(sha256: string): Promise<void> }
  },
  hashes: ReadonlySet<string>,
): Promise<void> {
  if (hashes.size === 0) return
  const wanted = new Set<string>()
  for (const note of await stores.notes.getAll())
    for (const { sha256 } of note.attachments) wanted.add(sha256)
  for (const queued of await stores.outbox.getAll())
    for (const sha256 of hashesOf(queued)) wanted.add(sha256)
  for (const sha256 of hashes) if (!wanted.has(sha256)) await stores.pictures.delete(sha256)
}

export function hashesOf({ op }: QueuedOp): string[] {
  return op.kind === 'note.add' ? op.payload.attachments.map(({ sha256 }) => sha256) : []
}

/** A note that says nothing: only which one it was, and when. Keys of a later version go as well. */
function nothingOf({ id, at, source, mood }: KeptNote | Note) {
  return {
    id,
    at,
    source,
    mood,
    walkId: null,
    kind: null,
    wince: null,
    money: null,
    words: '',
    firstWordsAt: null,
    expected: null,
    service: null,
    sameAs: null,
    owed: null,
    place: { kind: 'unseen' as const },
    attachments: [],
  }
}
