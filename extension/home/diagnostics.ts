import { PROTO } from '#shared/sync'

import type { QueuedOp, WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'

/**
 * What somebody who helps needs to know about an outbox that does not drain: counts, ages and
 * codes. No words of a note, no name, no address but the server's.
 *
 * @param now Unix ms
 */
export async function diagnosticsOf(
  database: WinceDatabase,
  { version, isOnline, now }: { version: string; isOnline: boolean; now: number },
): Promise<string> {
  const outbox = await database.getAll('outbox')
  const pairing = await getMeta(database, 'pairing')
  const backoff = await getMeta(database, 'backoff')
  const lastSyncedAt = await getMeta(database, 'lastSyncedAt')
  const waiting = outbox.filter(({ state }) => state === 'waiting')
  const oldest = Math.min(...waiting.map(({ queuedAt }) => queuedAt))
  const pictures = await database.getAll('picture')
  return [
    `Wince ${version}, wire ${PROTO}`,
    `time ${new Date(now).toISOString()}`,
    `online ${isOnline ? 'yes' : 'no'}`,
    `server ${pairing === null ? 'none' : pairing.server}`,
    `connected ${pairing === null ? 'no' : pairing.disconnectedAt === null ? 'yes' : 'was disconnected'}`,
    `update needed ${(await getMeta(database, 'updateNeeded')) ? 'yes' : 'no'}`,
    `last answer ${lastSyncedAt === null ? 'never' : new Date(lastSyncedAt).toISOString()}`,
    `failures in a row ${backoff.failures}`,
    `ops ${countsOf(outbox.map(({ state }) => state))}`,
    `kinds waiting ${countsOf(waiting.map(({ op }) => op.kind))}`,
    `oldest waiting ${waiting.length === 0 ? 'none' : `${Math.floor((now - oldest) / 3_600_000)} h`}`,
    `largest waiting ${Math.max(0, ...waiting.map(sizeOf))} characters`,
    `refusals ${countsOf(outbox.flatMap(({ code }) => (code === null ? [] : [code])))}`,
    `pictures ${countsOf(pictures.map(({ state }) => state))}`,
  ].join('\n')
}

function sizeOf({ op }: QueuedOp): number {
  return JSON.stringify(op).length
}

/** `acked 3, waiting 1`; a code of a server is cut to what a code looks like. */
function countsOf(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) {
    const plain = /^[a-z.-]{1,30}$/.test(name) ? name : 'other'
    counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  if (counts.size === 0) return 'none'
  return [...counts]
    .map(([name, count]) => `${name} ${count}`)
    .toSorted((one, other) => (one < other ? -1 : 1))
    .join(', ')
}
