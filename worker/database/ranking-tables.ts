import type { Generated } from 'kysely'

/** Rows by which ranking finds entries, as D1 holds them. Only queries.ts files see these. */

interface NoteIndexRow {
  number: Generated<number>
  workspace_id: string
  note_id: string
  entry_id: string | null
  tokens: string
  print: string | null
}

interface EntryTokenRow {
  workspace_id: string
  entry_id: string
  token: string
  mood: 'embarrassed' | 'liked'
  number: number
  merged_into: string | null
  notes: number
}

interface TokenRow {
  workspace_id: string
  mood: 'embarrassed' | 'liked'
  token: string
  notes: number
  entries: number
}

interface EntrySummaryRow {
  workspace_id: string
  entry_id: string
  data: string
}

interface NoteToIndexRow {
  note_id: string
  workspace_id: string
}

interface LoneEntryRow {
  workspace_id: string
  entry_id: string
  ask_at: number
}

interface WorkspaceWeightsRow {
  workspace_id: string
  weights: string | null
  base: string | null
  decided: Generated<number>
  fitted_decided: Generated<number>
  fitted_at: Generated<number>
}

export interface RankingTables {
  note_index: NoteIndexRow
  entry_token: EntryTokenRow
  token: TokenRow
  entry_summary: EntrySummaryRow
  note_to_index: NoteToIndexRow
  lone_entry: LoneEntryRow
  workspace_weights: WorkspaceWeightsRow
}
