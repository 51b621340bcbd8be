import type { Generated } from 'kysely'

import type { CloseCode } from '#shared/entry-moves'

/** From a problem to its end: work on an entry, what people are told, and promises to customers. */

interface EntryWorkRow {
  entry_id: string
  workspace_id: string
  how_it_happened: Generated<string>
  never_again: Generated<string>
  why_obvious: Generated<string>
  /** JSON, as are `cause_areas`, `actions`, `measure` and `links`. */
  whys: Generated<string>
  cause_areas: Generated<string>
  is_systemic: Generated<number>
  actions: Generated<string>
  measure: string | null
  review_on: string | null
  links: Generated<string>
  promise_broken: Generated<string>
  accountable: Generated<string>
  hold_reason: Generated<string>
  hold_day: string | null
  are_told: Generated<number>
  close_code: CloseCode | null
  close_note: Generated<string>
}

interface MessageRow {
  id: string
  workspace_id: string
  entry_id: string
  kind: 'thanks' | 'changed' | 'explanation'
  version: number
  you_said: string
  words: string
  sorry_for: Generated<string>
  by: string
  at: number
}

interface FollowUpRow {
  id: string
  workspace_id: string
  note_id: string | null
  entry_id: string | null
  customer: Generated<string>
  person_id: string
  seen_through_by: string | null
  reference: string | null
  since: number
  first_contact_at: number | null
  first_contact_by: string | null
  fixed_at: number | null
  due_at: number | null
  settled_at: number | null
  settled_by: string | null
  outcome: 'satisfied' | 'not-satisfied' | 'exempt' | null
  reason: Generated<string>
  on_the_spot: Generated<number>
  version: Generated<number>
  said_no_at: Generated<number | null>
}

interface PublicationRow {
  entry_id: string
  workspace_id: string
  message_id: string
  by: string
  at: number
}

interface PlaybookRow {
  id: string
  workspace_id: string
  name: string
  service: string
  sponsor: string
  /** JSON. */
  steps: string
  trained_on: string | null
  trained_by: string
  changed_by: string
  changed_at: number
  version: Generated<number>
}

export interface WorkTables {
  entry_work: EntryWorkRow
  message: MessageRow
  follow_up: FollowUpRow
  publication: PublicationRow
  playbook: PlaybookRow
}
