import * as v from 'valibot'

import { type Call, toSearch } from '#shared/api/call'
import { EntryRow } from '#shared/api/register'
import { Effort, Impact } from '#shared/entry'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { EntryState } from '#shared/sync'
import { textUpTo } from '#shared/text'

/** The register as lists: pages of it, its tabs, what stands in cells and columns, and new entries. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** `quiet` begins with what nobody has touched for longest, `due` with the day that comes first. */
export const ENTRY_SORTS = [
  'impact',
  'effort',
  'leaders',
  'changed',
  'quiet',
  'newest',
  'due',
] as const
export const EntrySort = v.picklist(ENTRY_SORTS)
export type EntrySort = v.InferOutput<typeof EntrySort>

/** `open` is everything that is not closed, declined or merged. */
const EntryStateFilter = v.union([v.picklist(['open', 'all']), EntryState])

const REGISTER_PAGE_MAX = 100
/** Longest opaque cursor; a real one is a third of it. */
const CURSOR_MAX_BYTES = 300
const Cursor = textUpTo(CURSOR_MAX_BYTES)
/** Further than this nothing is counted: a screen says "more than 200". */
export const COUNTED_MAX = 200
/** An entry is quiet when nothing has happened to it for so long. */
export const QUIET_DAYS = 30

/** Which entries a list shows; every key may be left out. */
const filters = {
  mood: v.optional(Mood, 'embarrassed'),
  state: v.optional(EntryStateFilter, 'open'),
  q: v.optional(textUpTo(200), ''),
  service: v.optional(textUpTo(200)),
  impact: v.optional(
    v.pipe(v.string(), v.regex(/^[1-4]$/, 'not an impact'), v.transform(Number), Impact),
  ),
  effort: v.optional(Effort),
  /** A person's id, `me` for whoever asks, or `none` for entries that nobody owns. */
  owner: v.optional(v.union([v.picklist(['none', 'me']), Id])),
  /** `1`: only what somebody called free to fix. */
  free: v.optional(v.literal('1')),
  /** `over`: the day has passed. `none`: nobody set one. */
  due: v.optional(v.picklist(['over', 'none'])),
  /** `1`: customers were promised something that is not settled. */
  waiting: v.optional(v.literal('1')),
  /** `1`: the cause is in how we work. */
  systemic: v.optional(v.literal('1')),
  /** `1`: nothing has happened to it for thirty days. */
  quiet: v.optional(v.literal('1')),
  /** What a review meeting asks: on hold past its day, a review whose day has come, systemic without a change in how we work. */
  asks: v.optional(v.picklist(['hold', 'review', 'process'])),
}

/** The query of `GET /app/entries`. */
export const EntryQuery = v.strictObject({
  ...filters,
  sort: v.optional(EntrySort, 'impact'),
  /** One of the two at most: where this page follows, or what it comes before. */
  after: v.optional(Cursor),
  before: v.optional(Cursor),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, 'not a count'),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(REGISTER_PAGE_MAX),
    ),
    '50',
  ),
})
export type EntryQuery = v.InferOutput<typeof EntryQuery>
export type EntryQueryInput = v.InferInput<typeof EntryQuery>

/** True for a query, or a part of one, that `GET /app/entries` takes. */
export function isEntryQuery(query: unknown): query is EntryQueryInput {
  return v.is(EntryQuery, query)
}

/** Entries that may be chosen at once. */
export const CHOSEN_MAX = 100

/** The query of `GET /app/entries/export.csv`: a view, or the entries that were chosen in it. */
export const ExportQuery = v.strictObject({
  ...filters,
  sort: v.optional(EntrySort, 'impact'),
  /** `12,7`: only these. */
  numbers: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,8}(,[1-9]\d{0,8}){0,99}$/, 'not numbers of entries'),
      v.transform((text) => text.split(',').map(Number)),
    ),
  ),
})
export type ExportQuery = v.InferOutput<typeof ExportQuery>

/** How many there are; with `isMore`, at least so many. */
export const Counted = v.object({ total: count, isMore: v.boolean() })
export type Counted = v.InferOutput<typeof Counted>

export const EntryPage = v.object({
  entries: v.array(EntryRow),
  /** For `before`; null on the first page. */
  previous: v.nullable(v.string()),
  /** For `after`; null on the last page. */
  next: v.nullable(v.string()),
  /** Which of them this page starts with, and how many fit the filters; null where closed ones are among them, which no screen counts. */
  counted: v.nullable(v.object({ from: count, ...Counted.entries })),
  /** Set where only so many lines were looked through and the page may be short for that: there is more to look through behind `next` or `previous`. */
  lookedThrough: v.nullable(count),
  /** Services that open entries of this mood name, for the filter. */
  services: v.array(v.string()),
})
export type EntryPage = v.InferOutput<typeof EntryPage>

/** `GET /app/entries/tabs`: what stands behind each of the register's own views. */
export const EntryTabs = v.object({
  open: Counted,
  mine: Counted,
  noOwner: Counted,
  waiting: Counted,
  /** Promises to customers whose clock has run out. */
  late: Counted,
  free: Counted,
  quiet: Counted,
})
export type EntryTabs = v.InferOutput<typeof EntryTabs>

/** An entry as it fits into a cell or a column. */
export const EntryCard = v.object({
  number: entryNumber,
  mood: Mood,
  title: v.string(),
  state: EntryState,
  impact: v.nullable(Impact),
  effort: v.nullable(Effort),
  worst: v.nullable(Wince),
  owner: v.nullable(v.object({ id: Id, name: v.string() })),
  version: count,
})
export type EntryCard = v.InferOutput<typeof EntryCard>

/** `cell`: impact and effort, `4S`, with `none` for what nobody has judged. `state`: where it is. */
export const EntryGrouping = v.picklist(['cell', 'state'])
export type EntryGrouping = v.InferOutput<typeof EntryGrouping>

/** The query of `GET /app/entries/groups`: open entries, by cell or by state. */
export const GroupsQuery = v.strictObject({
  by: EntryGrouping,
  service: filters.service,
  owner: filters.owner,
  free: filters.free,
  waiting: filters.waiting,
  systemic: filters.systemic,
})
export type GroupsQuery = v.InferOutput<typeof GroupsQuery>
export type GroupsQueryInput = v.InferInput<typeof GroupsQuery>

export const EntryGroups = v.object({
  groups: v.array(v.object({ key: v.string(), ...Counted.entries, entries: v.array(EntryCard) })),
  /** True where not all that fit were looked through: the rest is in the table. */
  isPartial: v.boolean(),
})
export type EntryGroups = v.InferOutput<typeof EntryGroups>

/** `POST /app/entries`: an entry that no note has opened. The client makes the id, so sending twice opens one. */
export const NewEntry = v.strictObject({
  id: Id,
  title: v.pipe(textUpTo(300), v.trim(), v.minLength(1)),
  service: v.nullable(v.pipe(textUpTo(200), v.trim(), v.minLength(1))),
})
export type NewEntry = v.InferOutput<typeof NewEntry>

export function entryListApi(call: Call) {
  return {
    /** @throws ApiError 400 `bad-cursor` when `after` belongs to another view */
    listEntries: (query: EntryQueryInput) =>
      call({ method: 'GET', path: `/app/entries${toSearch(query)}`, answer: EntryPage }),

    getEntryTabs: () => call({ method: 'GET', path: '/app/entries/tabs', answer: EntryTabs }),

    groupEntries: (query: GroupsQueryInput) =>
      call({ method: 'GET', path: `/app/entries/groups${toSearch(query)}`, answer: EntryGroups }),

    openEntry: (json: NewEntry) =>
      call({ method: 'POST', path: '/app/entries', json, answer: EntryRow }),
  }
}
export type EntryListApi = ReturnType<typeof entryListApi>
