import { type ReadonlySignal, effect, signal } from '@preact/signals'

/** The time, Unix ms, told anew each second. Durations are counted from timestamps, never from ticks. */
export function ticking(now: () => number): ReadonlySignal<number> {
  const time = signal(now())
  effect(() => {
    const timer = setInterval(() => {
      time.value = now()
    }, 1000)
    return () => clearInterval(timer)
  })
  return time
}
