import { env } from 'cloudflare:workers'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { openDatabase } from '../../../worker/database/open'
import { once } from '../../../worker/database/patience'
import { readAll, writeAll } from '../../../worker/database/write-all'
import { newNote, noteOp } from '../../support/ops'
import { ownPage, send } from '../support/browser'
import { newMember, newWorkspace } from '../support/workspace'
import { count, newSender, push } from '../sync/support'
import { type Fate, tapD1 } from '../sync/tap'

const db = openDatabase(env.DB)
const spend = (key: string) =>
  sql`INSERT INTO budget (key, window_start, used) VALUES (${key}, 0, 1) ON CONFLICT DO NOTHING`.compile(
    db,
  )

/** A clock that notes what it is asked to wait, and a chance of which the test decides. */
function patienceWith(chance: number) {
  const waits: number[] = []
  return {
    waits,
    tries: 4,
    random: () => chance,
    wait: async (ms: number) => void waits.push(ms),
  }
}

/** A D1 whose trips end by these errors, one a trip; then all goes well. */
function failing(...messages: string[]) {
  let trips = 0
  const d1 = {
    prepare: (text: string) => env.DB.prepare(text),
    batch: async (statements: D1PreparedStatement[]) => {
      const message = messages[trips]
      trips += 1
      if (message !== undefined) throw new Error(message)
      return env.DB.batch(statements)
    },
  } as unknown as D1Database
  return { d1, trips: () => trips }
}

describe('a write', () => {
  // The strings of Cloudflare's "debug D1" page that it calls safe to try again, as D1 prefixes them.
  test.each([
    'D1_ERROR: Network connection lost.',
    'D1_ERROR: D1 DB storage caused object to be reset.',
    'D1_ERROR: D1 DB reset because its code was updated.',
    'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
    'D1_ERROR: client disconnected',
  ])('that ends by “%s” is sent again', async (message) => {
    const patience = patienceWith(0.5)
    const { d1, trips } = failing(message)

    const [written] = await writeAll(d1, [spend(message)], patience)

    expect(written?.changes).toBe(1)
    expect(trips()).toBe(2)
  })

  test.each([
    'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
    'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.',
    "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
    'D1_ERROR: UNIQUE constraint failed: budget.key: SQLITE_CONSTRAINT',
    'D1_ERROR: no such table: budgets: SQLITE_ERROR',
    'internal error',
  ])('that ends by “%s” is not', async (message) => {
    const patience = patienceWith(0.5)
    const { d1, trips } = failing(message)

    await expect(writeAll(d1, [spend(message)], patience)).rejects.toThrow(message)
    expect(trips()).toBe(1)
    expect(patience.waits).toEqual([])
  })

  test('is sent again three times, after waits anywhere up to a doubled quarter of a second', async () => {
    const lost = 'D1_ERROR: Network connection lost.'
    const most = patienceWith(1)
    const least = patienceWith(0)
    const healed = failing(lost, lost, lost)
    const away = failing(lost, lost, lost, lost)

    await writeAll(healed.d1, [spend('three')], most)
    await expect(writeAll(away.d1, [spend('four')], least)).rejects.toThrow(lost)

    expect(most.waits).toEqual([250, 500, 1_000])
    expect(least.waits).toEqual([0, 0, 0])
    expect([healed.trips(), away.trips()]).toEqual([4, 4])
  })

  test('that breaks a limit, or that is to be sent once, is not sent again', async () => {
    const patience = patienceWith(0.5)
    const { d1, trips } = failing('D1_ERROR: Network connection lost.')

    await expect(writeAll(d1, [spend('x'.repeat(2_000_001))], patience)).rejects.toThrow(RangeError)
    expect(trips()).toBe(0)
    await expect(writeAll(d1, [spend('once')], once)).rejects.toThrow('lost')
    expect(trips()).toBe(1)
  })
})

test('reads are left to D1, which tries them again by itself', async () => {
  const { d1, trips } = failing('D1_ERROR: Network connection lost.')

  await expect(readAll(d1, [sql`SELECT 1`.compile(db)])).rejects.toThrow('lost')
  expect(trips()).toBe(1)
})

/** Loses the first trip that writes such a thing. */
function loseOnce(table: string, fate: Fate) {
  let isLost = false
  return tapD1(env.DB, ({ sql: texts }) => {
    if (isLost || !texts.some((text) => new RegExp(`insert into "?${table}"?\\b`, 'i').test(text)))
      return 'go'
    isLost = true
    return fate
  })
}

test.each(['lost-before', 'lost-after'] as const)(
  'a push whose trip is %s is applied once and answered at once',
  async (fate) => {
    const device = await newSender()
    const ops = [noteOp(1), noteOp(2, newNote({ words: 'Two.' }))]

    const results = await push(device, ops, { DB: loseOnce('op', fate).d1 })

    expect(results.map(({ seq }) => typeof seq)).toEqual(['number', 'number'])
    expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(2)
    expect(await count('note WHERE workspace_id = ?', device.workspace.id)).toBe(2)
    expect(await count('op WHERE workspace_id = ? AND seq IS NULL', device.workspace.id)).toBe(0)
  },
)

test.each(['lost-before', 'lost-after'] as const)(
  'a note whose placement is %s stands in one entry, once',
  async (fate) => {
    const device = await newSender()

    await push(device, [noteOp(1)], { DB: loseOnce('entry', fate).d1 })

    expect(await count('entry WHERE workspace_id = ?', device.workspace.id)).toBe(1)
    expect(await count('entry_note WHERE workspace_id = ?', device.workspace.id)).toBe(1)
    expect(await count('event WHERE workspace_id = ?', device.workspace.id)).toBe(1)
  },
)

test('an act of the log is not done twice because its answer was lost', async () => {
  const workspace = await newWorkspace()
  await newMember(workspace, 'viewer')
  const before = await count('person WHERE workspace_id = ?', workspace.id)
  const { d1 } = loseOnce('audit', 'lost-after')

  const body = JSON.stringify({ name: 'Once only', role: 'viewer' })
  const response = await send(
    '/app/people',
    ownPage({ method: 'POST', body }, workspace.owner.browser.cookie()),
    { ...env, DB: d1 },
  )

  expect(response.status).toBe(500)
  expect(await count('person WHERE workspace_id = ?', workspace.id)).toBe(before + 1)
  expect(await count("person WHERE workspace_id = ? AND name = 'Once only'", workspace.id)).toBe(1)
})
