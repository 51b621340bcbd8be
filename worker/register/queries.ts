import {
  type CompiledQuery,
  type Expression,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'

import type { EntryQuery, EntryRow } from '#shared/api/register'
import { DONE_STATES } from '#shared/entry'

import { regressionsOf } from '../again/queries'
import type { Db } from '../database/open'
import type { Tables } from '../database/tables'
import { readAll } from '../database/write-all'
import { partsOf } from '../placing/queries'

/** A column to order by and, on later pages, the value to go on after. */
export interface PageKey {
  sql: 'impact' | 'effort' | 'monthly' | 'leaders' | 'changed' | 'number'
  descending: boolean
  after: number | undefined
}

// Written exactly as in the index entry_in_register, or SQLite sorts by itself.
const KEY_SQL = {
  impact: sql<number>`COALESCE(entry.impact, 0)`,
  effort: sql<number>`CASE entry.effort WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 3 WHEN 'XL' THEN 4 ELSE 5 END`,
  monthly: sql<number>`COALESCE(entry.monthly, 0)`,
  leaders: sql<number>`entry.leaders`,
  changed: sql<number>`entry.changed_at`,
  number: sql<number>`entry.number`,
} as const

export interface RegisterPage {
  entries: EntryRow[]
  /** How many rows fit the filters, on every page together. */
  total: number
  /** How many of them lie behind the cursor, this page's among them; all of them without one. */
  behind: number
  services: string[]
}

/**
 * A page of the register with what stands around it, in one call. The first order comes from the
 * index; the total is counted over the same workspace and mood.
 */
export async function readRegisterPage(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  query: EntryQuery,
  keys: readonly PageKey[],
): Promise<RegisterPage> {
  const behind = afterKeys(keys) ?? sql<SqlBool>`1 = 1`
  const [rows, counts, services] = await readAll(d1, [
    selectPage(db, workspaceId, query, keys),
    db
      .selectFrom('entry')
      .select((entry) => [
        entry.fn.countAll().as('total'),
        sql<number>`COALESCE(SUM(${behind}), 0)`.as('behind'),
      ])
      .where('entry.workspace_id', '=', workspaceId)
      .where(fits(query))
      .compile(),
    db
      .selectFrom('entry')
      .select('service')
      .distinct()
      .where('workspace_id', '=', workspaceId)
      .where('mood', '=', query.mood)
      .where('service', 'is not', null)
      .orderBy('service')
      .limit(200)
      .compile(),
  ])
  return {
    entries: (rows?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry)),
    total: Number(counts?.rows[0]?.['total'] ?? 0),
    behind: Number(counts?.rows[0]?.['behind'] ?? 0),
    services: (services?.rows ?? []).map((row) => String(row['service'])),
  }
}

/** Exported for the test that asks SQLite how it would run it. */
export function selectPage(
  db: Db,
  workspaceId: string,
  query: EntryQuery,
  keys: readonly PageKey[],
): CompiledQuery {
  let page = selectEntryRows(db, workspaceId).where(fits(query))
  const after = afterKeys(keys)
  if (after) page = page.where(after)
  for (const key of keys) page = page.orderBy(KEY_SQL[key.sql], key.descending ? 'desc' : 'asc')
  return page.limit(query.limit + 1).compile()
}

/** What the filters ask of an entry. */
function fits(query: EntryQuery): Expression<SqlBool> {
  const asked = [sql<SqlBool>`entry.mood = ${query.mood}`]
  if (query.state === 'open') asked.push(sql`entry.state NOT IN (${sql.join([...DONE_STATES])})`)
  else if (query.state !== 'all') asked.push(sql`entry.state = ${query.state}`)
  if (query.service !== undefined) asked.push(sql`entry.service = ${query.service}`)
  if (query.impact !== undefined) asked.push(sql`entry.impact = ${query.impact}`)
  if (query.effort !== undefined) asked.push(sql`entry.effort = ${query.effort}`)
  if (query.owner === 'none') asked.push(sql`entry.owner_person IS NULL`)
  else if (query.owner !== undefined) asked.push(sql`entry.owner_person = ${query.owner}`)
  if (query.free !== undefined) asked.push(sql`entry.free > 0`)
  if (query.q.trim() !== '') asked.push(matchesText(query.q.trim()))
  return sql<SqlBool>`(${sql.join(asked, sql` AND `)})`
}

/** The title contains the text, or the text is the number. LIKE would stop at 50 bytes. */
function matchesText(text: string): RawBuilder<SqlBool> {
  const number = /^#?(\d{1,9})$/.exec(text)?.[1]
  const inTitle = sql<SqlBool>`instr(lower(entry.title), lower(${text})) > 0`
  return number ? sql<SqlBool>`(entry.number = ${Number(number)} OR ${inTitle})` : inTitle
}

/**
 * True for rows behind the last one: `a < x OR (a = x AND (b > y OR …))`, each key in its own
 * direction. The first key is also bounded by itself, which is what the index can use.
 */
function afterKeys(keys: readonly PageKey[]): Expression<SqlBool> | undefined {
  const first = keys[0]
  if (!first || first.after === undefined) return undefined
  const bound = sql<SqlBool>`${KEY_SQL[first.sql]} ${sql.raw(first.descending ? '<=' : '>=')} ${first.after}`
  const behind = keys.reduceRight<Expression<SqlBool> | undefined>((rest, key) => {
    const value = key.after ?? 0
    const further = sql<SqlBool>`${KEY_SQL[key.sql]} ${sql.raw(key.descending ? '<' : '>')} ${value}`
    return rest
      ? sql<SqlBool>`(${further} OR (${KEY_SQL[key.sql]} = ${value} AND ${rest}))`
      : further
  }, undefined)
  return behind ? sql<SqlBool>`(${bound} AND ${behind})` : bound
}

/** What `selectEntryRows` selects; `toEntryRow` turns it into the domain's words. */
export interface SelectedEntry {
  number: number
  mood: EntryRow['mood']
  title: string
  title_confirmed: number
  service: string | null
  channel: EntryRow['channel']
  state: EntryRow['state']
  impact: EntryRow['impact']
  effort: EntryRow['effort']
  worst: EntryRow['worst']
  notes: number
  leaders: number
  free: number
  owner_person: string | null
  owner_name: string | null
  hand_offs: number
  cost: number | null
  due: string | null
  monthly: number | null
  monthly_source: string | null
  follow_ups: string
  regressions: number
  opened_at: number
  changed_at: number
  version: number
}

/** A register row's columns, its owner's name among them; conditions and order are the caller's. */
export function selectEntryRows(
  db: Db,
  workspaceId: string,
): SelectQueryBuilder<Tables, 'entry', SelectedEntry> {
  return db
    .selectFrom('entry')
    .select([
      'entry.number',
      'entry.mood',
      'entry.title',
      'entry.title_confirmed',
      'entry.service',
      'entry.channel',
      'entry.state',
      'entry.impact',
      'entry.effort',
      'entry.worst',
      'entry.notes',
      'entry.leaders',
      'entry.free',
      'entry.owner_person',
      'entry.hand_offs',
      'entry.cost',
      'entry.due',
      'entry.monthly',
      'entry.monthly_source',
      'entry.opened_at',
      'entry.changed_at',
      'entry.version',
    ])
    .select((entry) =>
      entry
        .selectFrom('person')
        .select('person.name')
        .where('person.workspace_id', '=', workspaceId)
        .whereRef('person.id', '=', 'entry.owner_person')
        .as('owner_name'),
    )
    .select(followUpsOf(workspaceId).as('follow_ups'))
    .select(regressionsOf(workspaceId).as('regressions'))
    .where('entry.workspace_id', '=', workspaceId) as SelectQueryBuilder<
    Tables,
    'entry',
    SelectedEntry
  >
}

/** Promises to customers of an entry, and of what was merged into it. */
function followUpsOf(workspaceId: string): RawBuilder<string> {
  return sql<string>`(
    SELECT json_object('all', count(*), 'open', COALESCE(sum(settled_at IS NULL), 0), 'dueAt', min(due_at))
    FROM follow_up WHERE follow_up.workspace_id = ${workspaceId} AND entry_id IN ${partsOf(workspaceId, sql.ref('entry.id'))})`
}

export function toEntryRow(row: SelectedEntry): EntryRow {
  return {
    number: row.number,
    mood: row.mood,
    title: row.title,
    titleConfirmed: row.title_confirmed === 1,
    service: row.service,
    channel: row.channel,
    state: row.state,
    impact: row.impact,
    effort: row.effort,
    worst: row.worst,
    notes: row.notes,
    leaders: row.leaders,
    free: row.free > 0,
    owner: row.owner_person === null ? null : { id: row.owner_person, name: row.owner_name ?? '' },
    handOffs: row.hand_offs,
    cost: row.cost,
    due: row.due,
    monthly:
      row.monthly === null ? null : { customers: row.monthly, source: row.monthly_source ?? '' },
    followUps: JSON.parse(row.follow_ups) as EntryRow['followUps'],
    regressions: row.regressions,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    version: row.version,
  }
}
