import { useEffect, useRef } from 'preact/hooks'

import type { ToastModel } from './toast'

function heightOf(part: string): number {
  return document.querySelector<HTMLElement>(part)?.offsetHeight ?? 0
}

/**
 * Always in the page, so that screen readers hear what comes into it.
 * Another `layout` may have another dock: then it is measured again.
 */
export function Toast({ toast, layout }: { toast: ToastModel; layout: string }) {
  const content = toast.content.value
  const place = useRef<HTMLOutputElement>(null)
  useEffect(() => {
    // Over the dock, however high that is and becomes on this screen.
    const measure = () => {
      const dock = heightOf('.dock')
      document.body.style.setProperty('--dock', `${dock}px`)
      place.current?.style.setProperty('--over', `${dock + heightOf('.beside')}px`)
    }
    const resized = new ResizeObserver(measure)
    // The dock may only now be drawn.
    const frame = requestAnimationFrame(() => {
      measure()
      for (const part of document.querySelectorAll('.dock, .beside')) resized.observe(part)
    })
    return () => {
      cancelAnimationFrame(frame)
      resized.disconnect()
    }
  }, [content, layout])
  return (
    <output
      ref={place}
      class="toasts"
      onPointerEnter={() => toast.hold()}
      onPointerLeave={() => toast.release()}
      onFocusIn={() => toast.hold()}
      onFocusOut={() => toast.release()}
    >
      {content !== null && (
        <span class="toast">
          <span class="grow">{content.text}</span>
          {content.undo !== null && (
            <button class="btn small" type="button" onClick={() => toast.undo()}>
              Undo <span class="key">Z</span>
            </button>
          )}
        </span>
      )}
    </output>
  )
}
