import { type CompiledQuery, type RawBuilder, type Selectable, sql } from 'kysely'

import { type EntryWork, NO_WORK } from '#shared/work'

import type { Db } from '../database/open'
import type { Tables } from '../database/tables'
import { COLUMNS, toStored, type WorkChange, WORK_FIELD_NAMES } from './fields'

/** Two queries for a call: an entry's work, and what customers are told of it. */
export function workQueries(
  db: Db,
  workspaceId: string,
  entryId: string,
): [CompiledQuery, CompiledQuery] {
  const newest = (kind: string) => sql`COALESCE((
    SELECT words FROM message
    WHERE message.workspace_id = ${workspaceId} AND message.entry_id = ${entryId} AND message.kind = ${kind}
    ORDER BY message.version DESC LIMIT 1), '')`
  return [
    db
      .selectFrom('entry_work')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('entry_id', '=', entryId)
      .compile(),
    sql`SELECT ${newest('changed')} AS whatChanged, ${newest('explanation')} AS whyNot`.compile(db),
  ]
}

export function toWork(row: object | undefined): EntryWork {
  if (row === undefined) return NO_WORK
  const work = row as Selectable<Tables['entry_work']>
  return {
    howItHappened: work.how_it_happened,
    neverAgain: work.never_again,
    whyObvious: work.why_obvious,
    whys: JSON.parse(work.whys) as EntryWork['whys'],
    causeAreas: JSON.parse(work.cause_areas) as EntryWork['causeAreas'],
    isSystemic: work.is_systemic === 1,
    actions: JSON.parse(work.actions) as EntryWork['actions'],
    measure: work.measure === null ? null : (JSON.parse(work.measure) as EntryWork['measure']),
    reviewOn: work.review_on,
    links: JSON.parse(work.links) as EntryWork['links'],
    promiseBroken: work.promise_broken,
    accountable: work.accountable,
    hold: { reason: work.hold_reason, until: work.hold_day, areTold: work.are_told === 1 },
    closed: { code: work.close_code, note: work.close_note },
  }
}

/**
 * Writes fields of an entry's work inside its batch; nothing where none is named.
 *
 * @param guard holds in that batch while nobody else was faster
 */
export function writeWork(
  db: Db,
  workspaceId: string,
  entryId: string,
  change: WorkChange,
  guard: RawBuilder<boolean>,
): CompiledQuery[] {
  const written = Object.entries(toColumns(change))
  if (written.length === 0) return []
  const columns = sql.join(written.map(([column]) => sql.ref(column)))
  const values = sql.join(written.map(([, value]) => sql`${value}`))
  const again = sql.join(
    written.map(([column]) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
  )
  return [
    sql`
      INSERT INTO entry_work (entry_id, workspace_id, ${columns})
      SELECT ${entryId}, ${workspaceId}, ${values} WHERE ${guard}
      ON CONFLICT (entry_id) DO UPDATE SET ${again} WHERE entry_work.workspace_id = ${workspaceId}`.compile(
      db,
    ),
  ]
}

function toColumns({
  hold,
  closed,
  ...fields
}: WorkChange): Record<string, string | number | null> {
  const columns: Record<string, string | number | null> = {}
  for (const field of WORK_FIELD_NAMES) {
    const value = fields[field]
    if (value !== undefined) columns[COLUMNS[field]] = toStored(value)
  }
  return {
    ...columns,
    ...(hold && {
      hold_reason: hold.reason,
      hold_day: hold.until,
      are_told: Number(hold.areTold),
    }),
    ...(closed && { close_code: closed.code, close_note: closed.note }),
  }
}
