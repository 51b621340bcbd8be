import { isUnsent, listNotes } from '../note/notes'
import type { KeptNote, KeptWalk, WinceDatabase } from '../storage/database'
import { type Payload, packParcel } from '../sync/send'
import { listSteps } from '../walk/walks'

/** What a saved file holds: the same payloads that Send would let go, and their pictures. */
export interface ExportFile {
  /** Unix ms. */
  savedAt: number
  payloads: Payload[]
  /** Notes and walks that no server would take as they are, as they are. */
  unfit: (KeptNote | KeptWalk)[]
  pictures: ExportedPicture[]
}

export interface ExportedPicture {
  sha256: string
  type: string
  bytes: Uint8Array
}

/**
 * Everything on this device that no server has: also drafts, and what waits or was refused.
 * Needs no server and no account (C9).
 */
export async function exportUnsent(database: WinceDatabase, now: number): Promise<ExportFile> {
  const notes = (await listNotes(database)).filter(isUnsent).toReversed()
  const walkIds = new Set(notes.map((note) => note.walkId))
  // Also timelines that wait or were refused: they are of walks whose parts count as sent.
  for (const { op, state } of await database.getAll('outbox'))
    if (op.kind === 'walk.part' && (state === 'waiting' || state === 'rejected'))
      walkIds.add(op.payload.walk.id)
  const walks = (await database.getAll('walk')).filter(
    (walk) => walkIds.has(walk.id) || walk.sentParts === 0,
  )
  const withSteps = await Promise.all(
    walks.map(async (walk) => {
      const steps = await listSteps(database, walk.id)
      return { walk: { ...walk, sentParts: 0, sentSeq: 0 }, steps, allSteps: steps }
    }),
  )
  const { payloads, pictures, unfit } = packParcel(
    withSteps,
    notes.map((note) => ({ ...note, state: 'kept' as const, leftOut: false })),
    now,
  )
  const unfitNotes = notes.filter(({ id }) => unfit.includes(id))
  const hashes = unfitNotes.flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256))
  return {
    savedAt: now,
    payloads,
    unfit: [...unfitNotes, ...walks.filter(({ id }) => unfit.includes(id))],
    pictures: await picturesOf(database, [...pictures, ...hashes]),
  }
}

async function picturesOf(
  database: WinceDatabase,
  hashes: readonly string[],
): Promise<ExportedPicture[]> {
  const found = await Promise.all(
    [...new Set(hashes)].map((sha256) => database.get('picture', sha256)),
  )
  return Promise.all(
    found
      .filter((picture) => picture !== undefined)
      .map(async ({ sha256, blob }) => ({
        sha256,
        type: blob.type,
        bytes: new Uint8Array(await blob.arrayBuffer()),
      })),
  )
}
