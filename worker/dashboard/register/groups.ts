import { createModel, signal } from '@preact/signals'

import type { EntryGroups, EntryListApi } from '#shared/api/entry-list'

import { load, type Load } from '../load'
import { toGroupsQuery, viewFromAddress } from './view'

/** Open entries by cell or by state, for the matrix and the board. */
export const GroupsModel = createModel((api: Pick<EntryListApi, 'groupEntries'>) => {
  const state = signal<Load<EntryGroups>>({ status: 'loading' })
  return {
    state,

    /** Never rejects. */
    show: (address: string) => {
      const view = viewFromAddress(address)
      return load(state, () =>
        api.groupEntries(toGroupsQuery(view, view.as === 'board' ? 'state' : 'cell')),
      )
    },
  }
})
