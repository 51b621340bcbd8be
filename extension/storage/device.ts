import { type RandomBytes, uuidv7 } from '#shared/id'

import type { WinceDatabase } from './database'
import type { MetaStore } from './meta'
import { write } from './write'

/** What the browser gives, and a simulator replaces. */
export interface Surroundings {
  /** Unix ms. */
  now(): number
  randomBytes: RandomBytes
}

export const browserSurroundings: Surroundings = {
  now: () => Date.now(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
}

export function newId(surroundings: Surroundings): string {
  return uuidv7(surroundings.now(), surroundings.randomBytes)
}

/** The name of this capture device in its ops; minted on first use, inside the caller's transaction. */
export async function deviceIdIn(meta: MetaStore, surroundings: Surroundings): Promise<string> {
  const known = await meta.get('deviceId')
  if (typeof known === 'string') return known
  const deviceId = newId(surroundings)
  await meta.put(deviceId, 'deviceId')
  return deviceId
}

/** As `deviceIdIn`, in a transaction of its own. */
export async function getDeviceId(
  database: WinceDatabase,
  surroundings: Surroundings,
): Promise<string> {
  return write(database, ['meta'], (transaction) =>
    deviceIdIn(transaction.objectStore('meta'), surroundings),
  )
}
