import type { CompiledQuery } from 'kysely'

import type { PictureType } from '#shared/attachment'

import type { Db } from '../database/open'

export interface ExpectedPicture {
  type: PictureType
  bytes: number
  state: 'pending' | 'stored' | 'refused'
}

/** A picture that a note of this person announced; nobody may put bytes that no note waits for. */
export async function findExpectedPicture(
  db: Db,
  workspaceId: string,
  personId: string,
  sha256: string,
): Promise<ExpectedPicture | undefined> {
  return db
    .selectFrom('attachment')
    .innerJoin('note', 'note.id', 'attachment.note_id')
    .select(['attachment.type', 'attachment.bytes', 'attachment.state'])
    .where('attachment.workspace_id', '=', workspaceId)
    .where('note.workspace_id', '=', workspaceId)
    .where('note.person_id', '=', personId)
    .where('attachment.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
}

/** Every note that shows this picture learns what became of its bytes. A stored one stays stored. */
export function setPictureState(
  db: Db,
  workspaceId: string,
  sha256: string,
  state: 'stored' | 'refused',
): CompiledQuery {
  return db
    .updateTable('attachment')
    .set({ state })
    .where('workspace_id', '=', workspaceId)
    .where('sha256', '=', sha256)
    .where('state', '!=', 'stored')
    .compile()
}
