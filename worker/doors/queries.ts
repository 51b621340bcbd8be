import { type CompiledQuery, sql } from 'kysely'

import { SESSION_IDLE_MS } from '#shared/people'

import type { Db } from '../database/open'

/**
 * Who a session cookie belongs to, if it still does. The token is all that is known yet, so
 * this is one of the few queries that learn the tenant instead of naming it.
 */
export async function findSession(db: Db, tokenHash: string, now: number) {
  const row = await db
    .selectFrom('web_session')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'web_session.person_id')
        .onRef('person.workspace_id', '=', 'web_session.workspace_id'),
    )
    .select([
      'web_session.id',
      'web_session.workspace_id',
      'web_session.person_id',
      'web_session.last_seen_at',
      'person.role',
      'person.culture',
    ])
    .where('web_session.token_hash', '=', tokenHash)
    .where('web_session.revoked_at', 'is', null)
    .where('web_session.expires_at', '>', now)
    .where('web_session.last_seen_at', '>', now - SESSION_IDLE_MS)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  return row && { ...toKnown(row), sessionId: row.id, lastSeenAt: row.last_seen_at }
}

/** Who a device's token belongs to, if it still does; learns the tenant like `findSession`. */
export async function findDevice(db: Db, tokenHash: string) {
  const row = await db
    .selectFrom('device')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'device.person_id')
        .onRef('person.workspace_id', '=', 'device.workspace_id'),
    )
    .select([
      'device.id',
      'device.workspace_id',
      'device.person_id',
      'device.last_seen_at',
      'person.role',
      'person.culture',
    ])
    .where('device.token_hash', '=', tokenHash)
    .where('device.revoked_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  return row && { ...toKnown(row), deviceId: row.id, lastSeenAt: row.last_seen_at }
}

/** True for a token that was a browser's once: it was revoked, or its person was removed. */
export async function isRevokedDevice(db: Db, tokenHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('device')
    .select('id')
    .where('device.token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row !== undefined
}

function toKnown<Role>(row: {
  workspace_id: string
  person_id: string
  role: Role
  culture: number
}) {
  return {
    workspaceId: row.workspace_id,
    personId: row.person_id,
    role: row.role,
    culture: row.culture === 1,
  }
}

export function touchSession(
  db: Db,
  workspaceId: string,
  sessionId: string,
  now: number,
): CompiledQuery {
  return db
    .updateTable('web_session')
    .set({ last_seen_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .compile()
}

export function touchDevice(
  db: Db,
  workspaceId: string,
  deviceId: string,
  now: number,
): CompiledQuery {
  return db
    .updateTable('device')
    .set({ last_seen_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', deviceId)
    .where('last_seen_at', '<', now)
    .compile()
}

/**
 * One more try under this key. The window starts with its first try, so nobody gets twice the
 * tries by waiting for a round hour. Returns `used` and `window_start`.
 */
export function spendBudget(db: Db, key: string, windowMs: number, now: number): CompiledQuery {
  const running = db
    .selectFrom('budget')
    .select((eb) => eb.fn.max('window_start').as('window_start'))
    .where('key', '=', key)
    .where('window_start', '>', now - windowMs)
  return db
    .insertInto('budget')
    .values({ key, window_start: sql<number>`coalesce((${running}), ${now})`, used: 1 })
    .onConflict((conflict) =>
      conflict.columns(['key', 'window_start']).doUpdateSet({ used: sql<number>`budget.used + 1` }),
    )
    .returning(['used', 'window_start'])
    .compile()
}

/** Clean-up: budgets that no window reaches back to, and what can no longer be used by anybody. */
export function deleteExpired(db: Db, now: number): CompiledQuery[] {
  const day = 24 * 3_600_000
  return [
    db
      .deleteFrom('budget')
      .where('window_start', '<', now - day)
      .compile(),
    db
      .deleteFrom('challenge')
      .where('expires_at', '<', now - day)
      .compile(),
    db
      .deleteFrom('pairing_code')
      .where('expires_at', '<', now - day)
      .compile(),
    db
      .deleteFrom('invite')
      .where('expires_at', '<', now - day)
      .compile(),
    db
      .deleteFrom('web_session')
      .where('expires_at', '<', now - day)
      .compile(),
  ]
}
