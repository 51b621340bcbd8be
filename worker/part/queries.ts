import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { DecisionWhat } from '#shared/api/triage'

import type { Db } from '../database/open'

/** One part of a decision, about to be written. */
export interface Part {
  workspaceId: string
  personId: string
  decisionId: string
  what: DecisionWhat
  /** From 0; a decision about many notes has several. */
  number: number
  /** The decision that this one takes back. */
  undoes: string | null
  /** Made in the order of the plan's events. */
  eventIds: readonly string[]
}

/** What a decision changes, one thing each; with what was there before, it is also how to take it back. */
export type StepKind =
  | 'opened'
  | 'place'
  | 'mark'
  | 'proposal'
  | 'never'
  | 'merge'
  | 'state'
  | 'title'
  | 'service'
  | 'alias'

/** Ids and codes only: words that somebody takes back must not be left here. */
export interface Step {
  kind: StepKind
  noteId: string | null
  entryId: string | null
  before: string | null
  after: string | null
}

/** A line of an entry's history. What `…Of` names is written as that entry's number. */
export interface PlannedEvent {
  /** Where something has to find it again. */
  id?: string
  entryId: string
  what: string
  before?: string | null
  after?: string | null
  beforeOf?: string
  afterOf?: string
  reason?: string
}

/** What a part leaves to be read: history, and the answer when it is asked for again. */
interface Told {
  at: number
  touched: readonly { id: string; version: number | null }[]
  events: readonly PlannedEvent[]
  done: readonly string[]
  failed: readonly { noteId: string | null; entryId: string | null; code: string }[]
}

const ENTRIES_NAMED = 10

const each = (values: readonly unknown[]) => sql`json_each(${JSON.stringify(values)})`

/** Holds inside the batch that writes this part, and never again. */
export function isFreshPart({ workspaceId, decisionId, number }: Part): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (
    SELECT 1 FROM decision_part
    WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId} AND part = ${number} AND fresh = 1)`
}

/** The decision, and its part, which is what every statement after them asks for. */
export function openPart(
  db: Db,
  part: Part,
  { at, touched }: Pick<Told, 'at' | 'touched'>,
): CompiledQuery[] {
  const { workspaceId, personId, decisionId, what, number, undoes } = part
  const read = touched.filter(({ version }) => version !== null)
  const unchanged = sql`${read.length} = (
    SELECT count(*) FROM ${each(read)} AS known CROSS JOIN entry
      ON entry.workspace_id = ${workspaceId} AND entry.id = known.value ->> 'id'
      AND entry.version = known.value ->> 'version')`
  return [
    sql`
      INSERT INTO decision (workspace_id, id, person_id, what, at, undoes)
      SELECT ${workspaceId}, ${decisionId}, ${personId}, ${what}, ${at}, ${undoes} WHERE ${unchanged}
      ON CONFLICT DO NOTHING`.compile(db),
    sql`
      INSERT INTO decision_part (workspace_id, decision_id, part, fresh)
      SELECT workspace_id, id, ${number}, 1 FROM decision
      WHERE workspace_id = ${workspaceId} AND id = ${decisionId} AND person_id = ${personId} AND what = ${what}
        AND undone_at IS NULL AND ${unchanged}
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/** What it changes, so that it can be taken back. */
export function rememberSteps(db: Db, part: Part, steps: readonly Step[]): CompiledQuery[] {
  const { workspaceId, decisionId, number } = part
  return [
    sql`
      INSERT INTO decision_step (workspace_id, decision_id, part, number, kind, note_id, entry_id, before, after)
      SELECT ${workspaceId}, ${decisionId}, ${number}, key, value ->> 'kind', value ->> 'noteId', value ->> 'entryId',
        value ->> 'before', value ->> 'after'
      FROM ${each(steps)} WHERE ${isFreshPart(part)}`.compile(db),
  ]
}

/** History, and what the answer is read from when it is asked for again. */
export function tell(db: Db, part: Part, plan: Told): CompiledQuery[] {
  const { workspaceId, decisionId, number, personId, eventIds } = part
  const fresh = isFreshPart(part)
  const numberOf = (field: string) => sql`(
    SELECT CAST(other.number AS TEXT) FROM entry AS other
    WHERE other.workspace_id = ${workspaceId} AND other.id = value ->> ${field})`
  const events = plan.events.map((event, index) => ({ id: eventIds[index], ...event }))
  const notes = [
    ...plan.done.map((noteId) => ({ noteId, code: null })),
    ...plan.failed.filter(({ noteId }) => noteId !== null),
  ]
  const entries = [
    ...plan.failed.flatMap(({ entryId: id, code }) => (id === null ? [] : { id, code })),
    ...plan.touched.slice(0, ENTRIES_NAMED).map(({ id }) => ({ id, code: null })),
  ]
  return [
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT value ->> 'id', ${workspaceId}, value ->> 'entryId', ${plan.at}, ${personId}, value ->> 'what',
        COALESCE(value ->> 'before', ${numberOf('beforeOf')}), COALESCE(value ->> 'after', ${numberOf('afterOf')}),
        value ->> 'reason'
      FROM ${each(events)} WHERE ${fresh}`.compile(db),
    sql`
      INSERT INTO decision_note (workspace_id, decision_id, number, note_id, code)
      SELECT ${workspaceId}, ${decisionId}, ${number * 1_000} + key, value ->> 'noteId', value ->> 'code'
      FROM ${each(notes)} WHERE ${fresh}`.compile(db),
    sql`
      INSERT INTO decision_entry (workspace_id, decision_id, entry_id, code)
      SELECT ${workspaceId}, ${decisionId}, value ->> 'id', value ->> 'code' FROM ${each(entries)} WHERE ${fresh}
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/** From here on it has happened. The last statement gives a row when it has, now or before. */
export function closePart(db: Db, part: Part, at: number): CompiledQuery[] {
  const { workspaceId, decisionId, number, undoes } = part
  return [
    sql`
      UPDATE decision SET undone_at = ${at}
      WHERE workspace_id = ${workspaceId} AND id = ${undoes} AND undone_at IS NULL AND ${isFreshPart(part)}`.compile(
      db,
    ),
    sql`
      UPDATE decision_part SET fresh = 0
      WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId} AND part = ${number}`.compile(
      db,
    ),
    sql`
      SELECT 1 AS written FROM decision_part
      WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId} AND part = ${number}`.compile(
      db,
    ),
  ]
}
