import type { Attachment } from '#shared/attachment'

import type { CoverWhole } from '../note/cover-old'
import type { ExportedPicture } from './export-file'
import type { FileContent } from './zip'

/**
 * The same content with every picture covered whole, whatever the file says of its covers. Done
 * before anything of it is written, so that no picture is ever here uncovered.
 */
export async function coverContent(
  { notes, pictures, ...rest }: FileContent,
  coverWhole: CoverWhole,
): Promise<FileContent> {
  const bytesOf = new Map(pictures.map((picture) => [picture.sha256, picture]))
  const made = new Map<string, { attachment: Attachment; picture: ExportedPicture }>()
  for (const before of notes.flatMap(({ attachments }) => attachments)) {
    const { sha256 } = before
    const picture = bytesOf.get(sha256)
    if (picture === undefined || made.has(sha256)) continue
    const blob = new Blob([Uint8Array.from(picture.bytes)], { type: picture.type })
    // oxlint-disable-next-line no-await-in-loop -- one bitmap in memory at a time
    const covered = await coverWhole({ sha256, blob, state: 'kept' }, before)
    made.set(sha256, {
      attachment: covered.attachment,
      picture: {
        sha256: covered.attachment.sha256,
        type: covered.blob.type,
        // oxlint-disable-next-line no-await-in-loop -- as above
        bytes: new Uint8Array(await covered.blob.arrayBuffer()),
      },
    })
  }
  return {
    ...rest,
    notes: notes.map((note) => ({
      ...note,
      attachments: note.attachments.map((each) => made.get(each.sha256)?.attachment ?? each),
    })),
    pictures: [...made.values()].map(({ picture }) => picture),
  }
}
