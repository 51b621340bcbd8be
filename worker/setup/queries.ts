import { type CompiledQuery, type SqlBool, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'

/** Whether anybody owns anything here yet. */
export async function hasOwner(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function isUnusedSetupToken(db: Db, tokenHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('setup')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The guard of a first run: whoever is second finds an owner. */
export function nobodyOwnsAnything(): Guard {
  return sql<SqlBool>`not exists (select 1 from person where role = 'owner')`
}

/** The guard of a further workspace's first run. */
export function setupTokenIsUnused(tokenHash: string): Guard {
  return sql<SqlBool>`exists (select 1 from setup where token_hash = ${tokenHash} and used_at is null)`
}

export interface NewWorkspace {
  id: string
  name: string
  coverEverything: boolean
  createdAt: number
}

export function insertWorkspace(db: Db, workspace: NewWorkspace, guard: Guard): CompiledQuery {
  return db
    .insertInto('workspace')
    .columns(['id', 'name', 'cover_everything', 'created_at'])
    .expression(
      db
        .selectNoFrom(({ val }) => [
          val(workspace.id).as('id'),
          val(workspace.name).as('name'),
          val(workspace.coverEverything ? 1 : 0).as('cover_everything'),
          val(workspace.createdAt).as('created_at'),
        ])
        .where(guard),
    )
    .compile()
}

/** That this batch made its workspace. */
export function hasWorkspace(workspaceId: string): Guard {
  return sql<SqlBool>`exists (select 1 from workspace where id = ${workspaceId})`
}

export function insertOwner(
  db: Db,
  workspaceId: string,
  owner: { id: string; name: string; createdAt: number },
): CompiledQuery {
  return db
    .insertInto('person')
    .columns(['id', 'workspace_id', 'name', 'role', 'created_at'])
    .expression(
      db
        .selectFrom('workspace')
        .select(({ val }) => [
          val(owner.id).as('id'),
          'workspace.id as workspace_id',
          val(owner.name).as('name'),
          val('owner' as const).as('role'),
          val(owner.createdAt).as('created_at'),
        ])
        .where('workspace.id', '=', workspaceId),
    )
    .compile()
}

export function useSetupToken(
  db: Db,
  tokenHash: string,
  workspaceId: string,
  now: number,
): CompiledQuery {
  return db
    .updateTable('setup')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where(hasWorkspace(workspaceId))
    .compile()
}
