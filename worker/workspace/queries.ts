import type { CompiledQuery } from 'kysely'

import type { Db } from '../database/open'

export async function findWorkspace(db: Db, workspaceId: string) {
  const row = await db
    .selectFrom('workspace')
    .select(['id', 'name', 'cover_everything', 'epoch', 'created_at'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      coverEverything: row.cover_everything === 1,
      epoch: row.epoch,
      createdAt: row.created_at,
    }
  )
}

export function setWorkspace(
  db: Db,
  workspaceId: string,
  change: { name?: string; coverEverything?: boolean },
): CompiledQuery {
  return db
    .updateTable('workspace')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.coverEverything === undefined
        ? {}
        : { cover_everything: change.coverEverything ? 1 : 0 }),
    })
    .where('id', '=', workspaceId)
    .compile()
}
