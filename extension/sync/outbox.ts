import {
  type Pairing,
  type QueuedOp,
  type Receiver,
  type WinceDatabase,
  type WriteTransaction,
  receiverKey,
} from '../storage/database'
import { type Surroundings, getDeviceId } from '../storage/device'
import { type MetaStore, getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import type { OutboxStore, PendingPicture, RunPairing } from './outbox-store'
import { forgetSettled, wipeSent } from './retention'
import { SCRUBBED_STORES, hashesOf, scrubNotesIn } from './scrub'
import { settleIn } from './settle'

/** The engine's store on IndexedDB. */
export function createOutbox(database: WinceDatabase, surroundings: Surroundings): OutboxStore {
  const setMeta = (change: (transaction: WriteTransaction<'meta'>) => Promise<unknown>) =>
    write(database, ['meta'], change).then(() => undefined)

  return {
    findPairing: () => getMeta(database, 'pairing'),

    setDisconnected: (pairing, at) =>
      setMeta(async (transaction) => {
        const meta = transaction.objectStore('meta')
        const current = await findSamePairing(meta, pairing)
        if (current) await meta.put({ ...current, disconnectedAt: at }, 'pairing')
      }),

    getDeviceId: () => getDeviceId(database, surroundings),

    async takeNewDeviceId(deviceId) {
      await write(database, ['outbox', 'meta'], async (transaction) => {
        const outbox = transaction.objectStore('outbox')
        const waiting = (await outbox.index('byState').getAll('waiting')).toSorted(byMid)
        let mid = 1
        for (const queued of waiting) {
          await outbox.put({ ...queued, mid, op: { ...queued.op, mid } })
          mid += 1
        }
        await transaction.objectStore('meta').put(mid, 'nextMid')
        await transaction.objectStore('meta').put(deviceId, 'deviceId')
      })
    },

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
      return waiting
        .filter((queued) => isFor(queued.receiver, pairing) && !aside.has(queued.opId))
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

    async settle(settlements, times) {
      if (settlements.length === 0) return
      await write(database, [...SCRUBBED_STORES], async (transaction) => {
        const recalled = new Set<string>()
        for (const settlement of settlements) {
          const noteId = await settleIn(transaction, settlement, times)
          if (noteId !== undefined) recalled.add(noteId)
        }
        await scrubNotesIn(transaction, recalled)
        await transaction.objectStore('meta').put(times.at, 'lastSyncedAt')
      })
    },

    forgetSettled: async (serverTime) => void (await forgetSettled(database, serverTime)),
    wipeSent: async (pairing) => {
      if ((await getMeta(database, 'pairing'))?.token === pairing.token) await wipeSent(database)
    },

    async listPendingPictures(pairing) {
      if ((await getMeta(database, 'pairing'))?.token !== pairing.token) return []
      return listPendingPictures(database, pairing)
    },

    async setPictureState(sha256, state) {
      await write(database, ['picture'], async (transaction) => {
        const picture = await transaction.objectStore('picture').get(sha256)
        if (picture) await transaction.objectStore('picture').put({ ...picture, state })
      })
    },

    getCursor: () => getMeta(database, 'cursor'),

    async forgetMirror() {
      await write(database, ['mirror', 'meta'], async (transaction) => {
        await transaction.objectStore('mirror').clear()
        await transaction.objectStore('meta').put(null, 'cursor')
      })
    },

    async applyPull(pairing, { rows, cursor, workspace, at }) {
      await write(database, [...SCRUBBED_STORES], async (transaction) => {
        const meta = transaction.objectStore('meta')
        const current = await findSamePairing(meta, pairing)
        if (current === undefined) return
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
        await scrubNotesIn(
          transaction,
          new Set(rows.flatMap(({ type, id }) => (type === 'tombstone' ? [id] : []))),
        )
        const { name, coverEverything } = workspace
        await meta.put(cursor, 'cursor')
        await meta.put(at, 'lastSyncedAt')
        await meta.put({ ...current, workspaceName: name, coverEverything }, 'pairing')
      })
    },

    async replay(pairing, epoch) {
      await write(database, ['outbox', 'picture', 'mirror', 'meta'], async (transaction) => {
        const meta = transaction.objectStore('meta')
        if ((await findSamePairing(meta, pairing)) === undefined) return
        const outbox = transaction.objectStore('outbox')
        const hashes = new Set<string>()
        for (const queued of await outbox.index('byState').getAll('acked')) {
          if (!isFor(queued.receiver, pairing)) continue
          await outbox.put({ ...queued, state: 'waiting' })
          for (const hash of hashesOf(queued)) hashes.add(hash)
        }
        const pictures = transaction.objectStore('picture')
        for (const picture of await pictures.index('byState').getAll('stored')) {
          if (hashes.has(picture.sha256)) await pictures.put({ ...picture, state: 'pending' })
        }
        await transaction.objectStore('mirror').clear()
        await meta.put(null, 'cursor')
        const epochs = await getMetaIn(meta, 'epochs')
        await meta.put({ ...epochs, [receiverKey(pairing)]: epoch }, 'epochs')
      })
    },
  }
}

/** The pairing as it is now, if it is still the one that a run began with. */
async function findSamePairing(
  meta: Pick<MetaStore, 'get'>,
  { token }: RunPairing,
): Promise<Pairing | undefined> {
  const current = await getMetaIn(meta, 'pairing')
  return current?.token === token ? current : undefined
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
    .filter(({ sha256 }) => known.has(sha256))
    .map(({ sha256, blob }) => ({
      sha256,
      type: blob.type,
      bytes: async () => new Uint8Array(await blob.arrayBuffer()),
    }))
}

function byMid(one: QueuedOp, other: QueuedOp): number {
  return one.mid - other.mid
}

function isFor(receiver: Receiver, pairing: Receiver): boolean {
  return (
    receiver.server === pairing.server &&
    receiver.workspaceId === pairing.workspaceId &&
    receiver.personId === pairing.personId
  )
}
