import { sql } from 'kysely'
import * as v from 'valibot'

import type { KeepPage } from '#shared/api/keep'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { type SelectedEntry, selectEntryRows, toEntryRow } from '../register/queries'

const Thanks = v.nullable(
  v.pipe(
    v.string(),
    v.parseJson(),
    v.object({ words: v.string(), at: v.number(), by: v.nullable(v.string()) }),
  ),
)

/** Liked entries that are kept or shared, the newest first, below a number. */
export async function listKept(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  asked: { state: 'all' | 'kept' | 'shared'; below: number; limit: number },
): Promise<KeepPage['entries']> {
  const { state, below, limit } = asked
  const states = state === 'all' ? (['kept', 'shared'] as const) : [state]
  const lists = await readAll(
    d1,
    // A list for each state comes from the index in order; one for both would be sorted.
    states.map((each) =>
      selectEntryRows(db, workspaceId)
        .select(
          sql<string | null>`CASE entry.state WHEN 'shared' THEN (
            SELECT json_object('words', event.reason, 'at', event.at, 'by', person.name) FROM event
            LEFT JOIN person ON person.workspace_id = event.workspace_id AND person.id = event.actor
            WHERE event.workspace_id = ${workspaceId} AND event.entry_id = entry.id AND event.what = 'shared'
            ORDER BY event.at DESC LIMIT 1) END`.as('thanks'),
        )
        .where('entry.mood', '=', 'liked')
        .where('entry.state', '=', each)
        .where('entry.number', '<', below)
        .orderBy('entry.number', 'desc')
        .limit(limit)
        .compile(),
    ),
  )
  return lists
    .flatMap(({ rows }) => rows)
    .map((row) => ({
      ...toEntryRow(row as unknown as SelectedEntry),
      thanks: v.parse(Thanks, row['thanks']),
    }))
    .toSorted((one, other) => other.number - one.number)
    .slice(0, limit)
}
