import { type CompiledQuery, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'

import type { EntryRow } from '#shared/api/register'

import { regressionsOf } from '../again/queries'
import type { Db } from '../database/open'
import type { Tables } from '../database/tables'
import { partsOf } from '../placing/queries'

/** Rows of these entries, in no order. */
export function selectRowsOf(
  db: Db,
  workspaceId: string,
  numbers: readonly number[],
): CompiledQuery {
  return selectEntryRows(db, workspaceId)
    .where(
      'entry.number',
      'in',
      sql<number>`(SELECT value FROM json_each(${JSON.stringify(numbers)}))`,
    )
    .compile()
}

/** A person opens an entry; doing it again changes nothing. Its own id is its first event's too. */
export function insertOpenedEntry(
  db: Db,
  workspaceId: string,
  { id, title, service, actor, at }: OpenedEntry,
): CompiledQuery[] {
  const isNew = sql`NOT EXISTS (SELECT 1 FROM entry WHERE entry.workspace_id = ${workspaceId} AND entry.id = ${id})`
  return [
    sql`
      UPDATE workspace SET seq = seq + 1, next_entry_number = next_entry_number + 1
      WHERE id = ${workspaceId} AND ${isNew}`.compile(db),
    sql`
      INSERT INTO entry (id, workspace_id, number, mood, title, title_confirmed, service, service_id, channel, state,
        opened_at, changed_at, version, seq)
      SELECT ${id}, id, next_entry_number - 1, 'embarrassed', ${title}, 1, ${service}, (
          SELECT service.id FROM service WHERE service.workspace_id = ${workspaceId} AND service.name = ${service}),
        'desk', 'new', ${at}, ${at}, 1, seq
      FROM workspace WHERE id = ${workspaceId} AND ${isNew}
      ON CONFLICT DO NOTHING`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT ${id}, ${workspaceId}, entry.id, ${at}, ${actor}, 'opened-by-hand', NULL, NULL, NULL FROM entry
      WHERE entry.workspace_id = ${workspaceId} AND entry.id = ${id}
      ON CONFLICT DO NOTHING`.compile(db),
    selectEntryRows(db, workspaceId).where('entry.id', '=', id).compile(),
  ]
}

interface OpenedEntry {
  id: string
  title: string
  service: string | null
  /** A person's id. */
  actor: string
  /** Unix ms. */
  at: number
}

/** What `selectEntryRows` selects; `toEntryRow` turns it into the domain's words. */
export interface SelectedEntry {
  number: number
  mood: EntryRow['mood']
  title: string
  title_confirmed: number
  service: string | null
  channel: EntryRow['channel']
  state: EntryRow['state']
  impact: EntryRow['impact']
  effort: EntryRow['effort']
  worst: EntryRow['worst']
  notes: number
  leaders: number
  free: number
  owner_person: string | null
  owner_name: string | null
  hand_offs: number
  cost: number | null
  due: string | null
  monthly: number | null
  monthly_source: string | null
  follow_ups: string
  regressions: number
  opened_at: number
  changed_at: number
  version: number
}

/** A register row's columns, its owner's name among them; conditions and order are the caller's. */
export function selectEntryRows(
  db: Db,
  workspaceId: string,
): SelectQueryBuilder<Tables, 'entry', SelectedEntry> {
  return db
    .selectFrom('entry')
    .select([
      'entry.number',
      'entry.mood',
      'entry.title',
      'entry.title_confirmed',
      'entry.service',
      'entry.channel',
      'entry.state',
      'entry.impact',
      'entry.effort',
      'entry.worst',
      'entry.notes',
      'entry.leaders',
      'entry.free',
      'entry.owner_person',
      'entry.hand_offs',
      'entry.cost',
      'entry.due',
      'entry.monthly',
      'entry.monthly_source',
      'entry.opened_at',
      'entry.changed_at',
      'entry.version',
    ])
    .select((entry) =>
      entry
        .selectFrom('person')
        .select('person.name')
        .where('person.workspace_id', '=', workspaceId)
        .whereRef('person.id', '=', 'entry.owner_person')
        .as('owner_name'),
    )
    .select(followUpsOf(workspaceId).as('follow_ups'))
    .select(regressionsOf(workspaceId).as('regressions'))
    .where('entry.workspace_id', '=', workspaceId) as SelectQueryBuilder<
    Tables,
    'entry',
    SelectedEntry
  >
}

/** Promises to customers of an entry, and of what was merged into it. */
function followUpsOf(workspaceId: string): RawBuilder<string> {
  return sql<string>`(
    SELECT json_object('all', count(*), 'open', COALESCE(sum(settled_at IS NULL), 0), 'dueAt', min(due_at))
    FROM follow_up WHERE follow_up.workspace_id = ${workspaceId} AND entry_id IN ${partsOf(workspaceId, sql.ref('entry.id'))})`
}

export function toEntryRow(row: SelectedEntry): EntryRow {
  return {
    number: row.number,
    mood: row.mood,
    title: row.title,
    titleConfirmed: row.title_confirmed === 1,
    service: row.service,
    channel: row.channel,
    state: row.state,
    impact: row.impact,
    effort: row.effort,
    worst: row.worst,
    notes: row.notes,
    leaders: row.leaders,
    free: row.free > 0,
    owner: row.owner_person === null ? null : { id: row.owner_person, name: row.owner_name ?? '' },
    handOffs: row.hand_offs,
    cost: row.cost,
    due: row.due,
    monthly:
      row.monthly === null ? null : { customers: row.monthly, source: row.monthly_source ?? '' },
    followUps: JSON.parse(row.follow_ups) as EntryRow['followUps'],
    regressions: row.regressions,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    version: row.version,
  }
}
