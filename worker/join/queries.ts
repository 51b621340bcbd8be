import { type CompiledQuery, type SqlBool, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'

interface NewInvite {
  tokenHash: string
  workspaceId: string
  personId: string
  /** `join` is a link, `sign-in` a code. */
  purpose: 'join' | 'sign-in'
  createdBy: string
  createdAt: number
  expiresAt: number
}

/** One at a time: the person's earlier ones of the same purpose stop working. */
export function replaceInvite(db: Db, invite: NewInvite): CompiledQuery[] {
  return [
    expireInvites(db, invite.workspaceId, invite.personId, invite.purpose, invite.createdAt),
    db
      .insertInto('invite')
      .values({
        token_hash: invite.tokenHash,
        workspace_id: invite.workspaceId,
        person_id: invite.personId,
        purpose: invite.purpose,
        created_by: invite.createdBy,
        created_at: invite.createdAt,
        expires_at: invite.expiresAt,
      })
      .compile(),
  ]
}

/** Links or codes of this person that nobody used yet stop working. */
export function expireInvites(
  db: Db,
  workspaceId: string,
  personId: string,
  purpose: 'join' | 'sign-in',
  now: number,
): CompiledQuery {
  return db
    .updateTable('invite')
    .set({ expires_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .compile()
}

/** What an invite link leads to, while it works; learns the tenant, because the token is all there is. */
export async function findInvite(db: Db, tokenHash: string, now: number) {
  const row = await db
    .selectFrom('invite')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'invite.person_id')
        .onRef('person.workspace_id', '=', 'invite.workspace_id'),
    )
    .innerJoin('workspace', 'workspace.id', 'invite.workspace_id')
    .select([
      'invite.workspace_id',
      'invite.person_id',
      'person.name',
      'person.role',
      'workspace.name as workspace_name',
    ])
    .where('invite.token_hash', '=', tokenHash)
    .where('invite.purpose', '=', 'join')
    .where('invite.used_at', 'is', null)
    .where('invite.expires_at', '>', now)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      workspaceId: row.workspace_id,
      personId: row.person_id,
      name: row.name,
      role: row.role,
      workspaceName: row.workspace_name,
    }
  )
}

export function unusedInvite(workspaceId: string, tokenHash: string, now: number): Guard {
  return sql<SqlBool>`exists (select 1 from invite where workspace_id = ${workspaceId}
    and token_hash = ${tokenHash} and used_at is null and expires_at > ${now})`
}

export function useInvite(
  db: Db,
  workspaceId: string,
  tokenHash: string,
  now: number,
  guard: Guard,
): CompiledQuery {
  return db
    .updateTable('invite')
    .set({ used_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('token_hash', '=', tokenHash)
    .where(guard)
    .compile()
}
