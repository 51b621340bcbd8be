import type { EntryApi } from '#shared/api/entry'
import type { EntryListApi } from '#shared/api/entry-list'
import type { PeopleApi } from '#shared/api/people'
import type { TriageApi } from '#shared/api/triage'
import type { ViewApi } from '#shared/api/view'

import type { ChosenEntry } from './chosen'
import type { JudgeField } from './JudgeSheet'

/** What the register and the review meeting are given. */
export interface RegisterDeps {
  api: EntryListApi &
    ViewApi &
    Pick<EntryApi, 'changeEntry'> &
    Pick<TriageApi, 'decide' | 'undoDecision'> &
    Pick<PeopleApi, 'listPeople'>
  newId(): string
  now: number
  mayChange: boolean
}

/** What is open over the register; one at a time. */
export type Dialog =
  | { what: 'keys' }
  | { what: 'new' }
  | { what: 'merge' }
  | { what: 'judge'; field: JudgeField; entries: readonly ChosenEntry[] }
