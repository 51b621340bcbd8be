import { type CompiledQuery, type SqlBool, sql } from 'kysely'

import type { GivenRole } from '#shared/people'

import { always, type Guard } from '../audit/queries'
import type { Db } from '../database/open'
import { expireInvites } from '../join/queries'

/** Everybody who has not been removed, oldest first. */
export async function listPeople(db: Db, workspaceId: string) {
  const rows = await selectPeople(db, workspaceId)
    .orderBy('person.created_at')
    .orderBy('person.id')
    .execute()
  return rows.map(toPerson)
}

export async function findPerson(db: Db, workspaceId: string, id: string) {
  const row = await selectPeople(db, workspaceId).where('person.id', '=', id).executeTakeFirst()
  return row && toPerson(row)
}

function selectPeople(db: Db, workspaceId: string) {
  return db
    .selectFrom('person')
    .select((eb) => {
      const passkeys = eb
        .selectFrom('passkey')
        .select('passkey.id')
        .where('passkey.workspace_id', '=', workspaceId)
        .whereRef('passkey.person_id', '=', 'person.id')
      const codes = eb
        .selectFrom('recovery_code')
        .select('recovery_code.code_hash')
        .where('recovery_code.workspace_id', '=', workspaceId)
        .where('recovery_code.used_at', 'is', null)
        .whereRef('recovery_code.person_id', '=', 'person.id')
      return [
        'person.id',
        'person.name',
        'person.role',
        'person.culture',
        'person.created_at',
        eb.or([eb.exists(passkeys), eb.exists(codes)]).as('joined'),
      ]
    })
    .where('person.workspace_id', '=', workspaceId)
    .where('person.removed_at', 'is', null)
}

function toPerson<Role>(row: {
  id: string
  name: string
  role: Role
  culture: number
  created_at: number
  joined: SqlBool
}) {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    culture: row.culture === 1,
    createdAt: row.created_at,
    joined: Boolean(row.joined),
  }
}

export function insertPerson(
  db: Db,
  workspaceId: string,
  person: { id: string; name: string; role: GivenRole; createdAt: number },
): CompiledQuery {
  return db
    .insertInto('person')
    .values({
      id: person.id,
      workspace_id: workspaceId,
      name: person.name,
      role: person.role,
      created_at: person.createdAt,
    })
    .compile()
}

/** Changes nothing about the owner's role: there is exactly one. */
export function setPerson(
  db: Db,
  workspaceId: string,
  id: string,
  change: { name?: string; role?: GivenRole; culture?: boolean },
): CompiledQuery {
  const query = db
    .updateTable('person')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.role === undefined ? {} : { role: change.role }),
      ...(change.culture === undefined ? {} : { culture: change.culture ? 1 : 0 }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
  return (change.role === undefined ? query : query.where('role', '<>', 'owner')).compile()
}

/**
 * Takes somebody's rights: sessions, browsers, passkeys, codes and links end with this batch.
 * The row stays, because what they noted stays theirs.
 */
export function removePerson(
  db: Db,
  workspaceId: string,
  id: string,
  now: number,
): CompiledQuery[] {
  const removed = sql<SqlBool>`exists (select 1 from person
    where workspace_id = ${workspaceId} and id = ${id} and removed_at is not null)`
  return [
    db
      .updateTable('person')
      .set({ removed_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .where('role', '<>', 'owner')
      .where('removed_at', 'is', null)
      .compile(),
    endSessionsOf(db, workspaceId, id, now, removed),
    db
      .updateTable('device')
      .set({ revoked_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', id)
      .where('revoked_at', 'is', null)
      .where(removed)
      .compile(),
    db
      .deleteFrom('passkey')
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', id)
      .where(removed)
      .compile(),
    db
      .deleteFrom('recovery_code')
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', id)
      .where(removed)
      .compile(),
    ...(['join', 'sign-in'] as const).map((purpose) =>
      expireInvites(db, workspaceId, id, purpose, now),
    ),
    db
      .updateTable('pairing_code')
      .set({ expires_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .where(removed)
      .compile(),
  ]
}

export function endSessionsOf(
  db: Db,
  workspaceId: string,
  personId: string,
  now: number,
  guard: Guard = always,
): CompiledQuery {
  return db
    .updateTable('web_session')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(guard)
    .compile()
}
