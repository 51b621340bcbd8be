import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import { DAY_MS } from '#shared/clock'
import type { NewFollowUps } from '#shared/api/follow-up'
import type { FollowUpFacts } from '#shared/follow-up'
import type { Note } from '#shared/note'

import type { Db } from '../database/open'
import { partsOf } from '../placing/queries'

/**
 * What a note promises its customer, inside the batch that brings it; nothing for one that
 * promises nothing.
 *
 * @param fresh holds in that batch, and never again
 */
export function insertFollowUp(
  db: Db,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  { id, owed }: Note,
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  if (owed == null) return []
  const reference = owed.reference === '' ? null : owed.reference
  return [
    sql`
      INSERT INTO follow_up (id, note_id, workspace_id, person_id, seen_through_by, reference, since, due_at)
      SELECT ${id}, ${id}, ${workspaceId}, ${personId}, ${personId}, ${reference}, ${owed.since},
        ${dueAfterDay(workspaceId, sql`${owed.since}`)}
      WHERE ${fresh}
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/**
 * When a clock of 24 hours runs out that starts at `from`, as the workspace's weekends have it.
 *
 * @see #shared/clock, whose `dueAfterDay` this is in SQL
 */
function dueAfterDay(workspaceId: string, from: RawBuilder<unknown>): RawBuilder<number> {
  const runsOn = sql`(SELECT clocks_on_weekends FROM workspace WHERE id = ${workspaceId})`
  // D1 binds every number as a fraction, which would divide as one.
  const start = sql`CAST(${from} AS INTEGER)`
  const length = sql.lit(DAY_MS)
  const day = sql`(${start} / ${length})`
  return sql<number>`(CASE WHEN ${runsOn} = 1 THEN ${start} + ${length} ELSE
    CASE (${day} + 4) % 7 WHEN 5 THEN ${start} + 3 * ${length} WHEN 6 THEN (${day} + 3) * ${length}
      WHEN 0 THEN (${day} + 2) * ${length} ELSE ${start} + ${length} END END)`
}

/**
 * Sets anew which clock of open promises runs out first, from what is known of them.
 *
 * @param which a condition on `follow_up`
 */
export function setDue(db: Db, workspaceId: string, which: RawBuilder<boolean>): CompiledQuery {
  const contact = sql`CASE WHEN first_contact_at IS NULL
    THEN ${dueAfterDay(workspaceId, sql`COALESCE(said_no_at, since)`)} END`
  const fix = sql`CASE WHEN fixed_at IS NOT NULL THEN ${dueAfterDay(workspaceId, sql`fixed_at`)} END`
  return sql`
    UPDATE follow_up SET due_at = CASE WHEN settled_at IS NULL THEN COALESCE(min(${contact}, ${fix}), ${contact}, ${fix}) END
    WHERE workspace_id = ${workspaceId} AND ${which}`.compile(db)
}

/** All clocks of a workspace anew: how its weekends count has changed. */
export function setAllDue(db: Db, workspaceId: string): CompiledQuery {
  return setDue(db, workspaceId, sql<boolean>`due_at IS NOT NULL`)
}

/** Open promises of an entry, and of what was merged into it. */
function openOf(workspaceId: string, entryId: string): RawBuilder<boolean> {
  return sql<boolean>`settled_at IS NULL AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}`
}

/**
 * The fix of an entry is in place: its customers, and those of what was merged into it, are asked
 * within 24 hours. A clock that runs already goes on from where it started.
 *
 * @param at Unix ms
 * @param guard holds in the batch that moves the entry, and never again
 */
export function startFixClocks(
  db: Db,
  workspaceId: string,
  entryId: string,
  at: number,
  guard: RawBuilder<boolean>,
): CompiledQuery[] {
  const open = openOf(workspaceId, entryId)
  return [
    sql`
      UPDATE follow_up SET fixed_at = ${at}, version = version + 1
      WHERE workspace_id = ${workspaceId} AND ${open} AND fixed_at IS NULL AND ${guard}`.compile(
      db,
    ),
    setDue(db, workspaceId, sql<boolean>`${open} AND ${guard}`),
  ]
}

/** The fix did not hold and is worked on again: nobody is asked about it any more. As `startFixClocks`. */
export function stopFixClocks(
  db: Db,
  workspaceId: string,
  entryId: string,
  guard: RawBuilder<boolean>,
): CompiledQuery[] {
  const open = openOf(workspaceId, entryId)
  return [
    sql`
      UPDATE follow_up SET fixed_at = NULL, version = version + 1
      WHERE workspace_id = ${workspaceId} AND ${open} AND fixed_at IS NOT NULL AND ${guard}`.compile(
      db,
    ),
    setDue(db, workspaceId, sql<boolean>`${open} AND ${guard}`),
  ]
}

/** Promises that somebody adds to an entry by hand, with one line of its history. */
export function insertFollowUps(
  db: Db,
  workspaceId: string,
  entryId: string,
  followUps: NewFollowUps['followUps'],
  event: { id: string; actor: string; at: number },
): CompiledQuery[] {
  const [only, ...others] = followUps
  const customer = others.length === 0 ? (only?.customer ?? null) : null
  const list = JSON.stringify(followUps)
  const known = sql`
    EXISTS (SELECT 1 FROM json_each(${list}) AS line CROSS JOIN follow_up
      ON follow_up.id = line.value ->> 'id' AND +follow_up.workspace_id = ${workspaceId})`
  return [
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after)
      SELECT ${event.id}, ${workspaceId}, ${entryId}, ${event.at}, ${event.actor}, 'promise-added',
        ${others.length === 0 ? null : String(followUps.length)}, ${customer}
      WHERE NOT ${known} ON CONFLICT DO NOTHING`.compile(db),
    sql`
      INSERT INTO follow_up (id, workspace_id, entry_id, customer, person_id, seen_through_by, reference, since, due_at)
      SELECT line.value ->> 'id', ${workspaceId}, ${entryId}, line.value ->> 'customer', ${event.actor},
        line.value ->> 'seenThroughBy', NULLIF(line.value ->> 'reference', ''), line.value ->> 'since',
        ${dueAfterDay(workspaceId, sql`line.value ->> 'since'`)}
      FROM json_each(${list}) AS line WHERE true ON CONFLICT DO NOTHING RETURNING id`.compile(db),
  ]
}

/** What an act writes; `facts` are the promise as it is after it. */
export interface WrittenAct {
  id: string
  version: number
  facts: FollowUpFacts
  seenThroughBy: string | null
  reason: string
}

export interface WrittenCorrection {
  id: string
  version: number
  customer: string
  reference: string | null
}

/** The line of history that an act leaves; a later statement asks for its id to know that the act happened. */
export interface ActEvent {
  id: string
  actor: string
  at: number
  what: string
  before: string | null
  after: string | null
  reason: string | null
}

/** Holds where the line of history with this id was written: by this very batch, as nobody else has the id. */
export function isWritten(workspaceId: string, eventId: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM event WHERE event.workspace_id = ${workspaceId} AND event.id = ${eventId})`
}

/**
 * Changes a promise and says so in its entry's history, all or nothing, and only while it has the
 * version that was on screen. Safe to repeat.
 */
export function writeAct(
  db: Db,
  workspaceId: string,
  entryId: string,
  { id, version, facts, ...act }: WrittenAct,
  event: ActEvent,
): CompiledQuery[] {
  const written = isWritten(workspaceId, event.id)
  const contacted = facts.firstContactAt
  return [
    insertActEvent(db, workspaceId, entryId, { id, version }, event),
    sql`
      UPDATE follow_up SET said_no_at = ${facts.saidNoAt}, first_contact_at = ${contacted},
        first_contact_by = CASE WHEN ${contacted} IS NULL THEN NULL WHEN first_contact_at IS NULL THEN ${event.actor}
          ELSE first_contact_by END, fixed_at = ${facts.fixedAt}, settled_at = ${facts.settledAt},
        settled_by = ${facts.settledAt === null ? null : event.actor}, outcome = ${facts.outcome}, reason = ${act.reason},
        on_the_spot = ${facts.onTheSpot ? 1 : 0}, seen_through_by = ${act.seenThroughBy}, version = ${version + 1}
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND version = ${version} AND ${written}`.compile(
      db,
    ),
    setDue(db, workspaceId, sql<boolean>`id = ${id} AND ${written}`),
  ]
}

/** Writes who it is and the desk tool's number anew, and nothing else. As `writeAct`. */
export function writeCorrection(
  db: Db,
  workspaceId: string,
  entryId: string,
  { id, version, customer, reference }: WrittenCorrection,
  event: ActEvent,
): CompiledQuery[] {
  return [
    insertActEvent(db, workspaceId, entryId, { id, version }, event),
    sql`
      UPDATE follow_up SET customer = ${customer}, reference = ${reference}, version = ${version + 1}
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND version = ${version}
        AND ${isWritten(workspaceId, event.id)}`.compile(db),
  ]
}

/** The line of history of an act, while the promise has the version that was on screen. */
function insertActEvent(
  db: Db,
  workspaceId: string,
  entryId: string,
  { id, version }: { id: string; version: number },
  event: ActEvent,
): CompiledQuery {
  return sql`
    INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
    SELECT ${event.id}, ${workspaceId}, ${entryId}, ${event.at}, ${event.actor}, ${event.what}, ${event.before},
      ${event.after}, ${event.reason}
    WHERE EXISTS (SELECT 1 FROM follow_up
      WHERE follow_up.workspace_id = ${workspaceId} AND follow_up.id = ${id} AND version = ${version})
    ON CONFLICT DO NOTHING`.compile(db)
}

/** @param settledBefore Unix ms */
export function forgetReferences(db: Db, settledBefore: number, limit: number): CompiledQuery {
  return sql`
    UPDATE follow_up SET reference = NULL
    WHERE id IN (
      SELECT id FROM follow_up
      WHERE settled_at < ${settledBefore} AND settled_at IS NOT NULL AND reference IS NOT NULL LIMIT ${limit})`.compile(
    db,
  )
}
