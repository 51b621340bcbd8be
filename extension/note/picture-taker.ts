import { createModel, signal } from '@preact/signals'

import type { Attachment } from '#shared/attachment'

import type { KeptPicture } from '../storage/database'
import { isNoRoom } from '../storage/room'

/**
 * Why there is no picture. `no-grant`: the browser allows one only after a key or a click on the
 * page. `no-room`: what is left of this device is for words.
 */
export type NoPictureReason = 'no-grant' | 'not-inspectable' | 'failed' | 'no-room'

export type Taken =
  | { ok: true; attachment: Attachment; picture: KeptPicture }
  | { ok: false; reason: NoPictureReason }

export interface PictureTakerDeps {
  /** Takes a masked picture of a tab. Nothing unmasked leaves this call. */
  take(tab: { tabId: number; windowId: number }): Promise<Taken>
  /** @throws DOMException `QuotaExceededError` when the disk is full; the note stands as it was */
  attach(noteId: string, attachment: Attachment, picture: KeptPicture): Promise<boolean>
  hasRoomFor(bytes: number): Promise<boolean>
}

/** Takes one picture at a time for a note, and remembers why there is none. */
export const PictureTakerModel = createModel((deps: PictureTakerDeps) => {
  const attempt = signal<
    | { noteId: string; state: 'covering' }
    | { noteId: string; state: 'none'; reason: NoPictureReason }
    | null
  >(null)
  let queue: Promise<void> = Promise.resolve()

  async function takeOne(noteId: string, tab: { tabId: number; windowId: number }): Promise<void> {
    attempt.value = { noteId, state: 'covering' }
    try {
      const taken = await deps.take(tab)
      if (!taken.ok) {
        attempt.value = { noteId, state: 'none', reason: taken.reason }
        return
      }
      if (!(await deps.hasRoomFor(taken.picture.blob.size))) {
        attempt.value = { noteId, state: 'none', reason: 'no-room' }
        return
      }
      await deps.attach(noteId, taken.attachment, taken.picture)
      attempt.value = null
    } catch (error) {
      if (!isNoRoom(error)) console.error('no picture', error)
      attempt.value = { noteId, state: 'none', reason: isNoRoom(error) ? 'no-room' : 'failed' }
    }
  }

  return {
    attempt,
    /** Never rejects: a note stands without its picture. */
    async take(noteId: string, tab: { tabId: number; windowId: number }): Promise<void> {
      queue = queue.then(() => takeOne(noteId, tab))
      await queue
    },
  }
})
export type PictureTakerModel = InstanceType<typeof PictureTakerModel>

/** @param shortcut the key that takes one; empty where the browser assigned none */
export function whyNoPicture(reason: NoPictureReason, shortcut: string): string {
  const press = shortcut === '' ? 'click Wince in the toolbar' : `press ${shortcut}`
  switch (reason) {
    case 'no-grant':
      return `No picture: your browser allows one only from the page. To have one, ${press} there.`
    case 'not-inspectable':
      return 'No picture: Wince cannot see this page. Your note has your words and the time.'
    case 'no-room':
      return 'No picture: this device has room for words, not for pictures. Your words are always kept.'
    case 'failed':
      return 'No picture: the page went elsewhere meanwhile. Your note stands without it.'
  }
}
