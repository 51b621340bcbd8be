import { useEffect, useRef } from 'preact/hooks'

import { singleKeys } from './single-keys'

/**
 * Listens to keys while the component is there. Single keys are only told when no field has
 * the focus; `Ctrl+Enter` and `Escape` always. Return true for a key that was used.
 */
export function useKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = nameOf(event)
      if (key !== null && !event.defaultPrevented && latest.current(key)) event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.isComposing) return null
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return 'Ctrl+Enter'
  if (event.key === 'Escape') return 'Escape'
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  return isWriting(event.target) || !singleKeys.peek() ? null : event.key
}

const NOT_WRITTEN_IN = ['button', 'checkbox', 'radio', 'submit']

function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NOT_WRITTEN_IN.includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
