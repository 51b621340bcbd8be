import { env } from 'cloudflare:workers'

export interface Table {
  name: string
  sql: string
}

/** The tables that our migrations made, whichever they are by now; FTS5 looks after those of the search itself. */
export async function listTables(): Promise<Table[]> {
  const { results } = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 1) <> '_' AND name NOT LIKE 'sqlite%' AND name <> 'd1_migrations' AND name NOT LIKE 'title_search%' ORDER BY name",
  ).all<Table>()
  return results
}

/** Names of those whose every row belongs to a workspace. */
export async function listTenantTables(): Promise<string[]> {
  return (await listTables())
    .filter(({ sql }) => /\bworkspace_id TEXT NOT NULL\b/.test(sql))
    .map(({ name }) => name)
}
