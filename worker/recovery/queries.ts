import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import { type FollowUp, FOLLOW_UPS_A_PAGE, type OpenCount } from '#shared/api/follow-up'
import type { FollowUpFacts } from '#shared/follow-up'
import type { EntryState } from '#shared/sync'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { partsOf } from '../placing/queries'

/** A promise with what the doors need beside what they answer. */
export interface Found {
  followUp: FollowUp
  facts: FollowUpFacts
  /** The entry that shows it, whichever its note was merged from; null while that is open. */
  entryId: string | null
}

interface Row {
  id: string
  customer: string
  reference: string | null
  entry_id: string | null
  number: number | null
  title: string | null
  state: EntryState | null
  promised_by: string | null
  seen_through_by: string | null
  seen_through_name: string | null
  since: number
  said_no_at: number | null
  first_contact_at: number | null
  fixed_at: number | null
  settled_at: number | null
  due_at: number | null
  outcome: FollowUp['outcome']
  reason: string
  on_the_spot: number
  version: number
}

/** @param which conditions on `promise`, its order and its limit */
function selectPromises(db: Db, workspaceId: string, which: RawBuilder<unknown>): CompiledQuery {
  return sql`
    SELECT promise.id, promise.customer, promise.reference, root.id AS entry_id, root.number, root.title, root.state,
      promiser.name AS promised_by, promise.seen_through_by, keeper.name AS seen_through_name, promise.since,
      promise.said_no_at, promise.first_contact_at, promise.fixed_at, promise.settled_at, promise.due_at,
      promise.outcome, promise.reason, promise.on_the_spot, promise.version
    FROM follow_up AS promise
    LEFT JOIN entry AS own ON own.id = promise.entry_id AND +own.workspace_id = ${workspaceId}
    LEFT JOIN entry AS root ON root.id = COALESCE(own.merged_into, own.id) AND +root.workspace_id = ${workspaceId}
    LEFT JOIN person AS promiser ON promiser.id = promise.person_id AND +promiser.workspace_id = ${workspaceId}
    LEFT JOIN person AS keeper ON keeper.id = promise.seen_through_by AND +keeper.workspace_id = ${workspaceId}
    WHERE promise.workspace_id = ${workspaceId} AND ${which}`.compile(db)
}

function toFound(row: Row): Found {
  const facts: FollowUpFacts = {
    since: row.since,
    saidNoAt: row.said_no_at,
    firstContactAt: row.first_contact_at,
    fixedAt: row.fixed_at,
    settledAt: row.settled_at,
    outcome: row.outcome,
    onTheSpot: row.on_the_spot === 1,
  }
  return {
    followUp: {
      id: row.id,
      customer: row.customer,
      reference: row.reference,
      entry:
        row.number === null || row.title === null || row.state === null
          ? null
          : { number: row.number, title: row.title, state: row.state },
      promisedBy: row.promised_by ?? '',
      seenThroughBy:
        row.seen_through_by === null
          ? null
          : { id: row.seen_through_by, name: row.seen_through_name ?? '' },
      ...facts,
      dueAt: row.due_at,
      reason: row.reason,
      version: row.version,
    },
    facts,
    entryId: row.entry_id,
  }
}

const toFollowUp = (row: unknown): FollowUp => toFound(row as Row).followUp

export async function findFollowUp(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  id: string,
): Promise<Found | undefined> {
  const [found] = await readAll(d1, [selectPromises(db, workspaceId, sql`promise.id = ${id}`)])
  const row = found?.rows[0]
  return row && toFound(row as unknown as Row)
}

/** Where the due list goes on: behind a clock, or, once those are through, behind a complaint. */
export type DueKey = readonly [list: 'due' | 'fix', at: number, id: string]

export interface Listed {
  /** One more than fits, where there are more. */
  followUps: FollowUp[]
  people: { id: string; name: string }[]
  clocksOnWeekends: boolean
}

/** Open promises: what runs out first, then what waits for a fix, the oldest first. */
export async function listDue(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  after: DueKey | undefined,
): Promise<Listed> {
  const limit = FOLLOW_UPS_A_PAGE + 1
  const [list, at, id] = after ?? ['due', Number.MIN_SAFE_INTEGER, '']
  const behind = (column: string) =>
    sql`(${sql.ref(`promise.${column}`)}, promise.id) > (${at}, ${id})`
  const due = selectPromises(
    db,
    workspaceId,
    sql`promise.due_at IS NOT NULL AND ${list === 'due' ? behind('due_at') : sql`1 = 0`}
      ORDER BY promise.due_at, promise.id LIMIT ${limit}`,
  )
  const forFix = selectPromises(
    db,
    workspaceId,
    sql`promise.settled_at IS NULL AND promise.due_at IS NULL AND ${list === 'fix' ? behind('since') : sql`1 = 1`}
      ORDER BY promise.since, promise.id LIMIT ${limit}`,
  )
  const [first, second, ...around] = await readAll(d1, [
    due,
    forFix,
    ...aroundLists(db, workspaceId),
  ])
  const rows = [...(first?.rows ?? []), ...(second?.rows ?? [])].slice(0, limit)
  return { followUps: rows.map(toFollowUp), ...toAround(around) }
}

/** Where the list of one entry goes on: open ones come first. */
export type EntryKey = readonly [settled: number, since: number, id: string]

/** Promises of an entry and of what was merged into it. */
export async function listOfEntry(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  entryId: string,
  after: EntryKey | undefined,
): Promise<Listed> {
  const order = sql`(promise.settled_at IS NOT NULL), promise.since, promise.id`
  const behind = after ? sql`(${order}) > (${after[0]}, ${after[1]}, ${after[2]})` : sql`1 = 1`
  const [list, ...around] = await readAll(d1, [
    selectPromises(
      db,
      workspaceId,
      sql`promise.entry_id IN ${partsOf(workspaceId, sql`${entryId}`)} AND ${behind}
        ORDER BY ${order} LIMIT ${FOLLOW_UPS_A_PAGE + 1}`,
    ),
    ...aroundLists(db, workspaceId),
  ])
  return { followUps: (list?.rows ?? []).map(toFollowUp), ...toAround(around) }
}

/** Who may see a promise through, and how the clocks run. */
function aroundLists(db: Db, workspaceId: string): CompiledQuery[] {
  return [
    db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('workspace_id', '=', workspaceId)
      .where('removed_at', 'is', null)
      .where('role', 'in', ['owner', 'admin', 'reviewer'])
      .orderBy('name')
      .limit(200)
      .compile(),
    db.selectFrom('workspace').select('clocks_on_weekends').where('id', '=', workspaceId).compile(),
  ]
}

function toAround([people, workspace]: { rows: Record<string, unknown>[] }[]) {
  return {
    people: (people?.rows ?? []) as unknown as Listed['people'],
    clocksOnWeekends: workspace?.rows[0]?.['clocks_on_weekends'] === 1,
  }
}

const COUNT_MAX = 1_000

/** @param now Unix ms */
export async function countOpen(db: Db, workspaceId: string, now: number): Promise<OpenCount> {
  const { rows } = await sql<OpenCount>`
    SELECT (SELECT count(*) FROM (
        SELECT 1 FROM follow_up WHERE workspace_id = ${workspaceId} AND settled_at IS NULL LIMIT ${COUNT_MAX})) AS open,
      (SELECT count(*) FROM (
        SELECT 1 FROM follow_up WHERE workspace_id = ${workspaceId} AND due_at < ${now} LIMIT ${COUNT_MAX})) AS late`.execute(
    db,
  )
  return rows[0] ?? { open: 0, late: 0 }
}

/**
 * Customers who were asked since a time, by their last answer.
 *
 * @param since Unix ms
 */
export async function countAnswers(
  db: Db,
  workspaceId: string,
  since: number,
): Promise<{ satisfied: number; asked: number }> {
  const { rows } = await sql<{ yes: number; no: number }>`
    SELECT (SELECT count(*) FROM follow_up
        WHERE workspace_id = ${workspaceId} AND settled_at >= ${since} AND outcome = 'satisfied') AS yes,
      (SELECT count(*) FROM follow_up
        WHERE workspace_id = ${workspaceId} AND said_no_at >= ${since} AND settled_at IS NULL) AS no`.execute(
    db,
  )
  const { yes, no } = rows[0] ?? { yes: 0, no: 0 }
  return { satisfied: yes, asked: yes + no }
}

/** How many promises an entry has, with those of what was merged into it. */
export async function countOfEntry(db: Db, workspaceId: string, entryId: string): Promise<number> {
  const { rows } = await sql<{ promises: number }>`
    SELECT count(*) AS promises FROM follow_up
    WHERE workspace_id = ${workspaceId} AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}`.execute(
    db,
  )
  return rows[0]?.promises ?? 0
}

/** Of these people, who may see promises through; with their names. */
export async function findKeepers(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT person.id, person.name FROM json_each(${JSON.stringify(ids)}) AS asked
    CROSS JOIN person ON person.id = asked.value AND +person.workspace_id = ${workspaceId}
    WHERE person.removed_at IS NULL AND person.role IN ('owner', 'admin', 'reviewer')`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** One row where the line of history with this id was written. */
export function findEvent(db: Db, workspaceId: string, eventId: string): CompiledQuery {
  return sql`SELECT id FROM event WHERE workspace_id = ${workspaceId} AND id = ${eventId}`.compile(
    db,
  )
}
