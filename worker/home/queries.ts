import { type CompiledQuery, sql } from 'kysely'

import type { EntryRow, Home } from '#shared/api/register'
import { DONE_STATES } from '#shared/entry'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { selectEntryRows, toEntryRow, type SelectedEntry } from '../register/queries'
import { toCoverage, type SelectedCoverage } from './coverage'

const LIST_LENGTH = 5
const WALKS_SHOWN = 6

/** Since when each part of home looks back, Unix ms. */
export interface HomeSpans {
  week: number
  fourWeeks: number
  sixMonths: number
}

/** All of home in one call: every figure is a bounded index range or one pass over open entries. */
export async function readHome(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  spans: HomeSpans,
): Promise<Home> {
  const [
    open,
    notes,
    entries,
    ungrouped,
    leaders,
    browsers,
    quickWins,
    newEntries,
    newest,
    walks,
    coverage,
  ] = await readAll(d1, [
    db
      .selectFrom('entry')
      .select((entry) => [
        entry.fn.countAll().as('open'),
        sql<number>`COALESCE(SUM(entry.free > 0), 0)`.as('free'),
      ])
      .where('workspace_id', '=', workspaceId)
      .where('mood', '=', 'embarrassed')
      .where('state', 'not in', DONE_STATES)
      .compile(),
    db
      .selectFrom('note')
      .select((note) => [
        note.fn.countAll().as('notes'),
        sql<number>`COALESCE(SUM(note.mood = 'liked'), 0)`.as('liked'),
      ])
      .where('workspace_id', '=', workspaceId)
      .where('received_at', '>=', spans.week)
      .compile(),
    db
      .selectFrom('entry')
      .select((entry) => entry.fn.countAll().as('entries'))
      .where('workspace_id', '=', workspaceId)
      .where('opened_at', '>=', spans.week)
      .where('state', '!=', 'merged')
      .compile(),
    db
      .selectFrom('note')
      .select((note) => note.fn.countAll().as('notes'))
      .where('workspace_id', '=', workspaceId)
      .where('grouped', '=', 0)
      .compile(),
    db
      .selectFrom('walk')
      .select((walk) => walk.fn.count('person_id').distinct().as('leaders'))
      .where('workspace_id', '=', workspaceId)
      .where('started_at', '>=', spans.fourWeeks)
      .compile(),
    db
      .selectFrom('device')
      .select((device) => device.fn.countAll().as('browsers'))
      .where('workspace_id', '=', workspaceId)
      .where('revoked_at', 'is', null)
      .compile(),
    selectQuickWins(db, workspaceId),
    selectNewEntries(db, workspaceId),
    selectNewestNotes(db, workspaceId),
    selectLastWalks(db, workspaceId),
    selectCoverage(db, workspaceId, spans.sixMonths),
  ])
  return {
    open: figure(open, 'open'),
    free: figure(open, 'free'),
    leadersWalking: figure(leaders, 'leaders'),
    browsers: figure(browsers, 'browsers'),
    week: {
      since: spans.week,
      notes: figure(notes, 'notes'),
      liked: figure(notes, 'liked'),
      entries: figure(entries, 'entries'),
    },
    waitingToBeGrouped: figure(ungrouped, 'notes'),
    quickWins: toEntries(quickWins),
    newEntries: toEntries(newEntries),
    newestNotes: (newest?.rows ?? []).map(toHomeNote),
    lastWalks: (walks?.rows ?? []).map(toHomeWalk),
    ...toCoverage((coverage?.rows ?? []) as unknown as SelectedCoverage[]),
  }
}

type Read = { rows: Record<string, unknown>[] } | undefined

function figure(read: Read, name: string): number {
  return Number(read?.rows[0]?.[name] ?? 0)
}

function toEntries(read: Read): EntryRow[] {
  return (read?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry))
}

function openEntries(db: Db, workspaceId: string) {
  return selectEntryRows(db, workspaceId)
    .where('entry.mood', '=', 'embarrassed')
    .where('entry.state', 'not in', DONE_STATES)
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
    .orderBy('entry.leaders', 'desc')
    .orderBy('entry.number')
    .limit(LIST_LENGTH)
    .compile()
}

function selectNewEntries(db: Db, workspaceId: string): CompiledQuery {
  return openEntries(db, workspaceId).orderBy('entry.number', 'desc').limit(LIST_LENGTH).compile()
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

/** Walks of six months with their notes' worst wince, by service and month; walks bound the read. */
function selectCoverage(db: Db, workspaceId: string, since: number): CompiledQuery {
  const month = sql<string>`strftime('%Y-%m', walk.started_at / 1000, 'unixepoch')`
  const service = sql<string>`COALESCE(note.service, walk.service)`
  return db
    .selectFrom('walk')
    .leftJoin('note', (join) =>
      join
        .onRef('note.walk_id', '=', 'walk.id')
        .onRef('note.workspace_id', '=', 'walk.workspace_id'),
    )
    .select([
      service.as('service'),
      month.as('month'),
      sql<number | null>`MAX(note.wince)`.as('worst'),
      sql<number>`COALESCE(SUM(note.mood = 'embarrassed'), 0)`.as('embarrassed'),
      sql<number>`MAX(walk.started_at)`.as('last'),
    ])
    .where('walk.workspace_id', '=', workspaceId)
    .where('walk.started_at', '>=', since)
    .where(sql<boolean>`${service} IS NOT NULL`)
    .groupBy([service, month])
    .compile()
}
