import { type CompiledQuery, sql } from 'kysely'
import * as v from 'valibot'

import type { EntryRow } from '#shared/api/register'
import type { DecisionRecord } from '#shared/api/triage'

import type { Db } from '../database/open'
import { type Written, readAll } from '../database/write-all'
import { type SelectedEntry, selectEntryRows, toEntryRow } from '../register/queries'

const ENTRIES_SHOWN = 10
/** Of a part, besides pairs that stay apart: an undo has to read all of it. */
const STEPS_MAX = 5_000

/** What is known of a decision before it is made, or made again. */
export interface KnownDecision {
  personId: string
  what: string
  at: number
  undoes: string | null
  undoneAt: number | null
  /** Parts that were written. */
  parts: ReadonlySet<number>
  /** The decision that takes it back. */
  undoneBy: string | null
}

export function knownQueries(db: Db, workspaceId: string, decisionId: string): CompiledQuery[] {
  return [
    sql`
      SELECT person_id, what, at, undoes, undone_at, (
        SELECT undo.id FROM decision AS undo
        WHERE undo.workspace_id = ${workspaceId} AND undo.undoes = ${decisionId}) AS undone_by
      FROM decision WHERE workspace_id = ${workspaceId} AND id = ${decisionId}`.compile(db),
    sql`
      SELECT part FROM decision_part WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId}
      ORDER BY part`.compile(db),
  ]
}

const KnownRow = v.object({
  person_id: v.string(),
  what: v.string(),
  at: v.number(),
  undoes: v.nullable(v.string()),
  undone_at: v.nullable(v.number()),
  undone_by: v.nullable(v.string()),
})

/** @returns undefined where there is no such decision */
export function toKnown([decision, parts]: readonly Written[]): KnownDecision | undefined {
  if (decision?.rows[0] === undefined) return undefined
  const row = v.parse(KnownRow, decision.rows[0])
  return {
    personId: row.person_id,
    what: row.what,
    at: row.at,
    undoes: row.undoes,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
    parts: new Set((parts?.rows ?? []).map(({ part }) => Number(part))),
  }
}

/** A step as `readSteps` gives it, by part. */
export interface RecordedStep {
  part: number
  kind: string
  noteId: string | null
  entryId: string | null
  before: string | null
  after: string | null
}

export interface ReadSteps {
  steps: RecordedStep[]
  renamed: Map<string, { before: string | null; after: string | null }>
  services: Map<string, string>
  /** When another note was last placed in an entry that this decision opened again. */
  lastPlaced: Map<string, number>
  /** Entries whose state this decision changed, and somebody else since, even if back to the same one. */
  movedSince: Set<string>
}

const rowsOf = <Row>(read: Written | undefined) => (read?.rows ?? []) as unknown as Row[]

/** What a decision did, as far as undoing it has to know. */
export async function readSteps(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  decisionId: string,
): Promise<ReadSteps> {
  const of = (kind: string) => sql`
    decision_step AS step WHERE step.workspace_id = ${workspaceId} AND step.decision_id = ${decisionId}
      AND step.kind = ${kind}`
  const [steps, renamed, services, placed, moved] = await readAll(d1, [
    sql`
      SELECT part, kind, note_id AS noteId, entry_id AS entryId, before, after FROM decision_step
      WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId} AND kind <> 'never'
      ORDER BY part, number LIMIT ${STEPS_MAX}`.compile(db),
    sql`
      SELECT id, before, after FROM event
      WHERE +workspace_id = ${workspaceId} AND id IN (SELECT step.after FROM ${of('title')})`.compile(
      db,
    ),
    sql`
      SELECT id, name FROM service
      WHERE +workspace_id = ${workspaceId} AND id IN (SELECT step.before FROM ${of('service')})`.compile(
      db,
    ),
    sql`
      SELECT entry_id AS id, max(at) AS at FROM entry_note
      WHERE workspace_id = ${workspaceId} AND current = 1
        AND entry_id IN (SELECT step.entry_id FROM ${of('state')} AND step.after = 'reopened')
        AND note_id NOT IN (SELECT step.note_id FROM ${of('place')})
      GROUP BY entry_id`.compile(db),
    sql`
      SELECT step.entry_id AS id FROM ${of('state')} GROUP BY step.entry_id
      HAVING count(*) < (
        SELECT count(*) FROM event WHERE event.workspace_id = ${workspaceId} AND event.entry_id = step.entry_id
          AND event.what IN ('state', 'declined', 'reopened', 'shared') AND event.at >= (
            SELECT at FROM decision WHERE workspace_id = ${workspaceId} AND id = ${decisionId}))`.compile(
      db,
    ),
  ])
  type Renamed = { id: string; before: string | null; after: string | null }
  return {
    steps: rowsOf<RecordedStep>(steps),
    renamed: new Map(rowsOf<Renamed>(renamed).map(({ id, ...titles }) => [id, titles])),
    services: new Map(
      rowsOf<{ id: string; name: string }>(services).map(({ id, name }) => [id, name]),
    ),
    lastPlaced: new Map(rowsOf<{ id: string; at: number }>(placed).map(({ id, at }) => [id, at])),
    movedSince: new Set(rowsOf<{ id: string }>(moved).map(({ id }) => id)),
  }
}

/** Selects decisions as `toRecord` reads them; conditions and order are the caller's. */
function selectRecords(workspaceId: string) {
  return sql`
    SELECT id, what, at, undoes, undone_at,
      (SELECT count(*) FROM decision_note AS named
        WHERE named.workspace_id = ${workspaceId} AND named.decision_id = decision.id AND named.code IS NULL) AS notes,
      (SELECT json_group_array(number) FROM (
        SELECT DISTINCT COALESCE(target.number, entry.number) AS number FROM decision_entry AS touched
        CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = touched.entry_id
        LEFT JOIN entry AS target ON target.workspace_id = ${workspaceId} AND target.id = entry.merged_into
        WHERE touched.workspace_id = ${workspaceId} AND touched.decision_id = decision.id
        ORDER BY 1 LIMIT ${ENTRIES_SHOWN})) AS numbers
    FROM decision WHERE workspace_id = ${workspaceId}`
}

const RecordRow = v.object({
  id: v.string(),
  what: v.string(),
  at: v.number(),
  undoes: v.nullable(v.string()),
  undone_at: v.nullable(v.number()),
  notes: v.number(),
  numbers: v.pipe(v.string(), v.parseJson(), v.array(v.number())),
})

function toRecord(row: unknown): DecisionRecord {
  const { undone_at, numbers, ...record } = v.parse(RecordRow, row)
  return { ...record, entries: numbers, undoneAt: undone_at }
}

/** Decisions of one person, newest first, behind the one that `after` names. */
export async function listDecisionsOf(
  db: Db,
  workspaceId: string,
  personId: string,
  { after, limit }: { after: readonly [at: number, id: string] | undefined; limit: number },
): Promise<DecisionRecord[]> {
  const behind = after === undefined ? sql`1 = 1` : sql`(at, id) < (${after[0]}, ${after[1]})`
  const { rows } = await sql`
    ${selectRecords(workspaceId)} AND person_id = ${personId} AND ${behind}
    ORDER BY at DESC, id DESC LIMIT ${limit}`.execute(db)
  return rows.map(toRecord)
}

/** What became of a decision. */
export interface ReadOutcome {
  decision: DecisionRecord
  notes: { noteId: string; code: string | null }[]
  entries: { number: number; code: string }[]
  /** As they are now. */
  touched: EntryRow[]
}

export async function readOutcome(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  decisionId: string,
): Promise<ReadOutcome | undefined> {
  const named = sql`
    (SELECT * FROM decision_entry WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId}) AS touched
    CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = touched.entry_id`
  const [decision, notes, entries, touched] = await readAll(d1, [
    sql`${selectRecords(workspaceId)} AND id = ${decisionId}`.compile(db),
    sql`
      SELECT note_id AS noteId, code FROM decision_note
      WHERE workspace_id = ${workspaceId} AND decision_id = ${decisionId} ORDER BY number`.compile(
      db,
    ),
    sql`SELECT entry.number, touched.code FROM ${named} WHERE touched.code IS NOT NULL ORDER BY 1`.compile(
      db,
    ),
    selectEntryRows(db, workspaceId)
      .where(sql<boolean>`entry.number IN (
        SELECT shown.number FROM ${named} CROSS JOIN entry AS shown
          ON shown.workspace_id = ${workspaceId} AND shown.id = COALESCE(entry.merged_into, entry.id))`)
      .orderBy('entry.number')
      .limit(ENTRIES_SHOWN)
      .compile(),
  ])
  if (decision?.rows[0] === undefined) return undefined
  return {
    decision: toRecord(decision.rows[0]),
    notes: (notes?.rows ?? []) as unknown as ReadOutcome['notes'],
    entries: (entries?.rows ?? []) as unknown as ReadOutcome['entries'],
    touched: (touched?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry)),
  }
}

/** Rows of these numbers as they are now, merged ones as themselves. */
export async function listEntriesByNumber(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  numbers: readonly number[],
): Promise<EntryRow[]> {
  const [found] = await readAll(d1, [
    selectEntryRows(db, workspaceId)
      .where(
        sql<boolean>`entry.number IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`,
      )
      .orderBy('entry.number')
      .compile(),
  ])
  return (found?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry))
}
