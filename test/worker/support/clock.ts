import { onTestFinished, vi } from 'vitest'

/** Stops the clock for this test; only `Date`, so that timers go on. */
export function stopClock(at = Date.now()) {
  vi.useFakeTimers({ toFake: ['Date'], now: at })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  return {
    at,
    setTo: (ms: number) => vi.setSystemTime(ms),
    advance: (ms: number) => vi.setSystemTime(Date.now() + ms),
  }
}
