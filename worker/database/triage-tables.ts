/** Rows about what waits for a person and what was decided, as D1 holds them. Only queries.ts files see these. */

interface TriageRow {
  workspace_id: string
  note_id: string
  lane: 'sure' | 'asked' | 'own'
  position: number
}

interface TriageCountRow {
  workspace_id: string
  lane: 'sure' | 'asked' | 'own'
  notes: number
}

interface DecisionRow {
  workspace_id: string
  id: string
  person_id: string
  what: string
  at: number
  undoes: string | null
  undone_at: number | null
}

interface DecisionPartRow {
  workspace_id: string
  decision_id: string
  part: number
  fresh: number
}

interface DecisionStepRow {
  workspace_id: string
  decision_id: string
  part: number
  number: number
  kind: string
  note_id: string | null
  entry_id: string | null
  before: string | null
  after: string | null
}

interface DecisionNoteRow {
  workspace_id: string
  decision_id: string
  number: number
  note_id: string
  code: string | null
}

interface DecisionEntryRow {
  workspace_id: string
  decision_id: string
  entry_id: string
  code: string | null
}

export interface TriageTables {
  triage: TriageRow
  triage_count: TriageCountRow
  decision: DecisionRow
  decision_part: DecisionPartRow
  decision_step: DecisionStepRow
  decision_note: DecisionNoteRow
  decision_entry: DecisionEntryRow
}
