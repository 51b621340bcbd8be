import { createModel, signal } from '@preact/signals'

import type { EntryListApi } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'
import type { Mood } from '#shared/note'

import { load, type Load } from '../load'

const SHOWN = '8'
const NUMBER = /^#?\s*(\d{1,9})$/

interface EntrySearchDeps {
  api: Pick<EntryListApi, 'listEntries'>
  /** Liked entries and complaints never share an entry, so neither is offered for the other. */
  mood: Mood
}

/** Entries by their words or number; without either, those that changed last. */
export const EntrySearchModel = createModel(({ api, mood }: EntrySearchDeps) => {
  const state = signal<Load<EntryRow[]>>({ status: 'loading' })
  const text = signal('')

  return {
    state,
    /** What is typed; the entries follow a moment later. */
    text,
    setText(typed: string): void {
      text.value = typed
    },

    /** Never rejects; an answer to older words is dropped. */
    find: () =>
      load(state, async () => {
        const q = text.peek().trim().replace(NUMBER, '$1')
        const { entries } = await api.listEntries({
          mood,
          limit: SHOWN,
          ...(q === '' ? { state: 'open', sort: 'changed' } : { state: 'all', q }),
        })
        return entries.filter(({ state: each }) => each !== 'merged' && each !== 'withdrawn')
      }),
  }
})
