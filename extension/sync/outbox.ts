import * as v from 'valibot'

import { subjectOf } from '#shared/op'
import { usablePrivateWords } from '#shared/private-words'

import {
  type MirrorRow,
  type QueuedOp,
  type Receiver,
  type WinceDatabase,
  type WriteTransaction,
  pendingFor,
  receiverKey,
} from '../storage/database'
import { type Surroundings, getDeviceId } from '../storage/device'
import { getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { createNearbyStore, forgetNearbyIn } from './nearby-store'
import type { OutboxStore, PendingPicture } from './outbox-store'
import { KEEP, forgetSettled, wipeSent } from './retention'
import { epochIn, findSamePairing } from './same-pairing'
import { SCRUBBED_STORES, hashesOf, scrubIn } from './scrub'
import { settleIn } from './settle'

const PlacedNote = v.looseObject({ type: v.literal('note'), entryId: v.string() })

/**
 * The engine's store on IndexedDB.
 *
 * @param keepMs how long what was acknowledged stays whole, in ms
 */
export function createOutbox(
  database: WinceDatabase,
  surroundings: Surroundings,
  keepMs: () => Promise<number> = async () => KEEP.ms,
): OutboxStore {
  const setMeta = (change: (transaction: WriteTransaction<'meta'>) => Promise<unknown>) =>
    write(database, ['meta'], change).then(() => undefined)

  return {
    ...createNearbyStore(database),

    findPairing: () => getMeta(database, 'pairing'),

    setDisconnected: (pairing, at) =>
      setMeta(async (transaction) => {
        const meta = transaction.objectStore('meta')
        const current = await findSamePairing(meta, pairing)
        if (current) await meta.put({ ...current, disconnectedAt: at }, 'pairing')
      }),

    getDeviceId: () => getDeviceId(database, surroundings),

    takeNewDeviceId: (deviceId) =>
      setMeta((transaction) => transaction.objectStore('meta').put(deviceId, 'deviceId')),

    getEpoch: async (pairing) => (await getMeta(database, 'epochs'))[receiverKey(pairing)] ?? 1,
    isUpdateNeeded: () => getMeta(database, 'updateNeeded'),
    setUpdateNeeded: (needed) =>
      setMeta((transaction) => transaction.objectStore('meta').put(needed, 'updateNeeded')),
    getBackoff: () => getMeta(database, 'backoff'),
    setBackoff: (backoff) =>
      setMeta((transaction) => transaction.objectStore('meta').put(backoff, 'backoff')),

    async listWaiting(pairing, limit, aside) {
      if ((await getMeta(database, 'pairing'))?.token !== pairing.token) return []
      const waiting = await database.getAllFromIndex('outbox', 'byState', 'waiting')
      const mine = waiting.filter(({ receiver }) => isFor(receiver, pairing))
      const held = new Set(mine.flatMap(({ opId, op }) => (aside.has(opId) ? [subjectOf(op)] : [])))
      return mine
        .filter(({ op }) => !held.has(subjectOf(op)))
        .toSorted(byMid)
        .slice(0, limit)
    },

    async markTried(opIds) {
      return write(database, ['outbox'], async (transaction) => {
        const outbox = transaction.objectStore('outbox')
        const waiting = new Set<string>()
        for (const opId of opIds) {
          const queued = await outbox.get(opId)
          if (queued?.state !== 'waiting') continue
          if (queued.tried !== true) await outbox.put({ ...queued, tried: true })
          waiting.add(opId)
        }
        return waiting
      })
    },

    async settle(pairing, settlements, settled) {
      if (settlements.length === 0) return
      await write(database, [...SCRUBBED_STORES], async (transaction) => {
        // Said in a life of the database that is over: what it took may be gone.
        if ((await epochIn(transaction.objectStore('meta'), pairing)) !== settled.epoch) return
        const recalled = new Set<string>()
        for (const settlement of settlements) {
          const id = await settleIn(transaction, settlement, settled)
          if (id !== undefined) recalled.add(id)
        }
        await scrubIn(transaction, recalled)
        await transaction.objectStore('meta').put(settled.at, 'lastSyncedAt')
      })
    },

    forgetSettled: async (serverTime) =>
      void (await forgetSettled(database, serverTime, { ...KEEP, ms: await keepMs() })),
    wipeSent: async (pairing) => {
      if ((await getMeta(database, 'pairing'))?.token === pairing.token) await wipeSent(database)
    },

    async listPendingPictures(pairing) {
      if ((await getMeta(database, 'pairing'))?.token !== pairing.token) return []
      return listPendingPictures(database, pairing)
    },

    async setPictureState(pairing, sha256, state, epoch) {
      await write(database, ['picture', 'outbox', 'meta'], async (transaction) => {
        if ((await epochIn(transaction.objectStore('meta'), pairing)) !== epoch) return
        const picture = await transaction.objectStore('picture').get(sha256)
        if (picture === undefined) return
        const doneFor = [...new Set([...(picture.doneFor ?? []), receiverKey(pairing)])]
        const isWanted = (await transaction.objectStore('outbox').getAll()).some(
          (queued) =>
            queued.state !== 'rejected' &&
            hashesOf(queued).includes(sha256) &&
            !doneFor.includes(receiverKey(queued.receiver)),
        )
        await transaction
          .objectStore('picture')
          .put({ ...picture, doneFor, state: isWanted ? 'pending' : state })
      })
    },

    getCursor: () => getMeta(database, 'cursor'),

    async forgetMirror() {
      await write(database, ['mirror', 'meta'], async (transaction) => {
        await transaction.objectStore('mirror').clear()
        await transaction.objectStore('meta').put(null, 'cursor')
      })
    },

    async applyPull(pairing, { rows, asked, cursor, workspace, at, isLast }) {
      await write(database, [...SCRUBBED_STORES], async (transaction) => {
        const meta = transaction.objectStore('meta')
        const current = await findSamePairing(meta, pairing)
        if (current === undefined || (await getMetaIn(meta, 'cursor')) !== asked) return
        const mirror = transaction.objectStore('mirror')
        for (const row of rows) {
          await mirror.put({
            key: `${row.type}/${row.id}`,
            type: row.type,
            id: row.id,
            seq: row.seq,
            row,
          })
        }
        await scrubIn(
          transaction,
          new Set(rows.flatMap(({ type, id }) => (type === 'tombstone' ? [id] : []))),
        )
        if (isLast && rows.length > 0) await forgetLeftEntries(mirror)
        const { name, coverEverything, privateWords = [], unwalked } = workspace
        await meta.put(cursor, 'cursor')
        await meta.put(at, 'lastSyncedAt')
        await meta.put(
          {
            ...current,
            workspaceName: name,
            coverEverything,
            privateWords: usablePrivateWords(privateWords),
            ...(unwalked !== undefined && { unwalked }),
          },
          'pairing',
        )
      })
    },

    async replay(pairing, epoch) {
      await write(
        database,
        ['outbox', 'picture', 'mirror', 'nearby', 'meta'],
        async (transaction) => {
          const meta = transaction.objectStore('meta')
          if ((await findSamePairing(meta, pairing)) === undefined) return
          const outbox = transaction.objectStore('outbox')
          const hashes = new Set<string>()
          for (const queued of await outbox.getAll()) {
            if (!isFor(queued.receiver, pairing) || queued.state === 'rejected') continue
            if (queued.state === 'acked') await outbox.put({ ...queued, state: 'waiting' })
            // One that waits may have its pictures there already, from before the restore.
            for (const hash of hashesOf(queued)) hashes.add(hash)
          }
          const pictures = transaction.objectStore('picture')
          for (const picture of await pictures.getAll()) {
            if (hashes.has(picture.sha256)) await pictures.put(pendingFor(picture, pairing))
          }
          await transaction.objectStore('mirror').clear()
          await meta.put(null, 'cursor')
          await forgetNearbyIn(transaction)
          const epochs = await getMetaIn(meta, 'epochs')
          await meta.put({ ...epochs, [receiverKey(pairing)]: epoch }, 'epochs')
        },
      )
    },
  }
}

/**
 * The server says what an entry is like to those whose notes are in it, and says nothing when
 * the last of these was taken back or moved.
 */
async function forgetLeftEntries(mirror: {
  getAll(): Promise<MirrorRow[]>
  delete(key: string): Promise<void>
}): Promise<void> {
  const rows = await mirror.getAll()
  const holding = new Set(rows.flatMap(({ row }) => (v.is(PlacedNote, row) ? [row.entryId] : [])))
  for (const { key, type, id } of rows)
    if (type === 'entry' && !holding.has(id)) await mirror.delete(key)
}

/**
 * The server takes bytes only for a note that it has, so the note's op goes first (S-12). A
 * picture goes to the receiver of its note and to nobody else (S-11).
 */
async function listPendingPictures(
  database: WinceDatabase,
  pairing: Receiver,
): Promise<PendingPicture[]> {
  const pictures = await database.getAllFromIndex('picture', 'byState', 'pending')
  if (pictures.length === 0) return []
  const known = new Set<string>()
  for (const queued of await database.getAllFromIndex('outbox', 'byState', 'acked')) {
    if (isFor(queued.receiver, pairing)) for (const hash of hashesOf(queued)) known.add(hash)
  }
  return pictures
    .filter(({ sha256, doneFor }) => known.has(sha256) && !doneFor?.includes(receiverKey(pairing)))
    .map(({ sha256, blob }) => ({
      sha256,
      type: blob.type,
      bytes: async () => new Uint8Array(await blob.arrayBuffer()),
    }))
}

function byMid(one: QueuedOp, other: QueuedOp): number {
  return one.mid - other.mid
}

/** True for what goes to the one that this pairing is with. */
function isFor(receiver: Receiver, pairing: Receiver): boolean {
  return receiverKey(receiver) === receiverKey(pairing)
}
