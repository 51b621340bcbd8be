import { env } from 'cloudflare:workers'

import dropSearch from '../../../worker/lines/search/drop.sql?raw'
import type { Backend } from '../../sim/world'

type Row = Record<string, unknown>

/** Rows by table. */
type Snapshot = ReadonlyMap<string, Row[]>

/** The real D1 and R2 as a history's backend, emptied first. */
export async function openReal(): Promise<Backend> {
  const { DB: d1, BLOBS: r2 } = env
  // Nobody may write the tables that stand behind it, and nothing in a history searches.
  await d1.batch(
    dropSearch
      .split(';')
      .filter((statement) => statement.trim() !== '')
      .map((statement) => d1.prepare(statement)),
  )
  const tables = await namesOf(d1, 'table')
  const empty: Snapshot = new Map(tables.map((table) => [table, []]))
  await restore(d1, empty)
  for (const { key } of (await r2.list()).objects) await r2.delete(key)
  return {
    d1,
    r2,
    snapshot: async () => {
      const results = await d1.batch<Row>(
        tables.map((table) => d1.prepare(`SELECT * FROM ${table}`)),
      )
      return new Map(tables.map((table, index) => [table, results[index]?.results ?? []]))
    },
    restore: (snapshot) => restore(d1, snapshot as Snapshot),
    async bucket() {
      const { objects } = await r2.list()
      const bytes = await Promise.all(
        objects.map(async ({ key }) => {
          const object = await r2.get(key)
          return [key, new Uint8Array((await object?.arrayBuffer()) ?? [])] as const
        }),
      )
      return new Map(bytes)
    },
  }
}

async function namesOf(d1: D1Database, type: 'table'): Promise<string[]> {
  const { results } = await d1
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1\\_%' ESCAPE '\\'",
    )
    .bind(type)
    .all<{ name: string }>()
  return results.map(({ name }) => name)
}

/** One batch; what keeps rows from being changed is away meanwhile. */
async function restore(d1: D1Database, snapshot: Snapshot): Promise<void> {
  const { results: triggers } = await d1
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .all<{ name: string; sql: string }>()
  await d1.batch([
    d1.prepare('PRAGMA defer_foreign_keys = ON'),
    ...triggers.map(({ name }) => d1.prepare(`DROP TRIGGER ${name}`)),
    ...[...snapshot.keys()].map((table) => d1.prepare(`DELETE FROM ${table}`)),
    ...[...snapshot].flatMap(([table, rows]) => {
      const columns = Object.keys(rows[0] ?? {})
      if (columns.length === 0) return []
      const values = columns.map((column) => `value ->> '${column}'`)
      const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`
      return [d1.prepare(sql).bind(JSON.stringify(rows))]
    }),
    ...triggers.map(({ sql }) => d1.prepare(sql)),
  ])
}
