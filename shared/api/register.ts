import * as v from 'valibot'

import { type Call, toSearch } from '#shared/api/call'
import { Effort, Impact } from '#shared/entry'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { Channel } from '#shared/place'
import { EntryState } from '#shared/sync'
import { Day, Ms, textUpTo } from '#shared/text'

/** What the dashboard reads through `/app`: the register and home. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const EntryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const Owner = v.object({ id: Id, name: v.string() })

/** An entry as a row of the register. */
export const EntryRow = v.object({
  number: EntryNumber,
  mood: Mood,
  title: v.string(),
  titleConfirmed: v.boolean(),
  service: v.nullable(v.string()),
  channel: Channel,
  state: EntryState,
  impact: v.nullable(Impact),
  effort: v.nullable(Effort),
  /** The worst wince among its notes; null where nobody set one. */
  worst: v.nullable(Wince),
  notes: count,
  leaders: count,
  /** Somebody called it free to fix. */
  free: v.boolean(),
  owner: v.nullable(Owner),
  /** How often it passed from one owner to another. */
  handOffs: count,
  /** Whole units of the workspace's money; 0 is free, null where nobody said. */
  cost: v.nullable(count),
  /** A day without a time zone. */
  due: v.nullable(Day),
  /** Customers hit in a month, and how that is known; null where nobody counted. */
  monthly: v.nullable(v.object({ customers: count, source: v.string() })),
  /** What its customers were promised. `dueAt` is the clock that runs out first; null where none runs. */
  followUps: v.object({ all: count, open: count, dueAt: v.nullable(Ms) }),
  /** How often a new note opened it again after it was closed. */
  regressions: count,
  openedAt: Ms,
  changedAt: Ms,
  version: count,
})
export type EntryRow = v.InferOutput<typeof EntryRow>

export const ENTRY_SORTS = ['impact', 'effort', 'leaders', 'changed', 'newest'] as const
export const EntrySort = v.picklist(ENTRY_SORTS)
export type EntrySort = v.InferOutput<typeof EntrySort>

/** `open` is everything that is not closed, declined or merged. */
const EntryStateFilter = v.union([v.picklist(['open', 'all']), EntryState])

const REGISTER_PAGE_MAX = 100
/** Longest opaque cursor; a real one is a third of it. */
const CURSOR_MAX_BYTES = 300
const Cursor = textUpTo(CURSOR_MAX_BYTES)

/** The query of `GET /app/entries`; every key may be left out. */
export const EntryQuery = v.strictObject({
  mood: v.optional(Mood, 'embarrassed'),
  state: v.optional(EntryStateFilter, 'open'),
  q: v.optional(textUpTo(200), ''),
  service: v.optional(textUpTo(200)),
  impact: v.optional(
    v.pipe(v.string(), v.regex(/^[1-4]$/, 'not an impact'), v.transform(Number), Impact),
  ),
  effort: v.optional(Effort),
  /** A person's id, or `none` for entries that nobody owns. */
  owner: v.optional(v.union([v.literal('none'), Id])),
  /** `1`: only what somebody called free to fix. */
  free: v.optional(v.literal('1')),
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

export const EntryPage = v.object({
  entries: v.array(EntryRow),
  /** For `before`; null on the first page. */
  previous: v.nullable(v.string()),
  /** For `after`; null on the last page. */
  next: v.nullable(v.string()),
  /** Which of them this page starts with, and how many fit the filters; null where closed ones are among them, which no screen counts. */
  counted: v.nullable(v.object({ from: count, total: count })),
  /** Services that entries of this mood name, for the filter. */
  services: v.array(v.string()),
})
export type EntryPage = v.InferOutput<typeof EntryPage>

/**
 * The register over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for a number, page or picture that this workspace does not have
 */
export function registerApi(call: Call) {
  return {
    /** @throws ApiError 400 `bad-cursor` when `after` belongs to another view */
    listEntries: (query: EntryQueryInput) =>
      call({ method: 'GET', path: `/app/entries${toSearch(query)}`, answer: EntryPage }),
  }
}
export type RegisterApi = ReturnType<typeof registerApi>
