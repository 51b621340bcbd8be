import { NEARBY_MAX_ENTRIES } from '#shared/limits'

import type { KeptNote, WinceDatabase } from '../storage/database'
import { getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import type { NearbyStore } from './outbox-store'
import { epochIn, findSamePairing } from './same-pairing'

export function createNearbyStore(database: WinceDatabase): NearbyStore {
  return {
    getNearby: () => getMeta(database, 'nearby'),

    async applyNearby(pairing, { rows, asked, cursor, epoch }, latest) {
      await write(database, ['nearby', 'meta'], async (transaction) => {
        const meta = transaction.objectStore('meta')
        if ((await findSamePairing(meta, pairing)) === undefined) return
        if ((await epochIn(meta, pairing)) !== epoch) return
        if (((await getMetaIn(meta, 'nearby'))?.cursor ?? null) !== asked) return
        const nearby = transaction.objectStore('nearby')
        for (const row of rows)
          await (row.type === 'gone' ? nearby.delete(row.id) : nearby.put(row))
        const ids = await nearby.index('bySeq').getAllKeys()
        // What changed longest ago goes first.
        for (const id of ids.slice(0, -NEARBY_MAX_ENTRIES)) await nearby.delete(id)
        await meta.put({ cursor, latest }, 'nearby')
      })
    },

    async forgetNearby(pairing) {
      await write(database, ['nearby', 'meta'], async (transaction) => {
        if ((await findSamePairing(transaction.objectStore('meta'), pairing)) !== undefined)
          await forgetNearbyIn(transaction)
      })
    },
  }
}

interface NearbyTransaction {
  objectStore(name: 'nearby'): { clear(): Promise<void> }
  objectStore(name: 'meta'): { put(value: null, key: 'nearby'): Promise<unknown> }
}

/** Inside a transaction that is going on: the next pull starts from nothing. */
export async function forgetNearbyIn(transaction: NearbyTransaction): Promise<void> {
  await transaction.objectStore('nearby').clear()
  await transaction.objectStore('meta').put(null, 'nearby')
}

/** Another team knows nothing of this one's entries: what was not sent is the same as none. */
export async function forgetSameAsIn(notes: {
  getAll(): Promise<KeptNote[]>
  put(note: KeptNote): Promise<unknown>
}): Promise<void> {
  for (const note of await notes.getAll())
    if (note.sameAs != null) await notes.put({ ...note, sameAs: null })
}
