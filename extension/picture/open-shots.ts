import { createModel, effect, signal } from '@preact/signals'

import type { History } from '../editor/edits'
import type { PicturePlan } from './plan'

/** Whoever wanted to take a cover off has done so by then, in ms. */
const HELD_MS = 10 * 60_000

/** A shot without its covers, and what its covers are. */
export interface OpenShot {
  bitmap: ImageBitmap
  plan: PicturePlan
}

/**
 * The one shot whose covers can still be taken off. It is in this page's memory and nowhere
 * else: no disk, no message. The next shot, and ten minutes, end it (DECISIONS 5).
 */
export const OpenShotsModel = createModel(() => {
  const held = signal<(OpenShot & { noteId: string; sha256: string }) | null>(null)
  /** What was done to a note's picture and not used yet. */
  const edits = signal<{ noteId: string; sha256: string; history: History } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** @param noteId only the one of this note; undefined for whatever is held */
  function letGo(noteId?: string): void {
    const current = held.peek()
    if (current === null || (noteId !== undefined && current.noteId !== noteId)) return
    clearTimeout(timer)
    held.value = null
    if (edits.peek()?.noteId === current.noteId) edits.value = null
    current.bitmap.close()
  }

  effect(() => () => letGo())

  return {
    held,
    edits,
    letGo,
    /** @param sha256 of the masked picture that was made of it */
    hold(noteId: string, sha256: string, shot: OpenShot): void {
      letGo()
      held.value = { ...shot, noteId, sha256 }
      timer = setTimeout(letGo, HELD_MS)
    },
  }
})
export type OpenShotsModel = InstanceType<typeof OpenShotsModel>
