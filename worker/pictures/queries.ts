import type { PictureType } from '#shared/attachment'

import type { Db } from '../database/open'

/**
 * The type of a picture that a note of this workspace shows; undefined when none does.
 *
 * @param authorId only notes of this person count; null for everybody's
 */
export async function findPictureType(
  db: Db,
  workspaceId: string,
  sha256: string,
  authorId: string | null,
): Promise<PictureType | undefined> {
  let shown = db
    .selectFrom('attachment')
    .select('attachment.type')
    .where('attachment.workspace_id', '=', workspaceId)
    .where('attachment.sha256', '=', sha256)
    .where('attachment.state', '=', 'stored')
    .limit(1)
  if (authorId !== null)
    shown = shown
      .innerJoin('note', (join) =>
        join
          .onRef('note.id', '=', 'attachment.note_id')
          .onRef('note.workspace_id', '=', 'attachment.workspace_id'),
      )
      .where('note.person_id', '=', authorId)
  const row = await shown.executeTakeFirst()
  return row?.type
}
