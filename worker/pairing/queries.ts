import { type CompiledQuery, type SqlBool, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'

interface NewPairingCode {
  id: string
  codeHash: string
  workspaceId: string
  personId: string
  createdBy: string
  createdAt: number
  expiresAt: number
}

/** One at a time: the person's earlier code that nobody used stops working. */
export function replacePairingCode(db: Db, code: NewPairingCode): CompiledQuery[] {
  return [
    db
      .updateTable('pairing_code')
      .set({ expires_at: code.createdAt })
      .where('workspace_id', '=', code.workspaceId)
      .where('person_id', '=', code.personId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', code.createdAt)
      .compile(),
    db
      .insertInto('pairing_code')
      .values({
        id: code.id,
        code_hash: code.codeHash,
        workspace_id: code.workspaceId,
        person_id: code.personId,
        created_by: code.createdBy,
        created_at: code.createdAt,
        expires_at: code.expiresAt,
      })
      .compile(),
  ]
}

export async function findPairing(db: Db, workspaceId: string, id: string) {
  const row = await db
    .selectFrom('pairing_code')
    .leftJoin('device', (join) =>
      join
        .onRef('device.id', '=', 'pairing_code.device_id')
        .onRef('device.workspace_id', '=', 'pairing_code.workspace_id'),
    )
    .select([
      'pairing_code.person_id',
      'pairing_code.expires_at',
      'device.id as device_id',
      'device.name',
    ])
    .where('pairing_code.workspace_id', '=', workspaceId)
    .where('pairing_code.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      personId: row.person_id,
      expiresAt: row.expires_at,
      device:
        row.device_id === null || row.name === null ? null : { id: row.device_id, name: row.name },
    }
  )
}

/** Whose code this is, while it works; learns the tenant, because the code is all there is. */
export async function findPairingCode(db: Db, codeHash: string, now: number) {
  const row = await db
    .selectFrom('pairing_code')
    .select(['workspace_id', 'person_id'])
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && { workspaceId: row.workspace_id, personId: row.person_id }
}

interface NewDevice {
  id: string
  workspaceId: string
  personId: string
  tokenHash: string
  name: string
  createdAt: number
}

/** Connects a browser, if its code is still unused and its person still there. */
export function insertDevice(db: Db, device: NewDevice, codeHash: string): CompiledQuery {
  const unusedCode = sql<SqlBool>`exists (select 1 from pairing_code where workspace_id = ${device.workspaceId}
    and code_hash = ${codeHash} and used_at is null and expires_at > ${device.createdAt})`
  return db
    .insertInto('device')
    .columns([
      'id',
      'workspace_id',
      'person_id',
      'token_hash',
      'name',
      'created_at',
      'last_seen_at',
    ])
    .expression(
      db
        .selectFrom('person')
        .select(({ val }) => [
          val(device.id).as('id'),
          'workspace_id',
          'person.id as person_id',
          val(device.tokenHash).as('token_hash'),
          val(device.name).as('name'),
          val(device.createdAt).as('created_at'),
          val(device.createdAt).as('last_seen_at'),
        ])
        .where('workspace_id', '=', device.workspaceId)
        .where('person.id', '=', device.personId)
        .where('removed_at', 'is', null)
        .where(unusedCode),
    )
    .compile()
}

/** That this batch connected its browser. */
export function hasDevice({ workspaceId, id }: Pick<NewDevice, 'workspaceId' | 'id'>): Guard {
  return sql<SqlBool>`exists (select 1 from device where workspace_id = ${workspaceId} and id = ${id})`
}

export function usePairingCode(db: Db, device: NewDevice, codeHash: string): CompiledQuery {
  return db
    .updateTable('pairing_code')
    .set({ used_at: device.createdAt, device_id: device.id })
    .where('workspace_id', '=', device.workspaceId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where(hasDevice(device))
    .compile()
}

/** Connected browsers, of one person or of everybody, the one seen last first. */
export async function listDevices(db: Db, workspaceId: string, personId?: string) {
  const all = selectDevices(db, workspaceId).orderBy('device.last_seen_at', 'desc')
  const rows = await (
    personId === undefined ? all : all.where('device.person_id', '=', personId)
  ).execute()
  return rows.map(toDevice)
}

export async function findConnectedDevice(db: Db, workspaceId: string, id: string) {
  const row = await selectDevices(db, workspaceId).where('device.id', '=', id).executeTakeFirst()
  return row && toDevice(row)
}

function selectDevices(db: Db, workspaceId: string) {
  return db
    .selectFrom('device')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'device.person_id')
        .onRef('person.workspace_id', '=', 'device.workspace_id'),
    )
    .select([
      'device.id',
      'device.name',
      'device.person_id',
      'person.name as person_name',
      'device.created_at',
      'device.last_seen_at',
      'device.last_sent_at',
    ])
    .where('device.workspace_id', '=', workspaceId)
    .where('device.revoked_at', 'is', null)
}

function toDevice(row: {
  id: string
  name: string
  person_id: string
  person_name: string
  created_at: number
  last_seen_at: number
  last_sent_at: number | null
}) {
  return {
    id: row.id,
    name: row.name,
    person: { id: row.person_id, name: row.person_name },
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    lastSentAt: row.last_sent_at,
  }
}

export function revokeDevice(db: Db, workspaceId: string, id: string, now: number): CompiledQuery {
  return db
    .updateTable('device')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .compile()
}
