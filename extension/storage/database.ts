import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames,
  openDB,
} from 'idb'

import type { Attachment } from '#shared/attachment'
import type { NearbyEntry } from '#shared/nearby'
import type { Money, Mood, Kind, Owed, Source, Wince } from '#shared/note'
import type { Op } from '#shared/op'
import type { Place } from '#shared/place'
import type { PrivateWords } from '#shared/private-words'
import type { Step } from '#shared/step'
import type { Debrief, Walk } from '#shared/walk'

import type { PictureProof } from '../picture/proof'
import type { ContactCard } from '../shift/card'

/** A walk on this device, with what of it has been sent so far. */
export interface KeptWalk extends Walk {
  /** Counts up with each step; the next step takes this number. */
  nextSeq: number
  /** Parts sent, and the last step that they held. */
  sentParts: number
  sentSeq: number
  /** True when the server was told that it is done, and of the debrief as it is. */
  endSent?: boolean
  /** The last Send that let a part of it go, and when the server took that, Unix ms; missing in 0.1.0. */
  sendId?: string
  sentAt?: number | null
  /**
   * asked: its timeline is being taken back · done: nobody has it any more, nothing of it is
   * here, and what happens on it from now on stays on this device.
   */
  takenBack?: 'asked' | 'done' | null
  /** Why its timeline could not be taken back, as the server's code. */
  recallCode?: string | null
  debrief: Debrief | null
  /** Tabs that are followed while this walk goes on. */
  tabIds: number[]
  /** Origins the walker allowed for this walk. */
  origins: string[]
  /** Followed tabs that show a page we may not see, and whose step says so already. */
  unseenTabIds: number[]
}

/** A note on this device. `words` may be empty: a silent moment, to be finished. */
export interface KeptNote {
  id: string
  walkId: string | null
  source: Source
  at: number
  mood: Mood
  kind: Kind | null
  wince: Wince | null
  money: Money | null
  words: string
  /** The first wording that was kept with words in it; null for a silent moment. */
  firstWords: string | null
  /** When that was kept, Unix ms; missing in notes of 0.1.0. */
  firstWordsAt?: number | null
  expected: string | null
  service: string | null
  place: Place
  attachments: Attachment[]
  /** What was covered in its pictures, and what its walker changed about that; never sent. */
  proofs?: PictureProof[]
  /** "Me too": the entry that it is the same as, of the team this browser was paired with then. */
  sameAs?: { entryId: string; number: number } | null
  /** What the customer was promised, with their consent. */
  owed?: Owed | null
  /**
   * draft: being written · kept: saved, not sent · queued: Send was pressed · sent: the server
   * has it · refused: the server will not take it · recalling: it is being taken back ·
   * taken-back: nobody has it any more, and no word of it is here · removed: may be undone for
   * 7 days.
   */
  state: 'draft' | 'kept' | 'queued' | 'sent' | 'refused' | 'recalling' | 'taken-back' | 'removed'
  /** The Send that let it go, and when the server took it, Unix ms; missing in 0.1.0. */
  sendId?: string
  sentAt?: number
  /** Why it could not be taken back, as the server's code. */
  recallCode?: string | null
  /** Why it was refused, as the server's code. */
  refusedCode: string | null
  /** Unticked in the preview; stays here. */
  leftOut: boolean
  savedAt: number
}

/** Masked bytes, by their hash. Never raw ones. */
export interface KeptPicture {
  sha256: string
  blob: Blob
  /** pending until every receiver of a note that shows it says that it has the bytes. */
  state: 'kept' | 'pending' | 'stored' | 'refused'
  /** Receivers that have them, or do not want them (`receiverKey`). */
  doneFor?: string[]
}

/** Who the outbox's ops belong to; an op never travels under another one (S-11). */
export interface Receiver {
  /** `https://host[:port]` of the worker. */
  server: string
  workspaceId: string
  personId: string
}

/** The picture as one that this receiver has yet to get. */
export function pendingFor(picture: KeptPicture, receiver: Receiver): KeptPicture {
  const key = receiverKey(receiver)
  const doneFor = (picture.doneFor ?? []).filter((each) => each !== key)
  return { ...picture, state: 'pending', doneFor }
}

export interface QueuedOp {
  opId: string
  mid: number
  receiver: Receiver
  op: Op
  /**
   * waiting: to be sent · acked: kept for replay (S-9) · rejected: kept and shown · past: was
   * acknowledged so long ago that only a title of it is kept · taken-back: its note or
   * timeline was recalled, and nothing of it is kept. The last two are never sent again.
   */
  state: 'waiting' | 'acked' | 'rejected' | 'past' | 'taken-back'
  /** False until the first request with it goes out: only then is it certain that nobody has it. */
  tried?: boolean
  code: string | null
  /** The server's number for it, once acknowledged. */
  seq: number | null
  queuedAt: number
  /** When it was settled, Unix ms on the server's clock, which no walker can set. */
  settledAt: number | null
  /** The life of the database that it was settled in; a restore begins another one. */
  epoch?: number
}

/** A row pulled from the server, as it came. */
export interface MirrorRow {
  key: string
  type: string
  id: string
  seq: number
  row: unknown
}

/** The pairing of this browser. The token never leaves the extension's own database. */
export interface Pairing extends Receiver {
  token: string
  pairingId: string
  workspaceName: string
  personName: string
  coverEverything: boolean
  /** What the organisation wants covered beside fields and patterns; missing in 0.1.0. */
  privateWords?: PrivateWords
  /** A service of theirs that nobody has walked for half a year; missing in 0.2.0. */
  unwalked?: string | null
  pairedAt: number
  /** Set when the server no longer knows the token: sending pauses, nothing is dropped. */
  disconnectedAt: number | null
}

/** Small things that there is one of. */
export interface Meta {
  /** Names this capture device in ops; minted once. */
  deviceId: string
  nextMid: number
  pairing: Pairing | null
  /** Bound to the pairing's receiver; null asks for everything. */
  cursor: string | null
  /** As `cursor`, for entries that may be joined, and the workspace's newest change when all of them were here. */
  nearby: { cursor: string; latest: number | null } | null
  /** Of 0.1.0, which knew one receiver; `epochs` since. */
  epoch: number
  /** Which life of its database each receiver was in, by `receiverKey`. */
  epochs: Record<string, number>
  activeWalkId: string | null
  /** Of the running shift, the cards that are being filled in; the last one is open. */
  contactCards: { walkId: string; cards: readonly ContactCard[] } | null
  /** An update is needed before anything can be sent; capture goes on. */
  updateNeeded: boolean
  /** When the server last answered a push or pull, Unix ms. */
  lastSyncedAt: number | null
  /** When the disk was last looked through for what may be forgotten, on the server's clock. */
  lookedThroughAt: number
  /** How often in a row sending failed, and when it is tried again. */
  backoff: { failures: number; retryAt: number }
  /**
   * What the walker has seen of what became of their notes: an entry's state when they last looked, by
   * its id, and `later` for an ask to walk again that they put off, by the ask's.
   */
  looked: Readonly<Record<string, string>>
  /** The note that a key, the menu or the toolbar has just begun; the panel adds its picture. */
  moment: { noteId: string; tabId: number; windowId: number; at: number } | null
}

interface WinceSchema extends DBSchema {
  walk: { key: string; value: KeptWalk }
  step: { key: [string, number]; value: { walkId: string; step: Step } }
  note: { key: string; value: KeptNote; indexes: { byState: string; byWalk: string } }
  picture: { key: string; value: KeptPicture; indexes: { byState: string } }
  outbox: { key: string; value: QueuedOp; indexes: { byMid: number; byState: string } }
  mirror: { key: string; value: MirrorRow; indexes: { byType: string } }
  nearby: { key: string; value: NearbyEntry; indexes: { bySeq: number } }
  meta: { key: keyof Meta; value: Meta[keyof Meta] }
}

export type WinceDatabase = IDBPDatabase<WinceSchema>
export type StoreName = StoreNames<WinceSchema>
export type WriteTransaction<Names extends StoreName> = IDBPTransaction<
  WinceSchema,
  Names[],
  'readwrite'
>

const DATABASE_NAME = 'wince'
const DATABASE_VERSION = 3

/** What happens to a connection that its context may have to know of. */
interface DatabaseWatcher {
  /** An upgrade waits until another view of Wince lets go of the database. */
  blocked(): void
  /** The connection was closed: for an upgrade by another view, or by the browser. */
  gone(): void
}

const databaseWatchers = new Set<DatabaseWatcher>()

/** Tells of this context's connection. Returns the way to stop. */
export function watchDatabase(watcher: DatabaseWatcher): () => void {
  databaseWatchers.add(watcher)
  return () => databaseWatchers.delete(watcher)
}

let opening: Promise<WinceDatabase> | undefined

/**
 * The extension's database; opened once a context. Stores are added by upgrades, never deleted,
 * and a database that does not open is left as it is (M-9).
 *
 * @param version the one that this code knows; a test may be from the future
 */
export function openWinceDatabase(version = DATABASE_VERSION): Promise<WinceDatabase> {
  opening ??= openDB<WinceSchema>(DATABASE_NAME, version, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion < 1) {
        database.createObjectStore('walk', { keyPath: 'id' })
        database.createObjectStore('step', { keyPath: ['walkId', 'step.seq'] })
        const notes = database.createObjectStore('note', { keyPath: 'id' })
        notes.createIndex('byState', 'state')
        notes.createIndex('byWalk', 'walkId')
        const pictures = database.createObjectStore('picture', { keyPath: 'sha256' })
        pictures.createIndex('byState', 'state')
        const outbox = database.createObjectStore('outbox', { keyPath: 'opId' })
        outbox.createIndex('byMid', 'mid')
        outbox.createIndex('byState', 'state')
        const mirror = database.createObjectStore('mirror', { keyPath: 'key' })
        mirror.createIndex('byType', 'type')
        database.createObjectStore('meta')
      }
      if (oldVersion < 3) {
        const nearby = database.createObjectStore('nearby', { keyPath: 'id' })
        nearby.createIndex('bySeq', 'seq')
      }
      if (oldVersion === 1) await keepEpochOfReceiver(transaction.objectStore('meta'))
    },
    blocked() {
      for (const watcher of databaseWatchers) watcher.blocked()
    },
    blocking(_current, _blocked, event) {
      const database: unknown = event.target
      if (database instanceof IDBDatabase) database.close()
      letGo()
    },
    terminated: letGo,
  }).catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return opening
}

/** 0.1.0 kept one epoch for whoever it was paired with. */
async function keepEpochOfReceiver(meta: {
  get(key: keyof Meta): Promise<unknown>
  put?(value: Meta['epochs'], key: 'epochs'): Promise<unknown>
}): Promise<void> {
  const pairing = (await meta.get('pairing')) as Pairing | null | undefined
  const epoch = await meta.get('epoch')
  if (pairing && typeof epoch === 'number')
    await meta.put?.({ [receiverKey(pairing)]: epoch }, 'epochs')
}

/** One string for whom ops belong to. */
export function receiverKey({ server, workspaceId, personId }: Receiver): string {
  return JSON.stringify([server, workspaceId, personId])
}

function letGo(): void {
  opening = undefined
  for (const watcher of databaseWatchers) watcher.gone()
}

/**
 * The database in whatever version it is, to save what is in it when `openWinceDatabase` failed:
 * an older Wince that meets what a newer one wrote. Makes nothing where there is nothing.
 */
export function openToRescue(): Promise<WinceDatabase> {
  return openDB<WinceSchema>(DATABASE_NAME, undefined, {
    upgrade(_database, _oldVersion, _newVersion, transaction) {
      // Only a database that was not there is upgraded by being opened as it is.
      transaction.done.catch(() => {})
      transaction.abort()
    },
  })
}
