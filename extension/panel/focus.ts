import { useEffect, useRef } from 'preact/hooks'

/**
 * Gives the focus to what `find` picks in the element when it comes, where the control that led
 * here has gone and left the focus nowhere. Somebody who is elsewhere is not called away.
 */
export function useFocusOnArrival<Root extends HTMLElement>(
  find: (root: Root) => HTMLElement | null,
) {
  const root = useRef<Root>(null)
  const latest = useRef(find)
  useEffect(() => {
    const { activeElement, body } = document
    if (root.current === null || (activeElement !== null && activeElement !== body)) return
    latest.current(root.current)?.focus({ preventScroll: true })
  }, [])
  return root
}
