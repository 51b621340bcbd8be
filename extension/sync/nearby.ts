import * as v from 'valibot'

import type { SyncApi } from '#shared/api/sync'
import { NEARBY_MAX_ROWS } from '#shared/limits'
import { NearbyResponse } from '#shared/nearby'

import type { NearbyStore, RunPairing } from './outbox-store'
import { classify } from './status'

/**
 * Brings what changed among the entries that a note may be about. Nothing of the walker's hangs
 * on it, so whatever goes wrong, an older server that knows no such thing included, is left to
 * the next run and holds up nothing.
 */
export async function pullNearby(
  store: NearbyStore,
  api: SyncApi,
  pairing: RunPairing,
): Promise<void> {
  for (;;) {
    const cursor = await store.getNearbyCursor()
    const answer = await api.nearby({ cursor, limit: NEARBY_MAX_ROWS }).catch(() => undefined)
    if (classify(answer) === 'gone' && cursor !== null) {
      await store.forgetNearby(pairing)
      continue
    }
    const response = v.safeParse(NearbyResponse, answer?.status === 200 ? answer.body : undefined)
    if (!response.success) return
    const { rows, cursor: next, more, epoch } = response.output
    await store.applyNearby(pairing, { rows, cursor: next, epoch })
    // More of nothing, or the same place again: that would go round for ever.
    if (!more || rows.length === 0 || next === cursor) return
  }
}
