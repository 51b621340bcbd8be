import { env } from 'cloudflare:workers'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

import {
  MAX_PARAMETERS,
  MAX_STATEMENT_BYTES,
  MAX_VALUE_BYTES,
} from '../../../worker/database/limits'
import { openDatabase } from '../../../worker/database/open'
import { readAll, writeAll } from '../../../worker/database/write-all'

const db = openDatabase(env.DB)
const spend = (key: string) =>
  sql`INSERT INTO budget (key, window_start, used) VALUES (${key}, 0, 1)`.compile(db)
const used = async (key: string) =>
  (await db.selectFrom('budget').select('used').where('key', '=', key).execute()).length

test('all statements happen, in order, and say what they did', async () => {
  const [first, second, third] = await writeAll(env.DB, [
    spend('a'),
    sql`UPDATE budget SET used = used + 1 WHERE key = 'a' RETURNING used`.compile(db),
    sql`UPDATE budget SET used = 0 WHERE key = 'nobody'`.compile(db),
  ])

  expect(first?.changes).toBe(1)
  expect(second?.rows).toEqual([{ used: 2 }])
  expect(third?.changes).toBe(0)
  expect(await writeAll(env.DB, [])).toEqual([])
})

test('when one statement fails none has happened', async () => {
  await expect(writeAll(env.DB, [spend('b'), spend('c'), spend('b')])).rejects.toThrow('UNIQUE')

  expect(await used('b')).toBe(0)
  expect(await used('c')).toBe(0)
})

test('what the real database would refuse is refused here before anything happens', async () => {
  const parameters = (length: number) =>
    sql`SELECT ${sql.join(Array.from({ length }, (_, index) => index))}`.compile(db)
  const value = (bytes: number) => sql`SELECT length(${'é'.repeat(bytes / 2)}) AS n`.compile(db)
  const statement = (bytes: number) =>
    sql.raw(`SELECT 1 AS n${' '.repeat(bytes - 'SELECT 1 AS n'.length)}`).compile(db)

  await expect(writeAll(env.DB, [spend('d'), parameters(MAX_PARAMETERS + 1)])).rejects.toThrow(
    RangeError,
  )
  await expect(writeAll(env.DB, [spend('d'), value(MAX_VALUE_BYTES + 2)])).rejects.toThrow(
    RangeError,
  )
  await expect(writeAll(env.DB, [spend('d'), statement(MAX_STATEMENT_BYTES + 1)])).rejects.toThrow(
    RangeError,
  )
  expect(await used('d')).toBe(0)

  await readAll(env.DB, [parameters(MAX_PARAMETERS), statement(MAX_STATEMENT_BYTES)])
})

test('nothing is written but by writeAll, also behind a WITH', async () => {
  const sneaked = [
    db.insertInto('budget').values({ key: 'e', window_start: 0, used: 1 }).execute(),
    db.updateTable('budget').set({ used: 0 }).execute(),
    db.deleteFrom('budget').execute(),
    sql`WITH x AS (SELECT 1) INSERT INTO budget (key, window_start, used) SELECT 'e', 0, 1`.execute(
      db,
    ),
    sql`WITH x AS (SELECT 1) DELETE FROM budget`.execute(db),
    sql`WITH x AS (SELECT 1) UPDATE "budget" SET used = 0`.execute(db),
    sql`PRAGMA foreign_keys = off`.execute(db),
  ]

  for (const each of await Promise.allSettled(sneaked)) {
    expect(each).toMatchObject({
      status: 'rejected',
      reason: { message: 'only reads run by themselves: pass writes to writeAll' },
    })
  }
  await expect(db.transaction().execute(async () => {})).rejects.toThrow(
    'no interactive transactions',
  )
  expect(await used('e')).toBe(0)
})
