import type { Note } from '#shared/note'

import type { KeptNote, QueuedOp, WriteTransaction } from '../storage/database'

/** The stores that a recalled note may be in. */
export const SCRUBBED_STORES = ['outbox', 'note', 'picture', 'mirror', 'meta'] as const
export type ScrubTransaction = WriteTransaction<(typeof SCRUBBED_STORES)[number]>

/**
 * Takes everything that recalled notes said off this device: their words, their pictures, and
 * what the outbox keeps of them for a replay, so that nothing can bring them back.
 */
export async function scrubNotesIn(
  transaction: ScrubTransaction,
  noteIds: ReadonlySet<string>,
): Promise<void> {
  if (noteIds.size === 0) return
  const hashes = new Set<string>()
  const notes = transaction.objectStore('note')
  for (const id of noteIds) {
    const note = await notes.get(id)
    for (const { sha256 } of note?.attachments ?? []) hashes.add(sha256)
    if (note !== undefined)
      await notes.put({ ...note, ...nothingOf(note), firstWords: null, state: 'taken-back' })
    await transaction.objectStore('mirror').delete(`note/${id}`)
  }
  const outbox = transaction.objectStore('outbox')
  for (const queued of await outbox.getAll()) {
    if (queued.op.kind !== 'note.add' || !noteIds.has(queued.op.payload.id)) continue
    for (const { sha256 } of queued.op.payload.attachments) hashes.add(sha256)
    const payload = { ...nothingOf(queued.op.payload), firstWords: '' }
    await outbox.put({ ...queued, op: { ...queued.op, payload }, state: 'taken-back' })
  }
  await dropPicturesIn({ notes, outbox, pictures: transaction.objectStore('picture') }, hashes)
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
    place: { kind: 'unseen' as const },
    attachments: [],
  }
}
