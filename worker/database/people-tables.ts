import type { Generated } from 'kysely'

/** Rows about who may do what, as D1 holds them. Only queries.ts files see these. */

interface SetupRow {
  token_hash: string
  created_at: number
  used_at: number | null
}

interface PersonRow {
  id: string
  workspace_id: string
  name: string
  role: 'owner' | 'admin' | 'reviewer' | 'viewer' | 'walker'
  culture: Generated<number>
  created_at: number
  removed_at: number | null
}

interface PasskeyRow {
  id: string
  workspace_id: string
  person_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  created_at: number
  last_used_at: number | null
}

interface ChallengeRow {
  challenge: string
  purpose: 'register' | 'sign-in'
  person_id: string | null
  expires_at: number
  used_at: number | null
}

interface RecoveryCodeRow {
  code_hash: string
  workspace_id: string
  person_id: string
  created_at: number
  used_at: number | null
}

interface InviteRow {
  token_hash: string
  workspace_id: string
  person_id: string
  purpose: 'join' | 'sign-in'
  created_by: string
  created_at: number
  expires_at: number
  used_at: number | null
}

interface WebSessionRow {
  id: string
  workspace_id: string
  person_id: string
  token_hash: string
  label: string
  created_at: number
  last_seen_at: number
  expires_at: number
  revoked_at: number | null
}

interface DeviceRow {
  id: string
  workspace_id: string
  person_id: string
  token_hash: string
  name: string
  created_at: number
  last_seen_at: number
  last_sent_at: number | null
  revoked_at: number | null
}

interface PairingCodeRow {
  id: string
  code_hash: string
  workspace_id: string
  person_id: string
  created_by: string
  created_at: number
  expires_at: number
  used_at: number | null
  device_id: string | null
}

interface BudgetRow {
  key: string
  window_start: number
  used: number
}

interface AuditRow {
  workspace_id: string
  number: number
  at: number
  actor: string
  what: string
  detail: string
  previous_hash: string
  hash: string
}

export interface PeopleTables {
  setup: SetupRow
  person: PersonRow
  passkey: PasskeyRow
  challenge: ChallengeRow
  recovery_code: RecoveryCodeRow
  invite: InviteRow
  web_session: WebSessionRow
  device: DeviceRow
  pairing_code: PairingCodeRow
  budget: BudgetRow
  audit: AuditRow
}
