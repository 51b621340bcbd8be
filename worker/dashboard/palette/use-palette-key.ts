import { useEffect, useRef } from 'preact/hooks'

/** Ctrl+K, or ⌘K, wherever the focus is; not over another dialog. */
export function usePaletteKey(open: () => void): void {
  const current = useRef(open)
  current.current = open
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isAsked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isAsked || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (document.querySelector('dialog[open]') === null) current.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
