import { isGone } from '../note/notes'
import type { CapturedPicture } from '../picture/draw'
import type { PictureProof } from '../picture/proof'
import type { KeptNote, WinceDatabase } from '../storage/database'
import { write } from '../storage/write'
import { dropPicturesIn } from '../sync/scrub'

/**
 * Puts a picture in the place of another one of its note. The bytes before are gone then, unless
 * another note or what waits to be sent has the same.
 *
 * @returns the note, or undefined where it or the picture has gone by now
 * @throws DOMException `QuotaExceededError` when the disk is full; everything stands as it was
 */
export async function replacePicture(
  database: WinceDatabase,
  noteId: string,
  sha256: string,
  { attachment, blob }: CapturedPicture,
  proof: PictureProof,
): Promise<KeptNote | undefined> {
  return write(database, ['note', 'picture', 'outbox'], async (transaction) => {
    const notes = transaction.objectStore('note')
    const note = await notes.get(noteId)
    if (note === undefined || isGone(note) || note.state === 'removed') return undefined
    if (note.attachments.every((each) => each.sha256 !== sha256)) return undefined
    const isOther = (each: { sha256: string }) =>
      each.sha256 !== sha256 && each.sha256 !== attachment.sha256
    const changed: KeptNote = {
      ...note,
      attachments: [...note.attachments.filter(isOther), attachment],
      proofs: [...(note.proofs ?? []).filter(isOther), proof],
    }
    await notes.put(changed)
    const pictures = transaction.objectStore('picture')
    if ((await pictures.get(attachment.sha256)) === undefined)
      await pictures.add({ sha256: attachment.sha256, blob, state: 'kept' })
    const outbox = transaction.objectStore('outbox')
    if (attachment.sha256 !== sha256)
      await dropPicturesIn({ notes, outbox, pictures }, new Set([sha256]))
    return changed
  })
}
