import { type CompiledQuery, type SqlBool, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'
import type { StoredPasskey } from './webauthn'

export interface NewSession {
  id: string
  workspaceId: string
  personId: string
  tokenHash: string
  label: string
  createdAt: number
  expiresAt: number
}

/** Opens a session for somebody who is still there, if the guard holds. */
export function insertSession(db: Db, session: NewSession, guard: Guard): CompiledQuery {
  return db
    .insertInto('web_session')
    .columns([
      'id',
      'workspace_id',
      'person_id',
      'token_hash',
      'label',
      'created_at',
      'last_seen_at',
      'expires_at',
    ])
    .expression(
      db
        .selectFrom('person')
        .select(({ val }) => [
          val(session.id).as('id'),
          'workspace_id',
          'person.id as person_id',
          val(session.tokenHash).as('token_hash'),
          val(session.label).as('label'),
          val(session.createdAt).as('created_at'),
          val(session.createdAt).as('last_seen_at'),
          val(session.expiresAt).as('expires_at'),
        ])
        .where('workspace_id', '=', session.workspaceId)
        .where('person.id', '=', session.personId)
        .where('removed_at', 'is', null)
        .where(guard),
    )
    .compile()
}

/** That a session of this batch was really opened. */
export function hasSession({ workspaceId, id }: Pick<NewSession, 'workspaceId' | 'id'>): Guard {
  return sql<SqlBool>`exists (select 1 from web_session where workspace_id = ${workspaceId} and id = ${id})`
}

/** Ends the session that the browser had before, whoever's it was, once it has a new one. */
export function endOldSession(
  db: Db,
  session: NewSession,
  oldTokenHash: string | undefined,
): CompiledQuery[] {
  if (oldTokenHash === undefined) return []
  return [
    db
      .updateTable('web_session')
      .set({ revoked_at: session.createdAt })
      .where('token_hash', '=', oldTokenHash)
      .where('revoked_at', 'is', null)
      .where(hasSession(session))
      .compile(),
  ]
}

export function insertChallenge(
  db: Db,
  challenge: {
    challenge: string
    purpose: 'register' | 'sign-in'
    personId: string | null
    expiresAt: number
  },
): CompiledQuery {
  return db
    .insertInto('challenge')
    .values({
      challenge: challenge.challenge,
      purpose: challenge.purpose,
      person_id: challenge.personId,
      expires_at: challenge.expiresAt,
    })
    .compile()
}

/** Uses a challenge up; returns its `person_id` only to the first who asks in time. */
export function takeChallenge(
  db: Db,
  challenge: string,
  purpose: 'register' | 'sign-in',
  now: number,
): CompiledQuery {
  return db
    .updateTable('challenge')
    .set({ used_at: now })
    .where('challenge', '=', challenge)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('person_id')
    .compile()
}

/** Whose passkey this is; learns the tenant, because an authenticator only says the passkey's id. */
export async function findPasskey(db: Db, id: string) {
  const row = await db
    .selectFrom('passkey')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'passkey.person_id')
        .onRef('person.workspace_id', '=', 'passkey.workspace_id'),
    )
    .select([
      'passkey.id',
      'passkey.workspace_id',
      'passkey.person_id',
      'passkey.public_key',
      'passkey.counter',
      'passkey.transports',
    ])
    .where('passkey.id', '=', id)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      workspaceId: row.workspace_id,
      personId: row.person_id,
      id: row.id,
      publicKey: row.public_key,
      counter: row.counter,
      transports: JSON.parse(row.transports) as string[],
    }
  )
}

/** Two passkeys never share an id; one that is taken changes nothing. */
export function insertPasskey(
  db: Db,
  who: { workspaceId: string; personId: string },
  passkey: StoredPasskey & { name: string },
  now: number,
  guard: Guard,
): CompiledQuery {
  return db
    .insertInto('passkey')
    .columns([
      'id',
      'workspace_id',
      'person_id',
      'public_key',
      'counter',
      'transports',
      'name',
      'created_at',
    ])
    .expression(
      db
        .selectNoFrom(({ val }) => [
          val(passkey.id).as('id'),
          val(who.workspaceId).as('workspace_id'),
          val(who.personId).as('person_id'),
          val(passkey.publicKey).as('public_key'),
          val(passkey.counter).as('counter'),
          val(JSON.stringify(passkey.transports)).as('transports'),
          val(passkey.name).as('name'),
          val(now).as('created_at'),
        ])
        .where(guard),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .compile()
}

/** That the passkey's counter has not passed this proof's; authenticators that count nothing say 0 for ever. */
export function counterAllows(workspaceId: string, passkeyId: string, counter: number): Guard {
  return sql<SqlBool>`exists (select 1 from passkey where workspace_id = ${workspaceId} and id = ${passkeyId}
    and (counter < ${counter} or (counter = 0 and ${counter} = 0)))`
}

export function countPasskey(
  db: Db,
  workspaceId: string,
  passkeyId: string,
  counter: number,
  now: number,
  guard: Guard,
): CompiledQuery {
  return db
    .updateTable('passkey')
    .set({ counter, last_used_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', passkeyId)
    .where(guard)
    .compile()
}

/** Ten new codes in place of all old ones. */
export function replaceRecoveryCodes(
  db: Db,
  who: { workspaceId: string; personId: string },
  hashes: readonly string[],
  now: number,
  guard: Guard,
): CompiledQuery[] {
  return [
    db
      .deleteFrom('recovery_code')
      .where('workspace_id', '=', who.workspaceId)
      .where('person_id', '=', who.personId)
      .where(guard)
      .compile(),
    db
      .insertInto('recovery_code')
      .columns(['code_hash', 'workspace_id', 'person_id', 'created_at'])
      .expression(
        db
          .selectFrom(sql<{ value: string }>`json_each(${JSON.stringify(hashes)})`.as('hash'))
          .select(({ val }) => [
            'hash.value',
            val(who.workspaceId).as('workspace_id'),
            val(who.personId).as('person_id'),
            val(now).as('created_at'),
          ])
          .where(guard),
      )
      .compile(),
  ]
}

/** Whose code this is, used or not; learns the tenant, because a code is all that was typed. */
export async function findCode(db: Db, codeHash: string) {
  const recovery = db
    .selectFrom('recovery_code')
    .select(['workspace_id', 'person_id', sql<'recovery' | 'sign-in'>`'recovery'`.as('kind')])
    .where('code_hash', '=', codeHash)
  const signIn = db
    .selectFrom('invite')
    .select(['workspace_id', 'person_id', sql<'recovery' | 'sign-in'>`'sign-in'`.as('kind')])
    .where('token_hash', '=', codeHash)
    .where('purpose', '=', 'sign-in')
  const row = await recovery.unionAll(signIn).executeTakeFirst()
  return row && { workspaceId: row.workspace_id, personId: row.person_id, kind: row.kind }
}

export function unusedRecoveryCode(workspaceId: string, codeHash: string): Guard {
  return sql<SqlBool>`exists (select 1 from recovery_code
    where workspace_id = ${workspaceId} and code_hash = ${codeHash} and used_at is null)`
}

export function useRecoveryCode(
  db: Db,
  workspaceId: string,
  codeHash: string,
  now: number,
  guard: Guard,
): CompiledQuery {
  return db
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('code_hash', '=', codeHash)
    .where(guard)
    .compile()
}
