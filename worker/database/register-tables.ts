import type { Generated } from 'kysely'

/** The register's lists, which triggers keep, how many stand in each, its search, and views that people keep. */

export interface RegisterLineRow {
  workspace_id: string
  facet: string
  number: number
  low_impact: number
  effort_rank: number
  few_monthly: number
  few_leaders: number
  changed_at: number
  due_day: string
}

interface RegisterCountRow {
  workspace_id: string
  facet: string
  entries: number
}

interface TitlePlaceRow {
  place: number
  workspace_id: string
  number: number
}

interface SavedViewRow {
  id: string
  workspace_id: string
  person_id: string
  name: string
  query: string
  is_shared: Generated<number>
  made_at: number
}

interface DefaultViewRow {
  person_id: string
  workspace_id: string
  view_id: string
}

export interface RegisterTables {
  register_line: RegisterLineRow
  register_count: RegisterCountRow
  title_place: TitlePlaceRow
  saved_view: SavedViewRow
  default_view: DefaultViewRow
}
