import { useLayoutEffect, useRef } from 'preact/hooks'

import { singleKeys } from './single-keys'

/** Held down, these go on; anything else would be done to note after note. */
const MAY_REPEAT = new Set(['j', 'k'])
/** The way to the switch is there when the others are off. */
const ALWAYS_ON = '?'
const FIELDS = 'input:not([type=checkbox]), select, textarea, [contenteditable], dialog'

/** Single keys for a page; they rest while a field has the focus, a dialog is open or a modifier is held. */
export function useKeys(keys: Record<string, () => void>): void {
  const current = useRef(keys)
  current.current = keys
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      const act = current.current[key]
      if (!act || isResting(event) || (event.repeat && !MAY_REPEAT.has(key))) return
      if (!singleKeys.peek() && key !== ALWAYS_ON) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function isResting({ ctrlKey, metaKey, altKey, isComposing, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || isComposing) return true
  if (target instanceof Element && target.closest(FIELDS) !== null) return true
  return document.querySelector('dialog[open]') !== null
}
