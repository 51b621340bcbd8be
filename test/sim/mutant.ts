import type { SyncApi } from '#shared/api/sync'

import type { WinceDatabase } from '../../extension/storage/database'
import type { OutboxStore } from '../../extension/sync/outbox-store'

/**
 * A planted bug. It wraps what production code is given, so nothing of it ships. None of it is
 * the program as it is.
 */
export interface Mutant {
  /** Each time a device's browser starts anew, its memory does too. */
  database?(database: WinceDatabase, memory: Map<string, unknown>): WinceDatabase
  store?(store: OutboxStore, database: WinceDatabase, now: () => number): OutboxStore
  api?(api: SyncApi, store: OutboxStore): SyncApi
  d1?(d1: D1Database): D1Database
  r2?(r2: R2Bucket): R2Bucket
}
