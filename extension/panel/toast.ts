import { createModel, signal } from '@preact/signals'

export interface ToastContent {
  text: string
  /** The way back, where there is one. */
  undo: (() => void) | null
}

const STAYS_MS = 10_000

/** One toast at a time. It stays while somebody is at it, and for ten seconds otherwise. */
export const ToastModel = createModel(() => {
  const content = signal<ToastContent | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function start(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      content.value = null
    }, STAYS_MS)
  }

  return {
    content,
    say(text: string, undo: (() => void) | null = null): void {
      content.value = { text, undo }
      start()
    },
    undo(): void {
      content.peek()?.undo?.()
      content.value = null
    },
    dismiss(): void {
      content.value = null
    },
    /** Somebody points at it or has the focus in it. */
    hold(): void {
      clearTimeout(timer)
    },
    release(): void {
      start()
    },
  }
})
export type ToastModel = InstanceType<typeof ToastModel>
