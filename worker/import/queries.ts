import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Db } from '../database/open'
import { type SelectedEntry, selectEntryRows } from '../register/queries'

/** An entry as it is, with the key of the line that it came from, where it came from one. */
export type KnownEntry = SelectedEntry & { id: string; import_key: string | null }

/** The entries that lines name, by what tells them from others or by number. */
export function selectKnown(
  db: Db,
  workspaceId: string,
  { keys, numbers }: { keys: readonly string[]; numbers: readonly number[] },
): CompiledQuery {
  // By number, whichever it is: an OR over two columns would read the whole workspace.
  const named = sql<number>`(
    SELECT value FROM json_each(${JSON.stringify(numbers)})
    UNION
    SELECT known.number FROM json_each(${JSON.stringify(keys)}) AS line
    CROSS JOIN entry AS known ON known.workspace_id = ${workspaceId} AND known.import_key = line.value)`
  return selectEntryRows(db, workspaceId)
    .select(['entry.id', 'entry.import_key'])
    .where('entry.number', 'in', named)
    .compile()
}

/** Which of these people may own an entry here. */
export function selectOwnersAmong(
  db: Db,
  workspaceId: string,
  people: readonly string[],
): CompiledQuery {
  return db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', listed<string>(people))
    .where('removed_at', 'is', null)
    .where('role', 'in', ['owner', 'admin', 'reviewer'])
    .compile()
}

/** An entry that a line opens, with its first lines of history. */
export interface ImportedEntry {
  id: string
  importKey: string
  title: string
  service: string | null
  impact: number | null
  effort: string | null
  owner: string | null
  cost: number | null
  due: string | null
  monthly: number | null
  monthlySource: string | null
  events: readonly ImportedEvent[]
}

interface ImportedEvent {
  id: string
  /** Unix ms. */
  at: number
  what: string
  before: string | null
  after: string | null
  reason: string | null
}

/**
 * Opens what is not here yet, in its order; sent again, it changes nothing.
 *
 * @param actor a person's id
 * @param now Unix ms
 */
export function insertImported(
  db: Db,
  workspaceId: string,
  { entries, actor, now }: { entries: readonly ImportedEntry[]; actor: string; now: number },
): CompiledQuery[] {
  const asked = sql`json_each(${JSON.stringify(entries.map(({ events: _events, ...entry }) => entry))}) AS asked`
  const isNew = sql`NOT EXISTS (
    SELECT 1 FROM entry WHERE entry.workspace_id = ${workspaceId} AND entry.import_key = asked.value ->> 'importKey')`
  const opened = sql`(SELECT count(*) FROM ${asked} WHERE ${isNew})`
  const events = entries.flatMap(({ id, events: lines }) =>
    lines.map((event) => ({ ...event, entry: id })),
  )
  return [
    sql`
      UPDATE workspace SET seq = seq + ${opened}, next_entry_number = next_entry_number + ${opened}
      WHERE id = ${workspaceId}`.compile(db),
    sql`
      INSERT INTO entry (id, workspace_id, import_key, number, mood, title, title_confirmed, service, service_id, channel,
        state, impact, effort, owner_person, cost, due, monthly, monthly_source, opened_at, changed_at, version, seq)
      SELECT fresh.value ->> 'id', workspace.id, fresh.value ->> 'importKey', next_entry_number - behind, 'embarrassed',
        fresh.value ->> 'title', 1, fresh.value ->> 'service', (
          SELECT service.id FROM service
          WHERE service.workspace_id = ${workspaceId} AND service.name = fresh.value ->> 'service'),
        'desk', 'new', fresh.value ->> 'impact', fresh.value ->> 'effort', fresh.value ->> 'owner',
        fresh.value ->> 'cost', fresh.value ->> 'due', fresh.value ->> 'monthly', fresh.value ->> 'monthlySource',
        ${now}, ${now + 1}, 1, seq - behind + 1
      FROM workspace, (
        SELECT value, count(*) OVER () - row_number() OVER (ORDER BY key) + 1 AS behind FROM ${asked} WHERE ${isNew}
      ) AS fresh
      WHERE workspace.id = ${workspaceId}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT value ->> 'id', ${workspaceId}, entry.id, value ->> 'at', ${actor}, value ->> 'what', value ->> 'before',
        value ->> 'after', value ->> 'reason'
      FROM json_each(${JSON.stringify(events)})
      CROSS JOIN entry ON entry.id = value ->> 'entry' AND +entry.workspace_id = ${workspaceId}
      WHERE true
      ON CONFLICT DO NOTHING`.compile(db),
    selectKnown(db, workspaceId, {
      keys: entries.map(({ importKey }) => importKey),
      numbers: [],
    }),
  ]
}

function listed<Value>(values: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`(SELECT value FROM json_each(${JSON.stringify(values)}))`
}
