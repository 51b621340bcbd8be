import { type EntryQueryInput, type EntrySort, isEntryQuery } from '#shared/api/register'
import { count } from '../words'

/** A view of the register as its address says it; what is left out is the default. */
export type View = EntryQueryInput

const PAGE_LENGTH = '50'
const KEYS = [
  'mood',
  'state',
  'q',
  'service',
  'impact',
  'effort',
  'owner',
  'free',
  'sort',
  'after',
  'before',
] as const

/** Reads an address; what is not a view of ours is left out, so that an old link still opens. */
export function viewFromQuery(query: Record<string, string>): View {
  const view: Record<string, string> = {}
  for (const key of KEYS) {
    const value = query[key]
    if (value === undefined || value === '') continue
    if (isEntryQuery({ [key]: value })) view[key] = value
  }
  return view
}

/** @param address as `addressOfView` writes it */
export function viewFromAddress(address: string): View {
  return viewFromQuery(Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? '')))
}

/** The address of a view: only what differs from the default, so that it reads well. */
export function addressOfView(view: View): string {
  const search = new URLSearchParams()
  for (const key of KEYS) {
    const value = view[key]
    if (value !== undefined && value !== '' && !isDefault(key, value)) search.set(key, value)
  }
  const text = search.toString()
  return text === '' ? '/register' : `/register?${text}`
}

/** The same view with something else asked, from its first page. */
export function withAsked(view: View, asked: View): View {
  const { after: _after, before: _before, ...kept } = view
  return { ...kept, ...asked }
}

export function withPage(view: View, page: Pick<View, 'after' | 'before'>): View {
  return { ...withAsked(view, {}), ...page }
}

/** What goes to the server. */
export function toQuery(view: View): EntryQueryInput {
  return { ...view, limit: PAGE_LENGTH }
}

export function isFiltered(view: View): boolean {
  const { state, q, service, impact, effort, owner, free } = view
  return [q, service, impact, effort, owner, free].some(Boolean) || (state ?? 'open') !== 'open'
}

/** Filters gone; order and view stay. */
export function withoutFilters({ mood, sort }: View): View {
  return { ...(mood && { mood }), ...(sort && { sort }) }
}

const ORDER_WORDS: Record<EntrySort, string> = {
  impact: 'high impact first, then low effort, then most leaders',
  effort: 'low effort first, then high impact',
  leaders: 'most leaders first',
  changed: 'changed last first',
  newest: 'newest first',
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

/** `64 open entries`, `12 things to keep`, `3 entries fit`. */
export function totalInWords(view: View, total: number): string {
  if (view.mood === 'liked') return count(total, 'thing to keep', 'things to keep')
  if (isFiltered(view)) return total === 1 ? '1 entry fits' : `${total} entries fit`
  return count(total, 'open entry', 'open entries')
}

function isDefault(key: string, value: string): boolean {
  return (
    (key === 'mood' && value === 'embarrassed') ||
    (key === 'state' && value === 'open') ||
    (key === 'sort' && value === 'impact')
  )
}
