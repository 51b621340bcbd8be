import { createModel, signal } from '@preact/signals'

import type { EntryCard, EntryListApi, EntryPage } from '#shared/api/entry-list'

import { load, type Load } from '../load'
import { toQuery, viewFromAddress, type View } from './view'

/** Rows and the view they belong to: while others load, both stay. */
export interface ShownPage {
  view: View
  page: EntryPage
}

export const RegisterModel = createModel((api: Pick<EntryListApi, 'listEntries'>) => {
  const state = signal<Load<ShownPage>>({ status: 'loading' })
  /** What the matrix or the board shows, for the keys. */
  const cards = signal<readonly EntryCard[]>([])

  return {
    state,
    cards,

    /** Shows the view of an address; the one before stays until its rows are here. Never rejects. */
    show: (address: string) =>
      load(state, async () => {
        const view = viewFromAddress(address)
        return { view, page: await api.listEntries(toQuery(view)) }
      }),
  }
})
export type Register = InstanceType<typeof RegisterModel>
