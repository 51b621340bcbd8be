import { hashOf } from '../doors/tokens'

/** Everything that leaves a row; codes, never words. */
export type AuditWhat =
  | 'workspace.created'
  | 'workspace.changed'
  | 'sign-in'
  | 'sign-in.failed'
  | 'sign-out'
  | 'session.ended'
  | 'passkey.added'
  | 'passkey.removed'
  | 'recovery-codes.made'
  | 'person.added'
  | 'person.changed'
  | 'person.removed'
  | 'person.joined'
  | 'invite.made'
  | 'sign-in-code.made'
  | 'pairing.asked'
  | 'device.paired'
  | 'device.revoked'
  | 'picture.viewed'
  | 'service.added'
  | 'service.changed'
  | 'entries.exported'
  | 'entries.imported'
  | 'menu-design.imported'
  | 'menu-design.removed'
  | 'denied'

/** Ids, codes and numbers only: what somebody typed never gets here. */
export type AuditDetail = Record<string, string | number | boolean | null>

/** One row of the log; `at` is Unix ms on the server's clock. */
export interface AuditRow {
  workspaceId: string
  /** Counts from 1 in each workspace, without gaps. */
  number: number
  at: number
  /** A person's id, or `nobody` before one is known. */
  actor: string
  what: string
  /** AuditDetail as JSON. */
  detail: string
  previousHash: string
  hash: string
}

/** What stands before the first row. */
export const CHAIN_START = ''

/** SHA-256 over the row and the hash before it, so that no row can change or go without the rest changing. */
export async function hashRow(row: Omit<AuditRow, 'hash'>): Promise<string> {
  return hashOf(
    JSON.stringify([
      row.workspaceId,
      row.number,
      row.at,
      row.actor,
      row.what,
      row.detail,
      row.previousHash,
    ]),
  )
}

/**
 * The number of the first row that does not follow from the one before it.
 *
 * @param rows in order, without the workspace's earlier ones only if `after` says where those ended
 * @returns undefined when the chain holds
 */
export async function findBreak(
  rows: readonly AuditRow[],
  after: Pick<AuditRow, 'number' | 'hash'> = { number: 0, hash: CHAIN_START },
): Promise<number | undefined> {
  let previous = after
  for (const row of rows) {
    const follows = row.number === previous.number + 1 && row.previousHash === previous.hash
    if (!follows || row.hash !== (await hashRow(row))) return row.number
    previous = row
  }
  return undefined
}
