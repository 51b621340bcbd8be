import 'fake-indexeddb/auto'

import type { PagePlace } from '#shared/place'

import { blankNote } from '../../extension/note/blank-note'
import { keepNote } from '../../extension/note/notes'
import {
  type KeptNote,
  type Pairing,
  type WinceDatabase,
  openWinceDatabase,
} from '../../extension/storage/database'
import type { Surroundings } from '../../extension/storage/device'
import { write } from '../../extension/storage/write'

/** A device with real storage code and nothing on it. */
export async function emptyDevice(): Promise<WinceDatabase> {
  const database = await openWinceDatabase()
  const stores = [...database.objectStoreNames]
  const transaction = database.transaction(stores, 'readwrite')
  await Promise.all(stores.map((store) => transaction.objectStore(store).clear()))
  await transaction.done
  return database
}

/** A clock that a test moves, and random bytes that never repeat. */
export interface TestSurroundings extends Surroundings {
  pass(ms: number): void
}

export function surroundingsAt(start = Date.UTC(2026, 10, 25, 10, 0)): TestSurroundings {
  let time = start
  return {
    now: () => time,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    pass(ms) {
      time += ms
    },
  }
}

export const SEARCH_PAGE: PagePlace = {
  kind: 'page',
  origin: 'https://help.example.org',
  route: '/search',
  title: 'Search',
  anchor: { role: 'button', name: 'Search', selectors: [] },
}

/** A note on the disk; kept unless it says otherwise. */
export function keptNote(
  database: WinceDatabase,
  surroundings: Surroundings,
  change: Partial<KeptNote> = {},
): Promise<KeptNote> {
  return keepNote(database, surroundings, {
    ...blankNote(surroundings, null, null, SEARCH_PAGE),
    words: 'Typed wifi, got nothing.',
    state: 'kept',
    ...change,
  })
}

export async function pairTo(
  database: WinceDatabase,
  surroundings: Surroundings,
  change: Partial<Pairing> = {},
): Promise<void> {
  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put(
      {
        server: 'https://wince.example.org',
        workspaceId: 'workspace',
        personId: 'person',
        token: 'token',
        pairingId: 'device',
        workspaceName: 'IT Service Team',
        personName: 'Ada',
        coverEverything: false,
        pairedAt: surroundings.now(),
        disconnectedAt: null,
        ...change,
      },
      'pairing',
    ),
  )
}

/** What somebody was told in a toast, and the ways back they were offered. */
export function listener() {
  const told: { text: string; undo: (() => void) | null }[] = []
  return { told, say: (text: string, undo: (() => void) | null) => void told.push({ text, undo }) }
}
