import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely'

import { type EntryCard, type EntrySort, COUNTED_MAX } from '#shared/api/entry-list'

import type { Db } from '../database/open'
import type { RegisterLineRow } from '../database/register-tables'
import { ORDERS } from './orders'

/** What a line is asked beside the lists that it stands in. */
export type LineCondition =
  | { changedBefore: number }
  | { dueBefore: string }
  | { column: EntryColumn; is: string | number | null }
  | { asks: 'hold' | 'review' | 'process'; today: string }
type EntryColumn =
  | 'service'
  | 'impact'
  | 'effort'
  | 'owner_person'
  | 'free'
  | 'waiting'
  | 'systemic'
  | 'due'

export interface SelectedLine extends Omit<RegisterLineRow, 'workspace_id' | 'facet'> {
  /** 1 where everything is so that was asked for. */
  fits: number
}

export interface LinesAsked {
  /** The list that is read, in its order. */
  facet: string
  /** The others that a line's entry has to stand in. */
  others: readonly string[]
  conditions: readonly LineCondition[]
  sort: EntrySort
  isBackwards: boolean
  /** The keys to go on behind. */
  stop: readonly (number | string)[] | undefined
  limit: number
  /** Only entries of these numbers; they then lead, and no index gives the order. */
  numbers?: readonly number[] | undefined
}

/** Lines of one list, from an index, each with whether it fits. */
export function selectLines(db: Db, workspaceId: string, asked: LinesAsked): CompiledQuery {
  const { facet, others, conditions, sort, isBackwards, stop, limit, numbers } = asked
  const { keys, descending } = ORDERS[sort]
  const isDown = descending !== isBackwards
  const columns = sql.join(keys.map((key) => sql.ref(`line.${key}`)))
  const behind = stop
    ? sql`AND (${columns}) ${sql.raw(isDown ? '<' : '>')} (${sql.join([...stop])})`
    : sql``
  const range = conditions.filter((condition) => isRangeOf(sort, condition))
  const fits = [
    ...others.map((other) => standsIn(workspaceId, other)),
    ...conditions.filter((each) => !range.includes(each)).map((each) => meets(workspaceId, each)),
  ]
  return sql`
    SELECT line.number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day,
      ${fits.length === 0 ? sql`1` : sql.join(fits, sql` AND `)} AS fits
    FROM ${numbers ? sql`json_each(${JSON.stringify(numbers)}) AS found CROSS JOIN ` : sql``}register_line AS line
    WHERE line.workspace_id = ${workspaceId} AND line.facet = ${facet}
      ${numbers ? sql`AND line.number = found.value` : sql``}
      ${
        range.length === 0
          ? sql``
          : sql`AND ${sql.join(
              range.map((each) => meets(workspaceId, each)),
              sql` AND `,
            )}`
      }
      ${behind}
    ORDER BY ${sql.join(keys.map((key) => sql`${sql.ref(`line.${key}`)} ${sql.raw(isDown ? 'DESC' : 'ASC')}`))}
    LIMIT ${limit}`.compile(db)
}

/** True where the order's own index bounds it. */
export function isRangeOf(sort: EntrySort, condition: LineCondition): boolean {
  return (
    ('changedBefore' in condition && ORDERS[sort].keys[0] === 'changed_at') ||
    ('dueBefore' in condition && ORDERS[sort].keys[0] === 'due_day')
  )
}

function standsIn(workspaceId: string, facet: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (
    SELECT 1 FROM register_line AS other
    WHERE other.workspace_id = ${workspaceId} AND other.facet = ${facet} AND other.number = line.number)`
}

function meets(workspaceId: string, condition: LineCondition): RawBuilder<SqlBool> {
  if ('changedBefore' in condition) return sql`line.changed_at < ${condition.changedBefore}`
  if ('dueBefore' in condition) return sql`line.due_day < ${condition.dueBefore}`
  if ('column' in condition) {
    const column = sql.ref(`entry.${condition.column}`)
    const value = condition.is === 'some' ? sql`${column} > 0` : sql`${column} IS ${condition.is}`
    return sql`EXISTS (
      SELECT 1 FROM entry WHERE entry.workspace_id = ${workspaceId} AND entry.number = line.number AND ${value})`
  }
  const work = {
    hold: sql`entry_work.hold_day < ${condition.today}`,
    review: sql`entry_work.review_on <= ${condition.today}`,
    process: sql`NOT EXISTS (SELECT 1 FROM json_each(entry_work.actions) WHERE value ->> 'kind' = 'good')`,
  }[condition.asks]
  return sql`EXISTS (
    SELECT 1 FROM entry CROSS JOIN entry_work ON entry_work.entry_id = entry.id
    WHERE entry.workspace_id = ${workspaceId} AND entry.number = line.number
      AND entry_work.workspace_id = ${workspaceId} AND ${work})`
}

/** How many stand in each of these lists; none is no row. */
export function countFacets(db: Db, workspaceId: string, facets: readonly string[]): CompiledQuery {
  return sql`
    SELECT facet, entries FROM register_count
    WHERE workspace_id = ${workspaceId} AND facet IN (SELECT value FROM json_each(${JSON.stringify(facets)}))`.compile(
    db,
  )
}

/** How many lines of a list lie before a point of `changed_at` or `due_day`; one more than COUNTED_MAX at most. */
export function countRange(
  db: Db,
  workspaceId: string,
  facet: string,
  conditions: readonly LineCondition[],
): CompiledQuery {
  const asked = sql.join(
    conditions.map((each) => meets(workspaceId, each)),
    sql` AND `,
  )
  return sql`
    SELECT count(*) AS total FROM (
      SELECT 1 FROM register_line AS line
      WHERE line.workspace_id = ${workspaceId} AND line.facet = ${facet} AND ${asked} LIMIT ${COUNTED_MAX + 1})`.compile(
    db,
  )
}

/** Promises to customers whose clock has run out; one more than COUNTED_MAX at most. */
export function countLate(db: Db, workspaceId: string, now: number): CompiledQuery {
  return sql`
    SELECT count(*) AS total FROM (
      SELECT 1 FROM follow_up WHERE workspace_id = ${workspaceId} AND due_at < ${now} LIMIT ${COUNTED_MAX + 1})`.compile(
    db,
  )
}

const SERVICES_SHOWN = 200

/** The services that open entries name. */
export function listNamedServices(db: Db, workspaceId: string, prefix: string): CompiledQuery {
  return sql`
    SELECT substr(facet, ${prefix.length + 1}) AS service FROM register_count
    WHERE workspace_id = ${workspaceId} AND facet >= ${prefix} AND facet < ${`${prefix.slice(0, -1)};`}
    ORDER BY facet LIMIT ${SERVICES_SHOWN}`.compile(db)
}

/** Numbers of the entries whose titles have the words, the newest first; `match` is FTS5's. */
export function searchTitles(
  db: Db,
  workspaceId: string,
  match: string,
  limit: number,
): CompiledQuery {
  return sql`
    SELECT title_place.number FROM title_search CROSS JOIN title_place ON title_place.place = title_search.rowid
    WHERE title_search MATCH ${match} AND title_place.workspace_id = ${workspaceId}
    ORDER BY title_search.rowid DESC LIMIT ${limit}`.compile(db)
}

/** What the search stands in for while it is being made anew: the newest titles, read through. */
export function searchNewestTitles(
  db: Db,
  workspaceId: string,
  words: readonly string[],
  limit: number,
): CompiledQuery {
  const asked = sql.join(
    words.map((word) => sql`instr(lower(title), lower(${word})) > 0`),
    sql` AND `,
  )
  return sql`
    SELECT number FROM (
      SELECT number, title FROM entry WHERE workspace_id = ${workspaceId} ORDER BY number DESC LIMIT ${limit})
    WHERE ${asked}`.compile(db)
}

/** Entries as cells and columns show them, by their numbers. */
export function selectCards(
  db: Db,
  workspaceId: string,
  numbers: readonly number[],
): CompiledQuery {
  return sql`
    SELECT entry.number, mood, title, state, impact, effort, worst, owner_person, version,
      (SELECT name FROM person WHERE person.workspace_id = ${workspaceId} AND person.id = owner_person) AS owner_name
    FROM json_each(${JSON.stringify(numbers)}) AS asked
    CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.number = asked.value`.compile(
    db,
  )
}

export function toCard(row: Record<string, unknown>): EntryCard {
  const { owner_person: id, owner_name: name, ...card } = row
  return {
    ...(card as unknown as Omit<EntryCard, 'owner'>),
    owner: typeof id === 'string' ? { id, name: typeof name === 'string' ? name : '' } : null,
  }
}
