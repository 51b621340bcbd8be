import { useEffect } from 'preact/hooks'

import type { Clock } from '../clock'
import type { Triage } from './triage'

/** How often what waits for a connection is tried again, in ms. */
const AGAIN_MS = 5_000

interface UseWaitingOptions {
  path: string
  /** Triage is nothing for this role. */
  reads: boolean
  clock: Clock
}

/** Keeps the count beside Triage true, and sends what waits for a connection as soon as there is one. */
export function useWaiting(triage: Triage, { path, reads, clock }: UseWaitingOptions): void {
  useEffect(() => {
    if (reads && path !== '/triage') void triage.lookUp()
  }, [triage, path, reads])
  const isOffline = triage.queue.status.value === 'offline'
  useEffect(() => {
    if (!isOffline) return undefined
    const again = () => void triage.queue.again()
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    const stop = clock.every(AGAIN_MS, again)
    addEventListener('online', again)
    addEventListener('beforeunload', stay)
    return () => {
      stop()
      removeEventListener('online', again)
      removeEventListener('beforeunload', stay)
    }
  }, [triage, isOffline, clock])
}
