import { isUnsent, listNotes } from '../note/notes'
import type { WinceDatabase } from '../storage/database'
import { type Payload, packParcel } from '../sync/send'
import { listSteps } from '../walk/walks'

/** What a saved file holds: the same payloads that Send would let go, pictures inside. */
export interface ExportFile {
  format: 'wince-export'
  version: 1
  /** Unix ms. */
  savedAt: number
  payloads: Payload[]
  pictures: { sha256: string; type: string; base64: string }[]
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
  const { payloads, pictures } = packParcel(
    withSteps,
    notes.map((note) => ({ ...note, state: 'kept' as const, leftOut: false })),
    now,
  )
  return {
    format: 'wince-export',
    version: 1,
    savedAt: now,
    payloads,
    pictures: await picturesOf(database, pictures),
  }
}

async function picturesOf(
  database: WinceDatabase,
  hashes: readonly string[],
): Promise<ExportFile['pictures']> {
  const found = await Promise.all(
    [...new Set(hashes)].map((sha256) => database.get('picture', sha256)),
  )
  return Promise.all(
    found
      .filter((picture) => picture !== undefined)
      .map(async ({ sha256, blob }) => ({
        sha256,
        type: blob.type,
        base64: toBase64(new Uint8Array(await blob.arrayBuffer())),
      })),
  )
}

const CHUNK = 0x8000

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  }
  return btoa(binary)
}
