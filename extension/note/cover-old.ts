import { drawPicture } from '../picture/draw'
import type { Attachment } from '#shared/attachment'

import type { KeptPicture, WinceDatabase } from '../storage/database'
import { isGone } from './notes'
import { write } from '../storage/write'

/** Draws a picture anew, covered whole. */
export type CoverWhole = (
  picture: KeptPicture,
  before: Attachment,
) => Promise<{ attachment: Attachment; blob: Blob }>

/**
 * Covers every picture that was not sent, whole, and forgets the one before (C4): the team that
 * this browser connects to covers everything. A picture that two notes share is covered for both.
 */
export async function coverOldPictures(
  database: WinceDatabase,
  coverWhole: CoverWhole,
): Promise<void> {
  const notes = await database.getAll('note')
  const unsent = notes.filter((note) => !isGone(note))
  const old = new Map(
    unsent.flatMap(({ attachments }) =>
      attachments
        .filter((each) => !each.everythingCovered)
        .map((each) => [each.sha256, each] as const),
    ),
  )
  const covered = new Map<string, { attachment: Attachment; blob: Blob }>()
  for (const [sha256, attachment] of old) {
    // oxlint-disable-next-line no-await-in-loop -- one bitmap in memory at a time
    const picture = await database.get('picture', sha256)
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (picture !== undefined) covered.set(sha256, await coverWhole(picture, attachment))
  }
  await write(database, ['note', 'picture'], async (transaction) => {
    for (const { id } of unsent) {
      const note = await transaction.objectStore('note').get(id)
      if (note === undefined || isGone(note)) continue
      const attachments = note.attachments.map(
        (each) => covered.get(each.sha256)?.attachment ?? each,
      )
      const proofs = note.proofs?.map((proof) => {
        const sha256 = covered.get(proof.sha256)?.attachment.sha256
        return sha256 === undefined
          ? proof
          : { ...proof, sha256, everythingCovered: true, uncovered: [], parts: 0 }
      })
      await transaction.objectStore('note').put({ ...note, attachments, ...(proofs && { proofs }) })
    }
    for (const [sha256, { attachment, blob }] of covered) {
      await transaction
        .objectStore('picture')
        .put({ sha256: attachment.sha256, blob, state: 'kept' })
      if (attachment.sha256 !== sha256) await transaction.objectStore('picture').delete(sha256)
    }
  })
}

/** The browser's way to cover a picture whole: the same drawing that a fresh one goes through. */
export const coverWholeInBrowser: CoverWhole = async (picture, before) => {
  const bitmap = await createImageBitmap(picture.blob)
  try {
    return await drawPicture(bitmap, {
      covers: [],
      viewport: { width: bitmap.width, height: bitmap.height },
      covered: before.covered,
      uninspected: before.uninspected,
      everythingCovered: true,
      isSure: false,
    })
  } finally {
    bitmap.close()
  }
}
