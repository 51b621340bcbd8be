import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { listTables, listTenantTables } from '../support/schema'

/** Tables that belong to no workspace, and why. */
const NO_TENANT: Readonly<Record<string, string>> = {
  workspace: 'is the tenant',
  setup: 'a workspace comes out of it',
  challenge: 'asked for before anybody is known; says nothing',
  budget: 'counts tries of people nobody knows yet',
}

async function columnsOf(table: string) {
  const { results } = await env.DB.prepare(
    'SELECT name, type, "notnull", pk FROM pragma_table_info(?1)',
  )
    .bind(table)
    .all<{
      name: string
      type: string
      notnull: number
      pk: number
    }>()
  return results
}

test('every table is strict', async () => {
  const tables = await listTables()

  expect(tables.length).toBeGreaterThan(20)
  expect(
    tables
      .filter(
        ({ sql }) => !/\)\s*(STRICT|WITHOUT ROWID,\s*STRICT|STRICT,\s*WITHOUT ROWID)$/i.test(sql),
      )
      .map(({ name }) => name),
  ).toEqual([])
})

test('columns hold text, whole numbers or fractions: no blobs, and nothing of any type', async () => {
  const tables = await listTables()
  const columns = await Promise.all(
    tables.map(async ({ name }) => ({ table: name, columns: await columnsOf(name) })),
  )

  const odd = columns.flatMap(({ table, columns: each }) =>
    each
      .filter(({ type }) => !['TEXT', 'INTEGER', 'REAL'].includes(type))
      .map(({ name, type }) => `${table}.${name} ${type}`),
  )
  expect(odd).toEqual([])
})

test('ids are text and times are whole numbers', async () => {
  const tables = await listTables()
  const columns = (
    await Promise.all(
      tables.map(async ({ name }) =>
        (await columnsOf(name)).map((column) => ({ table: name, ...column })),
      ),
    )
  ).flat()

  const wrongIds = columns.filter(
    ({ name, type }) => /^(id|.*_id|.*_hash|hash)$/.test(name) && type !== 'TEXT',
  )
  const wrongTimes = columns.filter(
    // `hold_until` is a day, without a time zone.
    ({ name, type }) =>
      /^(at|.*_at|(?!hold_).*_until|window_start)$/.test(name) && type !== 'INTEGER',
  )
  expect([...wrongIds, ...wrongTimes].map(({ table, name }) => `${table}.${name}`)).toEqual([])
})

test('every table names its workspace, but for those that cannot', async () => {
  const tables = (await listTables()).map(({ name }) => name)
  const tenantTables = await listTenantTables()

  expect(tables.filter((name) => !tenantTables.includes(name))).toEqual(
    Object.keys(NO_TENANT).toSorted(),
  )
})
