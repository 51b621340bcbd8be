import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * Names the document and takes the focus when somebody comes here by a link; the first page of
 * a visit keeps the browser's own focus.
 *
 * @param title what the tab says before “· Wince”
 * @returns for the page's main element
 */
export function usePage(title: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = `${title} · Wince`
  }, [title])
  useEffect(() => {
    if (hasShownAPage) main.current?.focus({ preventScroll: true })
    hasShownAPage = true
  }, [])
  return main
}

let hasShownAPage = false
