import { useEffect, useRef } from 'preact/hooks'

import { Icon } from './Icon'

const SHOWN_MS = 10_000

interface ToastProps {
  sentence: string
  /** The way back, if there is one: `Undo`. */
  act?: string
  onAct?: () => void
  onGone: () => void
}

/** Says what happened and offers the way back; stays while the pointer or the focus is on it. */
export function Toast({ sentence, act, onAct, onGone }: ToastProps) {
  const toast = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const timer = setInterval(() => {
      const isHeld = toast.current?.matches(':hover, :focus-within') ?? false
      if (!isHeld) onGone()
    }, SHOWN_MS)
    return () => clearInterval(timer)
  }, [sentence, onGone])
  return (
    <output class="toast-place">
      <span class="toast" ref={toast}>
        <span class="grow">{sentence}</span>
        {act !== undefined && (
          <button class="btn small" type="button" onClick={onAct}>
            {act}
          </button>
        )}
        <button
          class="btn small icon"
          type="button"
          aria-label="Close this message"
          onClick={onGone}
        >
          <Icon name="close" small />
        </button>
      </span>
    </output>
  )
}
