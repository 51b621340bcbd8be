import type { StoreName, WinceDatabase, WriteTransaction } from './database'

/**
 * The only way to write: one transaction over `stores`, on disk when the promise resolves.
 * `work` may await nothing but the transaction's own requests, or the browser ends it early.
 * When `work` throws, nothing of it stays.
 *
 * @see S-1: Chrome's default of `relaxed` acknowledges before the bytes are flushed
 */
export async function write<Names extends StoreName, Result>(
  database: WinceDatabase,
  stores: Names[],
  work: (transaction: WriteTransaction<Names>) => Promise<Result>,
): Promise<Result> {
  let result: Result
  const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' })
  try {
    result = await work(transaction)
    await transaction.done
  } catch (error) {
    // A request that failed has aborted the transaction already; its own error is the one that counts.
    transaction.done.catch(() => {})
    try {
      transaction.abort()
    } catch {
      // already over
    }
    throw error
  }
  announce(stores)
  return result
}

const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('wince-changes')
const watchers = new Set<(stores: readonly StoreName[]) => void>()

function announce(stores: readonly StoreName[]): void {
  tell(stores)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
  channel?.postMessage(stores)
}

channel?.addEventListener('message', (event: MessageEvent<StoreName[]>) => {
  tell(event.data)
})

/** What was written stays written, whatever a watcher makes of it. */
function tell(stores: readonly StoreName[]): void {
  for (const watcher of watchers) {
    try {
      watcher(stores)
    } catch (error) {
      console.error('a watcher failed', error)
    }
  }
}

/** Calls back after any context of this extension wrote to a store. Returns the way to stop. */
export function watchWrites(callback: (stores: readonly StoreName[]) => void): () => void {
  watchers.add(callback)
  return () => watchers.delete(callback)
}
