import type { CompiledQuery } from 'kysely'

import type { PrivateWords } from '#shared/private-words'

import type { Db } from '../database/open'

export async function findWorkspace(db: Db, workspaceId: string) {
  const row = await db
    .selectFrom('workspace')
    .select([
      'id',
      'name',
      'cover_everything',
      'private_words',
      'clocks_on_weekends',
      'slug',
      'epoch',
      'created_at',
    ])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      coverEverything: row.cover_everything === 1,
      privateWords: JSON.parse(row.private_words) as PrivateWords,
      clocksOnWeekends: row.clocks_on_weekends === 1,
      slug: row.slug,
      epoch: row.epoch,
      createdAt: row.created_at,
    }
  )
}

export function setWorkspace(
  db: Db,
  workspaceId: string,
  change: {
    name?: string
    coverEverything?: boolean
    privateWords?: PrivateWords
    clocksOnWeekends?: boolean
    slug?: string | null
  },
): CompiledQuery {
  return db
    .updateTable('workspace')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.coverEverything === undefined
        ? {}
        : { cover_everything: change.coverEverything ? 1 : 0 }),
      ...(change.privateWords === undefined
        ? {}
        : { private_words: JSON.stringify(change.privateWords) }),
      ...(change.clocksOnWeekends === undefined
        ? {}
        : { clocks_on_weekends: change.clocksOnWeekends ? 1 : 0 }),
      ...(change.slug === undefined ? {} : { slug: change.slug }),
    })
    .where('id', '=', workspaceId)
    .compile()
}
