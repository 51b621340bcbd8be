import type { EntryCard, EntryGroups, EntryGrouping, GroupsQuery } from '#shared/api/entry-list'
import { EFFORT_WORDS, IMPACT_WORDS } from '#shared/entry'
import type { EntryState } from '#shared/sync'

import { readAll } from '../database/write-all'
import { LOOKED_MAX, askedOf } from '../lines/asked'
import { type SelectedLine, countFacets, selectCards, selectLines, toCard } from '../lines/queries'
import { shortest } from './list'
import type { Reader } from './reader'

/** As many as a cell of the matrix shows; what nobody has judged stands in a list beside it. */
const CELL_LENGTH = 6
const UNJUDGED_LENGTH = 20
const COLUMN_LENGTH = 20

const OPEN_STATES: readonly EntryState[] = [
  'new',
  'accepted',
  'analyse',
  'progress',
  'hold',
  'check',
  'reopened',
]
const CELLS = Object.keys(IMPACT_WORDS).flatMap((impact) =>
  Object.keys(EFFORT_WORDS).map((effort) => `${impact}${effort}`),
)

interface Group {
  key: string
  facet: string
  most: number
}

const GROUPS: Record<EntryGrouping, readonly Group[]> = {
  cell: [
    ...CELLS.map((key) => ({ key, facet: `cell:${key}`, most: CELL_LENGTH })),
    { key: 'none', facet: 'cell:none', most: UNJUDGED_LENGTH },
  ],
  state: OPEN_STATES.map((key) => ({ key, facet: `state:${key}`, most: COLUMN_LENGTH })),
}

/** Open entries in cells or columns, each in the register's first order. */
export async function readGroups(reader: Reader, query: GroupsQuery): Promise<EntryGroups> {
  const { by, ...filters } = query
  const asked = askedOf(
    { ...filters, mood: 'embarrassed', state: 'open' },
    reader.personId,
    reader.now,
  )
  return asked.facets[0] === 'open'
    ? readUnfiltered(reader, GROUPS[by])
    : readFiltered(reader, by, asked.facets)
}

const everyLine = {
  others: [],
  conditions: [],
  sort: 'impact',
  isBackwards: false,
  stop: undefined,
} as const

/** Each group is a list of its own, and counted. */
async function readUnfiltered(reader: Reader, groups: readonly Group[]): Promise<EntryGroups> {
  const { d1, db, workspaceId } = reader
  const [counts, ...lists] = await readAll(d1, [
    countFacets(
      db,
      workspaceId,
      groups.map(({ facet }) => facet),
    ),
    ...groups.map(({ facet, most }) =>
      selectLines(db, workspaceId, { ...everyLine, facet, limit: most }),
    ),
  ])
  const numbers = lists.map(({ rows }) => rows.map((row) => Number(row['number'])))
  const cards = await readCards(reader, numbers.flat())
  const totals = new Map((counts?.rows ?? []).map((row) => [row['facet'], Number(row['entries'])]))
  return {
    groups: groups.map(({ key, facet }, index) => ({
      key,
      total: totals.get(facet) ?? 0,
      isMore: false,
      entries: (numbers[index] ?? []).flatMap((number) => cards.get(number) ?? []),
    })),
    isPartial: false,
  }
}

/** The first lines of the shortest list are looked through, and put into their groups here. */
async function readFiltered(
  reader: Reader,
  by: EntryGrouping,
  facets: readonly string[],
): Promise<EntryGroups> {
  const { d1, db, workspaceId } = reader
  const [counts] = await readAll(d1, [countFacets(db, workspaceId, facets)])
  const totals = new Map(
    (counts?.rows ?? []).map((row) => [String(row['facet']), Number(row['entries'])]),
  )
  const { facet, others } = shortest(facets, totals)
  const [read] = await readAll(d1, [
    selectLines(db, workspaceId, { ...everyLine, facet, others, limit: LOOKED_MAX }),
  ])
  const lines = (read?.rows ?? []) as unknown as SelectedLine[]
  const isPartial = lines.length === LOOKED_MAX
  const cards = await readCards(
    reader,
    lines.flatMap(({ number, fits }) => (fits === 1 ? number : [])),
  )
  const all = [...cards.values()]
  return {
    groups: GROUPS[by].map(({ key, most }) => {
      const inGroup = all.filter((card) => keyOf(by, card) === key)
      return { key, total: inGroup.length, isMore: isPartial, entries: inGroup.slice(0, most) }
    }),
    isPartial,
  }
}

function keyOf(by: EntryGrouping, { state, impact, effort }: EntryCard): string {
  if (by === 'state') return state
  return impact === null || effort === null ? 'none' : `${impact}${effort}`
}

/** In the order of the numbers. */
async function readCards(
  { d1, db, workspaceId }: Reader,
  numbers: readonly number[],
): Promise<Map<number, EntryCard>> {
  if (numbers.length === 0) return new Map()
  const [read] = await readAll(d1, [selectCards(db, workspaceId, numbers)])
  return new Map((read?.rows ?? []).map(toCard).map((card) => [card.number, card]))
}
