import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

import { Icon } from './Icon'

interface SheetProps {
  title: string
  wide?: boolean
  onClose: () => void
  children: ComponentChildren
}

/** A dialog that is open as long as it is drawn; the focus goes back to where it came from. */
export function Sheet({ title, wide = false, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      class={wide ? 'sheet wide' : 'sheet'}
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        // What is typed in it is the caller's to keep or drop.
        event.preventDefault()
        onClose()
      }}
    >
      <header class="line">
        <h2 class="grow" id={heading}>
          {title}
        </h2>
        <button class="btn quiet icon" type="button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  )
}
