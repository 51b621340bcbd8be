import type { Generated } from 'kysely'

import type { Kind } from '#shared/note'
import type { Channel } from '#shared/place'
import type { EntryState } from '#shared/sync'

/** Entries, where notes are, and what happened to each. */

interface EntryRow {
  id: string
  workspace_id: string
  number: number
  mood: 'embarrassed' | 'liked'
  title: string
  title_confirmed: Generated<number>
  service: string | null
  channel: Channel
  kind: Kind | null
  state: EntryState
  owner_person: string | null
  impact: number | null
  effort: 'S' | 'M' | 'L' | 'XL' | null
  merged_into: string | null
  notes: Generated<number>
  leaders: Generated<number>
  worst: number | null
  free: Generated<number>
  opened_at: number
  changed_at: number
  version: number
  seq: number
  service_id: string | null
  title_note: string | null
  cost: number | null
  due: string | null
  monthly: number | null
  monthly_source: string | null
  hand_offs: Generated<number>
  import_key: Generated<string | null>
  waiting: Generated<number>
  systemic: Generated<number>
}

interface EntryNoteRow {
  workspace_id: string
  entry_id: string
  note_id: string
  placed_by: string
  why: string
  at: number
  current: number
}

interface EventRow {
  id: string
  workspace_id: string
  entry_id: string
  at: number
  actor: string
  what: string
  before: string | null
  after: string | null
  reason: string | null
}

export interface EntryTables {
  entry: EntryRow
  entry_note: EntryNoteRow
  event: EventRow
}
