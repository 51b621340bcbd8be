import { type ReadonlySignal, effect, signal } from '@preact/signals'

import type { StoreName } from '../storage/database'
import { watchWrites } from '../storage/write'

/**
 * What is on the disk now: read once, and again after any context wrote to one of `stores`
 * or a signal changed that `read` looked at before its first await. Call it inside a model,
 * which ends it.
 */
export function live<Value>(
  stores: readonly StoreName[],
  first: Value,
  read: () => Promise<Value>,
): ReadonlySignal<Value> {
  const value = signal(first)
  let asked = 0
  const refresh = () => {
    asked += 1
    const mine = asked
    read().then(
      (next) => {
        // An answer that a later question has overtaken says nothing any more.
        if (mine === asked) value.value = next
      },
      (error: unknown) => console.error('could not read from this device', error),
    )
  }
  effect(() => {
    refresh()
    return watchWrites((written) => {
      if (written.some((store) => stores.includes(store))) refresh()
    })
  })
  return value
}
