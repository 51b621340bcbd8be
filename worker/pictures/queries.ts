import type { PictureType } from '#shared/attachment'

import type { Db } from '../database/open'

/** The type of a picture that a note of this workspace shows; undefined when none does. */
export async function findPictureType(
  db: Db,
  workspaceId: string,
  sha256: string,
): Promise<PictureType | undefined> {
  const row = await db
    .selectFrom('attachment')
    .select('type')
    .where('workspace_id', '=', workspaceId)
    .where('sha256', '=', sha256)
    .where('state', '=', 'stored')
    .limit(1)
    .executeTakeFirst()
  return row?.type
}
