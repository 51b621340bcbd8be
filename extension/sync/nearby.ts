import * as v from 'valibot'

import type { SyncApi } from '#shared/api/sync'
import { NEARBY_MAX_ROWS } from '#shared/limits'
import { NearbyResponse } from '#shared/nearby'

import type { NearbyStore, OutboxStore, RunPairing } from './outbox-store'
import { classify } from './status'

/**
 * Brings what changed among the entries that a note may be about, where anything did. Nothing of
 * the walker's hangs on it, so whatever goes wrong is left to the next run and holds up nothing.
 *
 * @param latest the workspace's newest change; undefined from a server that tells of nothing nearby
 */
export async function pullNearby(
  store: NearbyStore & Pick<OutboxStore, 'findPairing'>,
  api: SyncApi,
  pairing: RunPairing,
  latest: number | undefined,
): Promise<void> {
  if (latest === undefined || latest === (await store.getNearby())?.latest) return
  // Paired anew meanwhile: nothing of this run is kept any more, so it would go round for ever.
  while ((await store.findPairing())?.token === pairing.token) {
    const cursor = (await store.getNearby())?.cursor ?? null
    const answer = await api.nearby({ cursor, limit: NEARBY_MAX_ROWS }).catch(() => undefined)
    if (classify(answer) === 'gone' && cursor !== null) {
      await store.forgetNearby(pairing)
      continue
    }
    const response = v.safeParse(NearbyResponse, answer?.status === 200 ? answer.body : undefined)
    if (!response.success) return
    const { rows, cursor: next, more, epoch } = response.output
    const page = { rows, asked: cursor, cursor: next, epoch }
    await store.applyNearby(pairing, page, more ? null : latest)
    // More of nothing, or the same place again: that would go round for ever.
    if (!more || rows.length === 0 || next === cursor) return
  }
}
