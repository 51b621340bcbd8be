import { type CompiledQuery, type Expression, type SqlBool, sql } from 'kysely'

import type { Db } from '../database/open'
import { once } from '../database/patience'
import { writeAll, type Written } from '../database/write-all'
import { type AuditDetail, type AuditRow, type AuditWhat, CHAIN_START, hashRow } from './chain'

/** Who did what, for the log. */
export interface Act {
  workspaceId: string
  actor: string
  what: AuditWhat
  detail: AuditDetail
  /** Unix ms. */
  at: number
  /** The row is only written if this holds after the act's statements, for acts that may come too late. */
  onlyIf?: Guard
}

/** A condition that a queries.ts makes and a handler only passes on. */
export type Guard = Expression<SqlBool>

/** The guard of what needs none. */
export const always: Guard = sql<SqlBool>`1 = 1`

/** Rounds against others who write to the same workspace's log; two D1 calls each. */
const ROUNDS = 15

/**
 * Does the statements and writes their row of the log, in one batch: neither happens without
 * the other. The row names the hash before it; if somebody else was faster, the batch fails as
 * a whole and is tried again behind theirs.
 *
 * @returns what each statement did, without the log's own
 */
export async function writeAudited(
  d1: D1Database,
  db: Db,
  act: Act,
  statements: readonly CompiledQuery[] = [],
): Promise<Written[]> {
  for (let round = 1; ; round += 1) {
    const row = await nextRow(db, act)
    try {
      // Once: a repeat would meet its own row, take it for somebody else's and act a second time.
      const batch = [...statements, insertAuditRow(db, row, act.onlyIf)]
      const written = await writeAll(d1, batch, once)
      return written.slice(0, -1)
    } catch (error) {
      if (!isOvertaken(error) || round === ROUNDS) throw error
      await pause(Math.random() * 10 * round)
    }
  }
}

async function nextRow(db: Db, act: Act): Promise<AuditRow> {
  const head = await db
    .selectFrom('audit')
    .select(['number', 'hash'])
    .where('workspace_id', '=', act.workspaceId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    workspaceId: act.workspaceId,
    number: (head?.number ?? 0) + 1,
    at: act.at,
    actor: act.actor,
    what: act.what,
    detail: JSON.stringify(act.detail),
    previousHash: head?.hash ?? CHAIN_START,
  }
  return { ...row, hash: await hashRow(row) }
}

/** Fails the batch when the row's number is taken; the table's trigger checks the hash before it. */
function insertAuditRow(db: Db, row: AuditRow, onlyIf: Guard = always): CompiledQuery {
  return db
    .insertInto('audit')
    .columns(['workspace_id', 'number', 'at', 'actor', 'what', 'detail', 'previous_hash', 'hash'])
    .expression(
      db
        .selectNoFrom(({ val }) => [
          val(row.workspaceId).as('workspace_id'),
          val(row.number).as('number'),
          val(row.at).as('at'),
          val(row.actor).as('actor'),
          val(row.what).as('what'),
          val(row.detail).as('detail'),
          val(row.previousHash).as('previous_hash'),
          val(row.hash).as('hash'),
        ])
        .where(onlyIf),
    )
    .compile()
}

function isOvertaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    /the audit chain has moved on|UNIQUE constraint failed: audit\./.test(error.message)
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Rows after `number`, oldest first. */
export async function listAuditAfter(
  db: Db,
  workspaceId: string,
  number: number,
  limit: number,
): Promise<AuditRow[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(toAuditRow)
}

/** Rows before `number`, newest first: a page of the log. */
export async function listAuditBefore(
  db: Db,
  workspaceId: string,
  number: number,
  limit: number,
): Promise<AuditRow[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toAuditRow)
}

function toAuditRow(row: {
  workspace_id: string
  number: number
  at: number
  actor: string
  what: string
  detail: string
  previous_hash: string
  hash: string
}): AuditRow {
  return {
    workspaceId: row.workspace_id,
    number: row.number,
    at: row.at,
    actor: row.actor,
    what: row.what,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
