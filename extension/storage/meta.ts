import type { Meta, WinceDatabase } from './database'

const DEFAULTS: Omit<Meta, 'deviceId'> = {
  nextMid: 1,
  pairing: null,
  cursor: null,
  nearby: null,
  epoch: 1,
  epochs: {},
  activeWalkId: null,
  contactCards: null,
  updateNeeded: false,
  lastSyncedAt: null,
  lookedThroughAt: 0,
  backoff: { failures: 0, retryAt: 0 },
  looked: {},
  moment: null,
}

/** One small value; its default where it was never written. */
export async function getMeta<Key extends keyof typeof DEFAULTS>(
  database: WinceDatabase,
  key: Key,
): Promise<Meta[Key]> {
  return ((await database.get('meta', key)) as Meta[Key] | undefined) ?? (DEFAULTS as Meta)[key]
}

/** The store `meta` of a transaction that is going on. */
export interface MetaStore {
  get(key: keyof Meta): Promise<Meta[keyof Meta] | undefined>
  put(value: Meta[keyof Meta], key: keyof Meta): Promise<unknown>
}

/** As `getMeta`, inside a transaction that is going on. */
export async function getMetaIn<Key extends keyof typeof DEFAULTS>(
  meta: Pick<MetaStore, 'get'>,
  key: Key,
): Promise<Meta[Key]> {
  return ((await meta.get(key)) as Meta[Key] | undefined) ?? (DEFAULTS as Meta)[key]
}
