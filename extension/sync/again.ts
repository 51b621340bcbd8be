import type { WinceDatabase } from '../storage/database'
import { write } from '../storage/write'

/** Sends refused ops once more, as they are: a server that was too old may know them by now. */
export async function sendAgain(database: WinceDatabase, opIds: readonly string[]): Promise<void> {
  await write(database, ['outbox'], async (transaction) => {
    const outbox = transaction.objectStore('outbox')
    for (const opId of opIds) {
      const queued = await outbox.get(opId)
      if (queued?.state === 'rejected')
        await outbox.put({ ...queued, state: 'waiting', code: null, settledAt: null })
    }
  })
}
