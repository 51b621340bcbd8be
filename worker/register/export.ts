import type { ExportQuery } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'
import { toCsvLine } from '#shared/csv'
import { STATE_WORDS } from '#shared/sync'

import { readAll } from '../database/write-all'
import { askedOf } from '../lines/asked'
import { ORDERS } from '../lines/orders'
import { type SelectedLine, countFacets, selectLines } from '../lines/queries'
import { findTitles } from './find-titles'
import { shortest } from './list'
import type { Reader } from './reader'
import { type SelectedEntry, selectRowsOf, toEntryRow } from './queries'

/** One D1 call for each page and the lines behind it: with what comes before, 40 are not reached. */
const PAGE_LINES = 1_000
const PAGES_MAX = 30

/** The register as a CSV (RFC 4180), in the order of the view; cells that would be formulas are text. */
const COLUMNS: readonly (readonly [
  head: string,
  cell: (row: EntryRow) => string | number | null,
])[] = [
  ['Number', ({ number }) => number],
  ['Title', ({ title }) => title],
  ['Service', ({ service }) => service],
  ['State', ({ state }) => STATE_WORDS[state]],
  ['Impact', ({ impact }) => impact],
  ['Effort', ({ effort }) => effort],
  ['Cost', ({ cost }) => cost],
  ['Due', ({ due }) => due],
  ['Customers a month', ({ monthly }) => monthly?.customers ?? null],
  ['Counted by', ({ monthly }) => monthly?.source ?? null],
  ['Leaders', ({ leaders }) => leaders],
  ['Notes', ({ notes }) => notes],
  ['Worst wince', ({ worst }) => worst],
  ['Free to fix', ({ free }) => (free ? 'yes' : 'no')],
  ['Owner', ({ owner }) => owner?.name ?? null],
  ['Hand-offs', ({ handOffs }) => handOffs],
  ['Follow-ups', ({ followUps }) => followUps.all],
  ['Follow-ups open', ({ followUps }) => followUps.open],
  ['Opened', ({ openedAt }) => new Date(openedAt).toISOString()],
  ['Changed', ({ changedAt }) => new Date(changedAt).toISOString()],
]

/** So that a spreadsheet takes it for UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Sent as it is read, page by page, so that it never stands in memory whole. */
export function exportLines(reader: Reader, query: ExportQuery): ReadableStream<Uint8Array> {
  const lines = csvLines(reader, query)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
}

async function* csvLines(reader: Reader, query: ExportQuery): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + toCsvLine(COLUMNS.map(([head]) => head))
  for await (const rows of readRows(reader, query)) {
    const text = rows.map((row) => toCsvLine(COLUMNS.map(([, cell]) => cell(row)))).join('')
    if (text !== '') yield text
  }
}

async function* readRows(reader: Reader, query: ExportQuery): AsyncGenerator<EntryRow[]> {
  const { d1, db, workspaceId } = reader
  if (query.numbers) {
    yield rowsIn(query.numbers, await readAll(d1, [selectRowsOf(db, workspaceId, query.numbers)]))
    return
  }
  const { facet, others, conditions, found } = await askedLines(reader, query)
  let stop: readonly (number | string)[] | undefined
  let numbers: number[] = []
  for (let page = 0; page <= PAGES_MAX; page += 1) {
    const lines = selectLines(db, workspaceId, {
      facet,
      others,
      conditions,
      sort: query.sort,
      isBackwards: false,
      stop,
      limit: PAGE_LINES,
      numbers: found,
    })
    // oxlint-disable-next-line no-await-in-loop -- each page goes on where the one before stopped
    const [read, ...rows] = await readAll(d1, [
      lines,
      ...(numbers.length === 0 ? [] : [selectRowsOf(db, workspaceId, numbers)]),
    ])
    if (numbers.length > 0) yield rowsIn(numbers, rows)
    const next = (read?.rows ?? []) as unknown as SelectedLine[]
    const last = next.at(-1)
    if (last === undefined) return
    stop = ORDERS[query.sort].keys.map((key) => last[key])
    numbers = next.flatMap(({ number, fits }) => (fits === 1 ? number : []))
  }
}

/** In the order of the numbers; one that is gone meanwhile is left out. */
function rowsIn(
  numbers: readonly number[],
  [read]: Awaited<ReturnType<typeof readAll>>,
): EntryRow[] {
  const rows = (read?.rows ?? []).map((row) => toEntryRow(row as unknown as SelectedEntry))
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

async function askedLines(reader: Reader, query: ExportQuery) {
  const { d1, db, workspaceId, personId, now } = reader
  const { facets, conditions } = askedOf(query, personId, now)
  const [counts] = await readAll(d1, [countFacets(db, workspaceId, facets)])
  const entries = new Map(
    (counts?.rows ?? []).map((row) => [String(row['facet']), Number(row['entries'])]),
  )
  const { facet, others } = shortest(facets, entries)
  const found = (await findTitles(reader, query))?.numbers
  return { facet, others, conditions, found, lines: entries.get(facet) ?? 0 }
}

/** True where a file could not hold all of it; nothing is left out in silence. */
export async function isTooLong(reader: Reader, query: ExportQuery): Promise<boolean> {
  if (query.numbers) return false
  return (await askedLines(reader, query)).lines > PAGE_LINES * (PAGES_MAX - 1)
}
