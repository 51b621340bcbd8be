import {
  type Counted,
  type EntryQueryInput,
  type EntrySort,
  type GroupsQueryInput,
  isEntryQuery,
} from '#shared/api/entry-list'

import { count } from '../words'

/** A view of the register as its address says it; what is left out is the default. */
export type View = EntryQueryInput & { as?: ShownAs }
/** How it is drawn; a table unless said. */
export type ShownAs = 'matrix' | 'board'

const PAGE_LENGTH = '50'
const FILTERS = [
  'q',
  'service',
  'impact',
  'effort',
  'owner',
  'free',
  'due',
  'waiting',
  'systemic',
  'quiet',
  'asks',
] as const
const KEYS = ['mood', 'state', ...FILTERS, 'sort', 'after', 'before'] as const

/** Reads an address; what is not a view of ours is left out, so that an old link still opens. */
export function viewFromQuery(query: Record<string, string>): View {
  const view: Record<string, string> = {}
  for (const key of KEYS) {
    const value = query[key]
    if (value === undefined || value === '') continue
    if (isEntryQuery({ [key]: value })) view[key] = value
  }
  const as = query['as']
  return as === 'matrix' || as === 'board' ? { ...view, as } : view
}

/** @param address as `addressOfView` writes it */
export function viewFromAddress(address: string): View {
  return viewFromQuery(Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? '')))
}

/** The address of a view: only what differs from the default, so that it reads well. */
export function addressOfView(view: View): string {
  const text = queryOfView(view)
  return text === '' ? '/register' : `/register?${text}`
}

/** What stands behind the question mark; a view that somebody keeps is this under a name. */
export function queryOfView(view: View): string {
  const search = new URLSearchParams()
  for (const key of [...KEYS, 'as'] as const) {
    const value = view[key]
    if (value !== undefined && value !== '' && !isDefault(key, value)) search.set(key, value)
  }
  return search.toString()
}

/** The same view with something else asked, from its first page. */
export function withAsked(view: View, asked: View): View {
  const { after: _after, before: _before, ...kept } = view
  return { ...kept, ...asked }
}

export function withPage(view: View, page: Pick<View, 'after' | 'before'>): View {
  return { ...withAsked(view, {}), ...page }
}

/** The same as a table. */
export function inTable({ as: _as, ...view }: View): EntryQueryInput {
  return view
}

/** What goes to the server for the table. */
export function toQuery(asked: View): EntryQueryInput {
  const view = inTable(asked)
  return { ...view, limit: PAGE_LENGTH }
}

/** What goes to the server for the matrix and the board, which hold open entries in the first order. */
export function toGroupsQuery(
  { service, owner, free, waiting, systemic }: View,
  by: GroupsQueryInput['by'],
): GroupsQueryInput {
  return {
    by,
    ...(service && { service }),
    ...(owner && { owner }),
    ...(free && { free }),
    ...(waiting && { waiting }),
    ...(systemic && { systemic }),
  }
}

/** The view as a file, or only these entries of it. */
export function exportAddress(view: View, numbers: readonly number[] = []): string {
  const { after: _after, before: _before, ...asked } = inTable(view)
  const search = new URLSearchParams(
    Object.entries(asked).filter(([, value]) => value !== '') as [string, string][],
  )
  if (numbers.length > 0) search.set('numbers', numbers.join(','))
  const text = search.toString()
  return `/app/entries/export.csv${text === '' ? '' : `?${text}`}`
}

export function isFiltered(view: View): boolean {
  return FILTERS.some((key) => Boolean(view[key])) || (view.state ?? 'open') !== 'open'
}

/** Filters gone; order and view stay. */
export function withoutFilters({ mood, sort, as }: View): View {
  return { ...(mood && { mood }), ...(sort && { sort }), ...(as && { as }) }
}

const ORDER_WORDS: Record<EntrySort, string> = {
  impact: 'high impact first, then low effort, then customers hit, then most leaders',
  effort: 'low effort first, then high impact',
  leaders: 'most leaders first',
  changed: 'changed last first',
  quiet: 'longest quiet first',
  newest: 'newest first',
  due: 'the nearest day first',
}

/** Says what the table holds and how it is sorted. */
export function captionOf(view: View): string {
  const what =
    view.mood === 'liked'
      ? 'What to keep'
      : (view.state ?? 'open') === 'open'
        ? 'Open entries'
        : 'Entries'
  const order =
    view.mood === 'liked' && (view.sort ?? 'impact') === 'impact'
      ? ORDER_WORDS.leaders
      : ORDER_WORDS[view.sort ?? 'impact']
  return `${what}, ${order}`
}

/** `64 open entries`, `12 things to keep`, `3 entries fit`, `More than 200 entries fit`. */
export function totalInWords(view: View, { total, isMore }: Counted): string {
  if (view.mood === 'liked') return count(total, 'thing to keep', 'things to keep')
  if (!isFiltered(view)) return count(total, 'open entry', 'open entries')
  if (isMore) return `At least ${count(total, 'entry', 'entries')} fit`
  return total === 1 ? '1 entry fits' : `${total} entries fit`
}

/** The same lists, whatever the page, the order and the drawing. */
export function isSameList(one: View, other: View): boolean {
  return (['mood', 'state', ...FILTERS] as const).every(
    (key) => shownValue(one, key) === shownValue(other, key),
  )
}

function shownValue(view: View, key: 'mood' | 'state' | (typeof FILTERS)[number]): string {
  const value = view[key] ?? ''
  return isDefault(key, value) ? '' : value
}

function isDefault(key: string, value: string): boolean {
  return (
    (key === 'mood' && value === 'embarrassed') ||
    (key === 'state' && value === 'open') ||
    (key === 'sort' && value === 'impact')
  )
}
