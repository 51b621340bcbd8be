import type { CompiledQuery } from 'kysely'

import { SESSION_IDLE_MS } from '#shared/people'

import type { Db } from '../database/open'

/** Sessions of this person that still open the door, the latest first. */
export async function listSessions(db: Db, workspaceId: string, personId: string, now: number) {
  const rows = await db
    .selectFrom('web_session')
    .select(['id', 'label', 'created_at', 'last_seen_at', 'expires_at'])
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now - SESSION_IDLE_MS)
    .orderBy('last_seen_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }))
}

export function endSession(
  db: Db,
  workspaceId: string,
  personId: string,
  sessionId: string,
  now: number,
): CompiledQuery {
  return db
    .updateTable('web_session')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .compile()
}

export async function listPasskeys(db: Db, workspaceId: string, personId: string) {
  const rows = await db
    .selectFrom('passkey')
    .select(['id', 'name', 'transports', 'created_at', 'last_used_at'])
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    transports: JSON.parse(row.transports) as string[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

export function deletePasskey(
  db: Db,
  workspaceId: string,
  personId: string,
  id: string,
): CompiledQuery {
  return db
    .deleteFrom('passkey')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .compile()
}

export async function countRecoveryCodes(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<number> {
  const row = await db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.left
}
