import {
  type Pairing,
  type QueuedOp,
  type Receiver,
  type WinceDatabase,
  type WriteTransaction,
  keyOf,
  pendingFor,
} from '../storage/database'
import { type Surroundings, getDeviceId } from '../storage/device'
import { type MetaStore, getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import type { OutboxStore, PendingPicture, RunPairing, Settled, Settlement } from './outbox-store'

/** How long what the server acknowledged is kept for a replay after a restore, in ms (S-9). */
const REPLAY_WINDOW_MS = 14 * 86_400_000

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

    takeNewDeviceId: (deviceId) =>
      setMeta((transaction) => transaction.objectStore('meta').put(deviceId, 'deviceId')),

    getEpoch: () => getMeta(database, 'epoch'),
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

    async settle(settlements, settled) {
      if (settlements.length === 0) return
      await write(database, ['outbox', 'note', 'meta'], async (transaction) => {
        // Said in a life of the database that is over: what it took may be gone.
        if ((await getMetaIn(transaction.objectStore('meta'), 'epoch')) !== settled.epoch) return
        for (const settlement of settlements) await settleOne(transaction, settlement, settled)
        await transaction.objectStore('meta').put(settled.at, 'lastSyncedAt')
      })
    },

    async listPendingPictures(pairing) {
      if ((await getMeta(database, 'pairing'))?.token !== pairing.token) return []
      return listPendingPictures(database, pairing)
    },

    async setPictureState(pairing, sha256, state, epoch) {
      await write(database, ['picture', 'outbox', 'meta'], async (transaction) => {
        if ((await getMetaIn(transaction.objectStore('meta'), 'epoch')) !== epoch) return
        const picture = await transaction.objectStore('picture').get(sha256)
        if (picture === undefined) return
        const doneFor = [...new Set([...(picture.doneFor ?? []), keyOf(pairing)])]
        const isWanted = (await transaction.objectStore('outbox').getAll()).some(
          (queued) =>
            queued.state !== 'rejected' &&
            hashesOf(queued).includes(sha256) &&
            !doneFor.includes(keyOf(queued.receiver)),
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

    async applyPull(pairing, { rows, cursor, workspace, at }) {
      await write(database, ['mirror', 'meta'], async (transaction) => {
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
        const { name, coverEverything } = workspace
        await meta.put(cursor, 'cursor')
        await meta.put(at, 'lastSyncedAt')
        await meta.put({ ...current, workspaceName: name, coverEverything }, 'pairing')
      })
    },

    async replay(pairing, epoch, serverTime) {
      await write(database, ['outbox', 'picture', 'mirror', 'meta'], async (transaction) => {
        if ((await findSamePairing(transaction.objectStore('meta'), pairing)) === undefined) return
        const outbox = transaction.objectStore('outbox')
        const hashes = new Set<string>()
        for (const queued of await outbox.index('byState').getAll('acked')) {
          const { receiver, settledAt } = queued
          const age = settledAt === null || serverTime === null ? 0 : serverTime - settledAt
          if (!isFor(receiver, pairing) || age > REPLAY_WINDOW_MS) continue
          await outbox.put({ ...queued, state: 'waiting' })
          for (const hash of hashesOf(queued)) hashes.add(hash)
        }
        const pictures = transaction.objectStore('picture')
        for (const picture of await pictures.getAll()) {
          if (hashes.has(picture.sha256)) await pictures.put(pendingFor(picture, pairing))
        }
        await transaction.objectStore('mirror').clear()
        await transaction.objectStore('meta').put(null, 'cursor')
        await transaction.objectStore('meta').put(epoch, 'epoch')
      })
    },
  }
}

async function settleOne(
  transaction: WriteTransaction<'outbox' | 'note' | 'meta'>,
  { opId, state, code, seq }: Settlement,
  { serverTime, epoch }: Settled,
): Promise<void> {
  const queued = await transaction.objectStore('outbox').get(opId)
  if (queued === undefined) return
  await transaction
    .objectStore('outbox')
    .put({ ...queued, state, code, seq, settledAt: serverTime, epoch })
  if (queued.op.kind !== 'note.add') return
  const note = await transaction.objectStore('note').get(queued.op.payload.id)
  if (note === undefined) return
  const refusedCode = state === 'rejected' ? code : null
  await transaction
    .objectStore('note')
    .put({ ...note, state: state === 'acked' ? 'sent' : 'refused', refusedCode })
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
    .filter(({ sha256, doneFor }) => known.has(sha256) && !doneFor?.includes(keyOf(pairing)))
    .map(({ sha256, blob }) => ({
      sha256,
      type: blob.type,
      bytes: async () => new Uint8Array(await blob.arrayBuffer()),
    }))
}

function hashesOf({ op }: QueuedOp): string[] {
  return op.kind === 'note.add' ? op.payload.attachments.map(({ sha256 }) => sha256) : []
}

function byMid(one: QueuedOp, other: QueuedOp): number {
  return one.mid - other.mid
}

/** True for what goes to the one that this pairing is with. */
export function isFor(receiver: Receiver, pairing: Receiver): boolean {
  return keyOf(receiver) === keyOf(pairing)
}
