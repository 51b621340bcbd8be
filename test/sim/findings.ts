export type Kind = 'lost' | 'duplicated' | 'reordered' | 'diverged' | 'stuck' | 'recalledLeft'

export interface Bad {
  kind: Kind
  what: string
}

export interface OpRow {
  op_id: string
  person_id: string
  workspace_id: string
  subject_id: string
  kind: string
  payload: string | null
  seq: number
}
