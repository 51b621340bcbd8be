import type { Generated } from 'kysely'

import type { PlanKind } from '#shared/api/plan'
import type { PictureType } from '#shared/attachment'
import type { Kind, Money, Source } from '#shared/note'
import type { OpKind } from '#shared/op'
import type { Channel } from '#shared/place'
import type { StepKind } from '#shared/step'
import type { WalkState } from '#shared/walk'

import type { EntryTables } from './entry-tables'
import type { MenuTables } from './menu-tables'
import type { PeopleTables } from './people-tables'
import type { RankingTables } from './ranking-tables'
import type { RegisterTables } from './register-tables'
import type { TriageTables } from './triage-tables'
import type { WorkTables } from './work-tables'

/** Rows as D1 holds them: snake_case, 0 and 1 for booleans, Unix ms. Only queries.ts files see these. */

interface WorkspaceRow {
  id: string
  name: string
  seq: Generated<number>
  epoch: Generated<number>
  cover_everything: Generated<number>
  private_words: Generated<string>
  next_entry_number: Generated<number>
  looked_epoch: Generated<number>
  looked_to: string | null
  looking_epoch: Generated<number>
  grouping_lease: string | null
  grouping_lease_until: Generated<number>
  clocks_on_weekends: Generated<number>
  slug: Generated<string | null>
  created_at: number
}

interface OpRow {
  op_id: string
  workspace_id: string
  device_id: string
  pairing_id: string
  person_id: string
  mid: number
  kind: OpKind
  subject_id: string
  payload: string
  proto: number
  at: number
  received_at: number
  seq: number | null
}

interface WalkRow {
  id: string
  workspace_id: string
  person_id: string
  kind: 'errand' | 'shift'
  state: WalkState
  errand: string | null
  persona: string | null
  service: string | null
  first_time: number | null
  started_at: number
  ended_at: number | null
  parts: number
  totals: string
  debrief: string | null
  seq: number
  epoch: Generated<number>
}

interface StepRow {
  workspace_id: string
  walk_id: string
  seq: number
  kind: StepKind
  at: number
  data: string
}

interface NoteRow {
  id: string
  workspace_id: string
  person_id: string
  walk_id: string | null
  source: Source
  mood: 'embarrassed' | 'liked'
  kind: Kind | null
  wince: number | null
  money: Money | null
  words: string
  first_words: string
  first_words_at: number | null
  expected: string | null
  service: string | null
  channel: Channel
  place: string
  place_key: string
  wide_place_key: string
  at: number
  received_at: number
  rev: number
  seq: number
  grouped: Generated<number>
  epoch: Generated<number>
  arrived: Generated<number>
  service_id: string | null
  same_as: string | null
}

interface TombstoneRow {
  workspace_id: string
  subject_id: string
  person_id: string
  at: number
  seq: number
}

interface UnwantedPictureRow {
  workspace_id: string
  sha256: string
  since: number
  locked_until: Generated<number>
  deleted: Generated<number>
}

interface AttachmentRow {
  workspace_id: string
  note_id: string
  sha256: string
  type: PictureType
  bytes: number
  width: number
  height: number
  covered: number
  uninspected: number
  everything_covered: number
  state: 'pending' | 'stored' | 'refused'
}

interface ServiceRow {
  id: string
  workspace_id: string
  provider: string
  name: string
  channels: string
}

interface NeverGroupRow {
  workspace_id: string
  note_id: string
  other_id: string
  at: number
}

interface ProposalRow {
  workspace_id: string
  note_id: string
  entry_id: string
  from_id: string | null
  state: 'open' | 'accepted' | 'rejected' | 'withdrawn'
  p: number
  engine: string
  sentence: string
  at: number
  decided_by: string | null
  decided_at: number | null
}

interface ServiceAliasRow {
  workspace_id: string
  alias: string
  service_id: string
  person_id: string
  at: number
  note_id: string | null
  decision_id: string | null
}

interface PlanRow {
  id: string
  workspace_id: string
  person_id: string
  kind: PlanKind
  what: string
  service: string | null
  due: string
  state: Generated<'open' | 'done' | 'dropped'>
  walk_id: string | null
  made_by: string
  made_at: number
  seq: number
}

export interface Tables
  extends
    EntryTables,
    MenuTables,
    PeopleTables,
    RankingTables,
    RegisterTables,
    TriageTables,
    WorkTables {
  workspace: WorkspaceRow
  op: OpRow
  walk: WalkRow
  step: StepRow
  note: NoteRow
  attachment: AttachmentRow
  tombstone: TombstoneRow
  unwanted_picture: UnwantedPictureRow
  service: ServiceRow
  never_group: NeverGroupRow
  proposal: ProposalRow
  service_alias: ServiceAliasRow
  plan: PlanRow
}
