import { signal } from '@preact/signals'

const KEPT_AS = 'single-keys'
const OFF = 'off'

/** Keys without Ctrl or Alt, such as E and L. Whoever speaks to their computer switches them off (WCAG 2.1.4). */
export const singleKeys = signal(localStorage.getItem(KEPT_AS) !== OFF)

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on
  if (on) localStorage.removeItem(KEPT_AS)
  else localStorage.setItem(KEPT_AS, OFF)
}
