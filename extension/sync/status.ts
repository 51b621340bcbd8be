import type { SyncAnswer } from '#shared/api/sync'

/**
 * What an answer means for the outbox (S-5). Nothing here ever rejects an op: only a code for
 * that very op does. What we do not know is tried again, never dropped.
 */
export function classify(
  answer: SyncAnswer | undefined,
): 'ok' | 'retry' | 'relink' | 'resync' | 'gone' | 'update' | 'refused' {
  switch (answer?.status) {
    case 200:
      return 'ok'
    case 401:
      return 'relink'
    case 409:
      return 'resync'
    case 410:
      return 'gone'
    case 426:
      return 'update'
    case 403:
    case 413:
    case 422:
      return 'refused'
    default:
      return 'retry'
  }
}

const BASE_MS = 500
const LONGEST_MS = 5 * 60_000
/**
 * Where nobody answers nobody has to be spared, and a walker who is online again shall not wait
 * for a time that was set in a tunnel: with the alarm of a minute, 90 s at most (M-3).
 */
const LONGEST_OFFLINE_MS = 20_000

/**
 * Full jitter: anywhere between nothing and the doubled wait, in ms.
 *
 * @param chance in [0, 1)
 * @param isOffline no answer came at all
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(failures: number, chance: number, isOffline = false): number {
  const longest = isOffline ? LONGEST_OFFLINE_MS : LONGEST_MS
  return Math.round(chance * Math.min(longest, BASE_MS * 2 ** Math.min(failures, 20)))
}
backoffMs.longest = LONGEST_MS
backoffMs.longestOffline = LONGEST_OFFLINE_MS
