import { type ReadonlySignal, effect, signal } from '@preact/signals'

/** Where a browser says whether there is a connection. */
export interface Connection {
  isOnline(): boolean
  watch(callback: () => void): () => void
}

export const browserConnection: Connection = {
  isOnline: () => navigator.onLine,
  watch(callback) {
    addEventListener('online', callback)
    addEventListener('offline', callback)
    return () => {
      removeEventListener('online', callback)
      removeEventListener('offline', callback)
    }
  },
}

/** True while there may be a connection; calls back when it comes. */
export function watchConnection(
  connection: Connection,
  onOnline: () => void,
): ReadonlySignal<boolean> {
  const isOnline = signal(connection.isOnline())
  effect(() =>
    connection.watch(() => {
      const now = connection.isOnline()
      if (now && !isOnline.peek()) onOnline()
      isOnline.value = now
    }),
  )
  return isOnline
}
