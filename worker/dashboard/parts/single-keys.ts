import { signal } from '@preact/signals'

const KEPT_AS = 'wince-single-keys'

/** Whether keys without a modifier do anything here; somebody who speaks to the browser switches them off (WCAG 2.1.4). */
export const singleKeys = signal(readKept())

export function switchSingleKeys(on: boolean): void {
  singleKeys.value = on
  try {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off')
  } catch (error) {
    console.error('the choice holds for this page only', error)
  }
}

function readKept(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off'
  } catch {
    // A browser that keeps nothing for us begins as everybody does.
    return true
  }
}
