import { COUNTED_MAX, type Counted, type EntryPage, type EntryQuery } from '#shared/api/entry-list'
import { isOpen } from '#shared/entry'

import { readAll } from '../database/write-all'
import { type Asked, LOOKED_MAX, askedOf } from '../lines/asked'
import {
  type SelectedLine,
  countFacets,
  countRange,
  isRangeOf,
  listNamedServices,
  selectLines,
} from '../lines/queries'
import { findTitles } from './find-titles'
import { type Stop, stopAt } from './order'
import { type SelectedEntry, selectRowsOf, toEntryRow } from './queries'
import type { Reader } from './reader'

/**
 * A page of the register. What is asked is looked for in the shortest of the lists that an entry
 * has to stand in; where that is not all that is asked, only so many of its lines are looked
 * through, and whoever wants more goes on.
 */
export async function readPage(
  reader: Reader,
  query: EntryQuery,
  stop: Stop | undefined,
): Promise<EntryPage> {
  const { d1, db, workspaceId } = reader
  const asked = askedOf(query, reader.personId, reader.now)
  const found = await findTitles(reader, query)
  const counts = await readCounts(reader, query, asked)
  const { facet, others } = shortest(asked.facets, counts.entries)
  const isBackwards = query.before !== undefined
  const rest = asked.conditions.filter((each) => !isRangeOf(query.sort, each))
  const isWhole = others.length === 0 && rest.length === 0 && found === undefined
  const limit = isWhole ? query.limit + 1 : LOOKED_MAX
  const [read] = await readAll(d1, [
    selectLines(db, workspaceId, {
      facet,
      others,
      conditions: asked.conditions,
      sort: query.sort,
      isBackwards,
      stop: stop?.keys,
      limit,
      numbers: found?.numbers,
    }),
  ])
  const lines = (read?.rows ?? []) as unknown as SelectedLine[]
  const fitting = lines.filter(({ fits }) => fits === 1)
  const shown = fitting.slice(0, query.limit)
  const isCut = !isWhole && found === undefined && lines.length === limit
  const hasMore = fitting.length > shown.length || isCut
  const end = fitting.length > shown.length ? shown.at(-1) : isCut ? lines.at(-1) : undefined
  const before = stop?.before ?? 0
  const start = isBackwards ? (hasMore ? before - shown.length : 0) : before
  if (isBackwards) shown.reverse()
  const known: Counted | undefined = isWhole
    ? (counts.range ?? { total: counts.entries.get(facet) ?? 0, isMore: false })
    : undefined
  const seen = Math.max(0, start) + fitting.length
  const counted = known ?? { total: seen, isMore: isBackwards || isCut || found?.isMore === true }
  return {
    entries: await readRows(reader, shown),
    previous: toPrevious(query, { shown, end, start, isBackwards }),
    next: toNext(query, { shown, end, start, isBackwards }),
    counted: isCountable(query) ? { from: shown.length === 0 ? 0 : start + 1, ...counted } : null,
    lookedThrough: isCut && fitting.length <= query.limit ? lines.length : null,
    services: counts.services,
  }
}

/** No screen counts what is closed (rule 6). */
function isCountable({ mood, state }: EntryQuery): boolean {
  return mood === 'liked' || (state !== 'all' && (state === 'open' || isOpen(state)))
}

interface Shown {
  shown: readonly SelectedLine[]
  /** The last line, in the direction of reading, behind which there is more; else nothing is. */
  end: SelectedLine | undefined
  start: number
  isBackwards: boolean
}

function toPrevious({ sort, after }: EntryQuery, { shown, end, start, isBackwards }: Shown) {
  if (isBackwards) return end ? stopAt(sort, end, start) : null
  const [first] = shown
  return after !== undefined && first ? stopAt(sort, first, start) : null
}

function toNext({ sort }: EntryQuery, { shown, end, start, isBackwards }: Shown) {
  const last = isBackwards ? (shown.at(-1) ?? end) : end
  return last ? stopAt(sort, last, start + shown.length) : null
}

/** In the order of the lines. */
async function readRows({ d1, db, workspaceId }: Reader, lines: readonly SelectedLine[]) {
  if (lines.length === 0) return []
  const numbers = lines.map(({ number }) => number)
  const [read] = await readAll(d1, [selectRowsOf(db, workspaceId, numbers)])
  const rows = (read?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry))
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

interface Counts {
  entries: Map<string, number>
  /** Of what a range of the first list bounds. */
  range: Counted | undefined
  services: string[]
}

async function readCounts(
  { d1, db, workspaceId }: Reader,
  query: EntryQuery,
  { facets, conditions }: Asked,
): Promise<Counts> {
  const ranges = conditions.filter((each) => isRangeOf(query.sort, each))
  const [counts, services, range] = await readAll(d1, [
    countFacets(db, workspaceId, facets),
    listNamedServices(db, workspaceId, query.mood === 'liked' ? 'liked service:' : 'service:'),
    ...(ranges.length > 0 ? [countRange(db, workspaceId, facets[0] ?? '', ranges)] : []),
  ])
  const total = Number(range?.rows[0]?.['total'] ?? 0)
  return {
    entries: new Map(
      (counts?.rows ?? []).map((row) => [String(row['facet']), Number(row['entries'])]),
    ),
    range: range && toCounted(total),
    services: (services?.rows ?? []).map((row) => String(row['service'])),
  }
}

export function toCounted(total: number): Counted {
  return { total: Math.min(total, COUNTED_MAX), isMore: total > COUNTED_MAX }
}

/** The list with the fewest lines leads. */
export function shortest(facets: readonly string[], counts: ReadonlyMap<string, number>) {
  const [facet = '', ...others] = facets.toSorted(
    (one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0),
  )
  return { facet, others }
}
