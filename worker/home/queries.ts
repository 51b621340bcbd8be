import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { EntryRow } from '#shared/api/register'
import { COUNTED_TO, type Home } from '#shared/api/home'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { selectEntryRows, toEntryRow, type SelectedEntry } from '../register/queries'
import { WALKS_COVERED, selectBetter, selectCoverage } from '../week/queries'
import { toCoverage, type SelectedCoverage } from './coverage'

const LIST_LENGTH = 5
const WALKS_SHOWN = 6
const OWNERS_SHOWN = 100
/** A customer whose time is over in less than this is shown with those that are late, in ms. */
const SOON_MS = 6 * 3_600_000

/** Since when each part of home looks back, Unix ms. */
export interface HomeSpans {
  now: number
  week: number
  fourWeeks: number
  sixMonths: number
}

/** All of home in one call. Each figure is counted so far and no further, each list is an index's beginning. */
export async function readHome(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  spans: HomeSpans,
): Promise<Home> {
  const figures = selectFigures(db, workspaceId, spans)
  const lists = [
    selectQuickWins(db, workspaceId),
    selectUnowned(db, workspaceId),
    selectOwners(db, workspaceId),
    selectNewestNotes(db, workspaceId),
    selectLastWalks(db, workspaceId),
    selectCoverage(db, workspaceId, spans.sixMonths),
    selectBetter(db, workspaceId, spans.week),
    selectFollowUps(db, workspaceId, spans.now + SOON_MS),
  ]
  const [known, quickWins, unowned, owners, newest, walks, coverage, better, followUps] =
    await readAll(d1, [figures, ...lists])
  const said = (known?.rows[0] ?? {}) as Record<string, number>
  const of = (name: string) => said[name] ?? 0
  return {
    open: of('open'),
    free: of('free'),
    leadersWalking: of('leaders'),
    browsers: of('browsers'),
    week: {
      since: spans.week,
      notes: of('notes'),
      liked: of('liked'),
      entries: of('entries'),
      reopened: of('reopened'),
    },
    waitingToBeGrouped: of('ungrouped'),
    waitingForTriage: of('triage'),
    late: of('late'),
    followUps: (followUps?.rows ?? []).map(toFollowUp),
    better: (better?.rows ?? []) as unknown as Home['better'],
    quickWins: toEntries(quickWins),
    unowned: toEntries(unowned),
    owners: (owners?.rows ?? []) as unknown as Home['owners'],
    newestNotes: (newest?.rows ?? []).map(toHomeNote),
    lastWalks: (walks?.rows ?? []).map(toHomeWalk),
    ...toCoverage((coverage?.rows ?? []) as unknown as SelectedCoverage[]),
  }
}

/** As many rows as fit, up to one more than home counts. */
function counted(rows: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(SELECT count(*) FROM (${rows} LIMIT ${COUNTED_TO + 1}))`
}

/** Every figure of home as a column of one row. */
function selectFigures(db: Db, workspaceId: string, spans: HomeSpans): CompiledQuery {
  const week = sql`
    note WHERE workspace_id = ${workspaceId} AND received_at >= ${spans.week}`
  const newest = sql`
    SELECT state, opened_at FROM entry WHERE workspace_id = ${workspaceId} ORDER BY number DESC LIMIT ${COUNTED_TO + 1}`
  return sql`
    SELECT ${counted(sql`SELECT 1 FROM ${openOf(workspaceId)}`)} AS open,
      ${counted(sql`SELECT 1 FROM (SELECT free FROM ${openOf(workspaceId)} LIMIT ${COUNTED_TO + 1}) WHERE free > 0`)} AS free,
      ${counted(sql`SELECT 1 FROM ${week}`)} AS notes,
      ${counted(sql`SELECT 1 FROM (SELECT mood FROM ${week} LIMIT ${COUNTED_TO + 1}) WHERE mood = 'liked'`)} AS liked,
      (SELECT count(*) FROM (${newest}) WHERE opened_at >= ${spans.week} AND state <> 'merged') AS entries,
      ${counted(sql`SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND grouped = 0`)} AS ungrouped,
      COALESCE((SELECT sum(notes) FROM triage_count WHERE workspace_id = ${workspaceId}), 0) AS triage,
      (SELECT count(DISTINCT person_id) FROM (
        SELECT person_id FROM walk WHERE workspace_id = ${workspaceId} AND started_at >= ${spans.fourWeeks}
        ORDER BY started_at DESC LIMIT ${WALKS_COVERED})) AS leaders,
      ${counted(sql`SELECT 1 FROM device WHERE workspace_id = ${workspaceId} AND revoked_at IS NULL`)} AS browsers,
      ${counted(sql`
        SELECT 1 FROM follow_up WHERE workspace_id = ${workspaceId} AND due_at < ${spans.now}`)} AS late,
      ${counted(sql`
        SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND state = 'reopened' AND changed_at >= ${spans.week}`)}
        AS reopened`.compile(db)
}

/** Written exactly as in the index entry_open, or closed entries are read as well. */
const OPEN = sql<boolean>`entry.state NOT IN ('closed', 'declined', 'merged', 'withdrawn')`

function openOf(workspaceId: string): RawBuilder<unknown> {
  return sql`entry WHERE workspace_id = ${workspaceId} AND mood = 'embarrassed' AND ${OPEN}`
}

function selectFollowUps(db: Db, workspaceId: string, dueBefore: number): CompiledQuery {
  return sql`
    SELECT follow_up.id, follow_up.customer, follow_up.due_at AS dueAt,
      CASE WHEN follow_up.first_contact_at IS NULL THEN 'word' ELSE 'solved' END AS waitsFor,
      person.name AS seenThroughBy, entry.number, entry.title
    FROM (
      SELECT * FROM follow_up WHERE workspace_id = ${workspaceId} AND due_at < ${dueBefore}
      ORDER BY due_at, id LIMIT ${LIST_LENGTH}) AS follow_up
    LEFT JOIN person ON person.id = follow_up.seen_through_by AND +person.workspace_id = ${workspaceId}
    LEFT JOIN entry AS own ON own.id = follow_up.entry_id AND +own.workspace_id = ${workspaceId}
    LEFT JOIN entry ON entry.id = COALESCE(own.merged_into, own.id) AND +entry.workspace_id = ${workspaceId}
    ORDER BY follow_up.due_at, follow_up.id`.compile(db)
}

function toFollowUp(row: object): Home['followUps'][number] {
  const { number, title, ...followUp } = row as Omit<Home['followUps'][number], 'entry'> & {
    number: number | null
    title: string | null
  }
  return { ...followUp, entry: number === null ? null : { number, title: title ?? '' } }
}

type Read = { rows: Record<string, unknown>[] } | undefined

function toEntries(read: Read): EntryRow[] {
  return (read?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry))
}

function openEntries(db: Db, workspaceId: string) {
  return selectEntryRows(db, workspaceId).where('entry.mood', '=', 'embarrassed').where(OPEN)
}

/** Impact 3 or 4 that a week or two would fix, in the register's own order. */
function selectQuickWins(db: Db, workspaceId: string): CompiledQuery {
  return openEntries(db, workspaceId)
    .where(sql<boolean>`COALESCE(entry.impact, 0) >= 3`)
    .where('entry.effort', 'in', ['S', 'M'])
    .orderBy(sql`COALESCE(entry.impact, 0)`, 'desc')
    .orderBy(
      sql`CASE entry.effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END`,
    )
    .orderBy(sql`COALESCE(entry.monthly, 0)`, 'desc')
    .orderBy('entry.leaders', 'desc')
    .orderBy('entry.number')
    .limit(LIST_LENGTH)
    .compile()
}

function selectUnowned(db: Db, workspaceId: string): CompiledQuery {
  return openEntries(db, workspaceId)
    .where('entry.owner_person', 'is', null)
    .orderBy('entry.number', 'desc')
    .limit(LIST_LENGTH)
    .compile()
}

function selectOwners(db: Db, workspaceId: string): CompiledQuery {
  return db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .where('role', 'in', ['owner', 'admin', 'reviewer'])
    .orderBy('name')
    .orderBy('id')
    .limit(OWNERS_SHOWN)
    .compile()
}

function selectNewestNotes(db: Db, workspaceId: string): CompiledQuery {
  return db
    .selectFrom('note')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'note.person_id')
        .onRef('person.workspace_id', '=', 'note.workspace_id'),
    )
    .leftJoin('entry_note', (join) =>
      join
        .onRef('entry_note.note_id', '=', 'note.id')
        .onRef('entry_note.workspace_id', '=', 'note.workspace_id')
        .on('entry_note.current', '=', 1),
    )
    .leftJoin('entry as own', (join) =>
      join
        .onRef('own.id', '=', 'entry_note.entry_id')
        .onRef('own.workspace_id', '=', 'note.workspace_id'),
    )
    .leftJoin('entry', (join) =>
      join
        .on('entry.id', '=', sql<string>`COALESCE(own.merged_into, own.id)`)
        .onRef('entry.workspace_id', '=', 'note.workspace_id'),
    )
    .select([
      'note.id',
      'note.at',
      'person.name as author',
      'note.mood',
      'note.wince',
      sql<string>`substr(note.words, 1, 240)`.as('words'),
      'note.service',
      'note.channel',
      'entry.number',
      'entry.title',
    ])
    .where('note.workspace_id', '=', workspaceId)
    .orderBy('note.seq', 'desc')
    .limit(LIST_LENGTH)
    .compile()
}

function toHomeNote(row: object): Home['newestNotes'][number] {
  const { number, title, ...note } = row as Omit<Home['newestNotes'][number], 'entry'> & {
    number: number | null
    title: string | null
  }
  return { ...note, entry: number === null ? null : { number, title: title ?? '' } }
}

function selectLastWalks(db: Db, workspaceId: string): CompiledQuery {
  return db
    .selectFrom('walk')
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'walk.person_id')
        .onRef('person.workspace_id', '=', 'walk.workspace_id'),
    )
    .select([
      'walk.id',
      'walk.kind',
      'walk.state',
      'walk.errand',
      'walk.persona',
      'walk.service',
      'person.name as leader',
      'walk.started_at',
      sql<number>`COALESCE(json_extract(walk.totals, '$.elapsedMs'), 0)`.as('elapsed_ms'),
      sql<number>`COALESCE(json_extract(walk.totals, '$.waitingMs'), 0)`.as('waiting_ms'),
      sql<'yes' | 'partly' | 'no' | null>`json_extract(walk.debrief, '$.done')`.as('done'),
      (walk) =>
        walk
          .selectFrom('note')
          .select((note) => note.fn.countAll<number>().as('notes'))
          .where('note.workspace_id', '=', workspaceId)
          .whereRef('note.walk_id', '=', 'walk.id')
          .as('notes'),
    ])
    .where('walk.workspace_id', '=', workspaceId)
    .orderBy('walk.started_at', 'desc')
    .orderBy('walk.id', 'desc')
    .limit(WALKS_SHOWN)
    .compile()
}

function toHomeWalk(row: object): Home['lastWalks'][number] {
  const { started_at, elapsed_ms, waiting_ms, ...walk } = row as Omit<
    Home['lastWalks'][number],
    'startedAt' | 'elapsedMs' | 'waitingMs'
  > & { started_at: number; elapsed_ms: number; waiting_ms: number }
  return { ...walk, startedAt: started_at, elapsedMs: elapsed_ms, waitingMs: waiting_ms }
}
