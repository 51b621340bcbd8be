import { createModel, signal } from '@preact/signals'

import { type EntryListApi, type EntryPage, type EntryQueryInput } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'

import { load, type Load } from '../load'

interface Item {
  id: string
  words: string
  /** Why the meeting looks at these, in one sentence. */
  why: string
  query: EntryQueryInput
}

/** What a review meeting goes through, in this order; each is a list of the register. */
export const AGENDA: readonly Item[] = [
  {
    id: 'waiting',
    words: 'Customers waiting',
    why: 'Somebody was promised to hear of us.',
    query: { waiting: '1' },
  },
  {
    id: 'over',
    words: 'Day has passed',
    why: 'It was to be done by now.',
    query: { due: 'over', sort: 'due' },
  },
  {
    id: 'hold',
    words: 'On hold past its day',
    why: 'What it waited for should be there.',
    query: { asks: 'hold' },
  },
  {
    id: 'review',
    words: 'Review day has come',
    why: 'Look whether it worked.',
    query: { asks: 'review' },
  },
  {
    id: 'nobody',
    words: 'No owner',
    why: 'Nobody sees these through.',
    query: { owner: 'none' },
  },
  {
    id: 'process',
    words: 'Systemic, and nothing changes',
    why: 'The cause is in how we work, and no change to that is planned.',
    query: { asks: 'process' },
  },
  {
    id: 'quiet',
    words: 'Quiet for 30 days',
    why: 'Nothing has happened for a month.',
    query: { quiet: '1', sort: 'quiet' },
  },
]

/** As many as a meeting gets through of one item; the table has the rest. */
const ITEM_LENGTH = '30'

/** One item of the agenda and the entries that are in it now. */
export const AgendaModel = createModel((api: Pick<EntryListApi, 'listEntries'>) => {
  const pages = signal<Load<readonly EntryPage[]>>({ status: 'loading' })
  return {
    pages,

    /** All of the agenda, so that one sees what is ahead. Never rejects. */
    find: () =>
      load(pages, () =>
        Promise.all(AGENDA.map(({ query }) => api.listEntries({ ...query, limit: ITEM_LENGTH }))),
      ),
  }
})

/** Where somebody is: an item, and an entry of it; the address remembers both. */
export interface Place {
  item: number
  entry: number
}

/** The next entry, or the one before, over the ends of items; where it is when there is none. */
export function step(pages: readonly EntryPage[], { item, entry }: Place, by: 1 | -1): Place {
  const within = entry + by
  if (pages[item]?.entries[within]) return { item, entry: within }
  for (let at = item + by; at >= 0 && at < pages.length; at += by) {
    const { length } = pages[at]?.entries ?? []
    if (length > 0) return { item: at, entry: by === 1 ? 0 : length - 1 }
  }
  return { item, entry }
}

/** The entry that is on screen, where there is one. */
export function entryAt(pages: readonly EntryPage[], { item, entry }: Place): EntryRow | undefined {
  return pages[item]?.entries[entry]
}

/** The place of an address: an item by name and an entry by number, or the first that there is. */
export function placeOf(
  pages: readonly EntryPage[],
  query: Readonly<Record<string, string>>,
): Place {
  const item = AGENDA.findIndex(({ id }) => id === query['at'])
  if (item === -1) {
    const first = pages.findIndex(({ entries }) => entries.length > 0)
    return { item: Math.max(0, first), entry: 0 }
  }
  const entry = pages[item]?.entries.findIndex(({ number }) => String(number) === query['entry'])
  return { item, entry: Math.max(0, entry ?? 0) }
}

export function addressOf(pages: readonly EntryPage[], place: Place): string {
  const id = AGENDA[place.item]?.id ?? ''
  const entry = entryAt(pages, place)
  return `/meeting?at=${id}${entry ? `&entry=${entry.number}` : ''}`
}
