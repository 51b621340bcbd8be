import { createModel, signal } from '@preact/signals'

import type { Attachment } from '#shared/attachment'

import type { OpenShot } from '../picture/open-shots'
import type { PictureProof } from '../picture/proof'
import type { KeptPicture } from '../storage/database'
import { isNoRoom } from '../storage/room'

/**
 * Why there is no picture. `no-grant`: the browser allows one only after a key or a click on the
 * page. `no-room`: what is left of this device is for words.
 */
export type NoPictureReason = 'no-grant' | 'not-inspectable' | 'failed' | 'no-room'

export type Taken =
  | {
      ok: true
      attachment: Attachment
      picture: KeptPicture
      proof: PictureProof
      /** To hold or to close; null where no cover may be taken off. */
      shot: OpenShot | null
    }
  | { ok: false; reason: NoPictureReason }

export interface PictureTakerDeps {
  /** Takes a masked picture of a tab. Nothing unmasked leaves this page's memory. */
  take(tab: { tabId: number; windowId: number }): Promise<Taken>
  /** @throws DOMException `QuotaExceededError` when the disk is full; the note stands as it was */
  attach(
    noteId: string,
    attachment: Attachment,
    picture: KeptPicture,
    proof: PictureProof,
  ): Promise<boolean>
  /** Holds a shot for as long as its covers may be taken off. */
  hold(noteId: string, sha256: string, shot: OpenShot): void
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
    let shot: OpenShot | null = null
    try {
      const taken = await deps.take(tab)
      if (!taken.ok) {
        attempt.value = { noteId, state: 'none', reason: taken.reason }
        return
      }
      const { attachment, picture, proof } = taken
      shot = taken.shot
      if (!(await deps.hasRoomFor(picture.blob.size))) {
        attempt.value = { noteId, state: 'none', reason: 'no-room' }
        return
      }
      if ((await deps.attach(noteId, attachment, picture, proof)) && shot !== null) {
        deps.hold(noteId, attachment.sha256, shot)
        shot = null
      }
      attempt.value = null
    } catch (error) {
      if (!isNoRoom(error)) console.error('no picture', error)
      attempt.value = { noteId, state: 'none', reason: isNoRoom(error) ? 'no-room' : 'failed' }
    } finally {
      shot?.bitmap.close()
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
