import { useEffect } from 'preact/hooks'

import { watchLowerEdge } from './lower-edge'
import type { ToastModel } from './toast'

/** Always in the page, so that screen readers hear what comes into it. */
export function Toast({ toast }: { toast: ToastModel }) {
  const content = toast.content.value
  useEffect(watchLowerEdge, [])
  return (
    <output
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
