import type { WinceDatabase } from './database'
import { write } from './write'

/** Room that pictures leave for words: a thousand notes, or days of walking (M-5). */
const FOR_WORDS_BYTES = 1_000_000

/** How much this browser lets an extension keep; a part of `StorageManager`. */
export interface Storage {
  estimate(): Promise<{ usage?: number; quota?: number }>
}

/** False where so many more bytes would take the room that is left for words. */
export async function hasRoomFor(storage: Storage, bytes: number): Promise<boolean> {
  const { usage = 0, quota = Infinity } = await storage.estimate()
  return usage + bytes + FOR_WORDS_BYTES <= quota
}

/** The disk, or what this browser gives us of it, is full; nothing of the write happened. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

/** How long what the server acknowledged is kept for a replay after a restore, in ms (S-9). */
export const REPLAY_WINDOW_MS = 14 * 86_400_000

/**
 * Pictures that the team has and that no replay will need any more: nothing is lost with them
 * here. A picture that also belongs to a note that was not sent stays.
 */
export async function listSparePictures(database: WinceDatabase, now: number): Promise<string[]> {
  const [stored, notes, queued] = await Promise.all([
    database.getAllFromIndex('picture', 'byState', 'stored'),
    database.getAll('note'),
    database.getAll('outbox'),
  ])
  const needed = new Set([
    ...notes
      .filter((note) => note.state !== 'sent')
      .flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256)),
    ...queued
      .filter(({ state, settledAt }) => {
        return state !== 'acked' || settledAt === null || now - settledAt <= REPLAY_WINDOW_MS
      })
      .flatMap(({ op }) =>
        op.kind === 'note.add' ? op.payload.attachments.map(({ sha256 }) => sha256) : [],
      ),
  ])
  return stored.map(({ sha256 }) => sha256).filter((sha256) => !needed.has(sha256))
}

/** Removes the bytes of spare pictures from this device; their notes stay. */
export async function removeSparePictures(database: WinceDatabase, now: number): Promise<void> {
  const spare = await listSparePictures(database, now)
  if (spare.length === 0) return
  await write(database, ['picture'], async (transaction) => {
    const pictures = transaction.objectStore('picture')
    for (const sha256 of spare) {
      // A Send in between made it needed again.
      if ((await pictures.get(sha256))?.state === 'stored') await pictures.delete(sha256)
    }
  })
}
