import { env } from 'cloudflare:workers'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

import { dueAfterDay } from '#shared/clock'

import { openDatabase } from '../../../worker/database/open'
import { writeAll } from '../../../worker/database/write-all'
import { setDue, startFixClocks, stopFixClocks } from '../../../worker/follow-up/queries'
import { newId } from '../../support/ops'
import { insertEntries } from '../register/support'
import { newWorkspace } from '../support/workspace'
import { rows } from '../sync/support'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SINCE = Date.parse('2026-11-27T10:00:00Z')
const always = sql<boolean>`1 = 1`
const db = openDatabase(env.DB)

interface Facts {
  since?: number
  contact?: number | null
  settled?: number | null
}

async function promise(workspaceId: string, personId: string, entryId: string, facts: Facts = {}) {
  const id = newId()
  const { since = SINCE, contact = null, settled = null } = facts
  await env.DB.prepare(
    `INSERT INTO follow_up (id, workspace_id, entry_id, person_id, since, first_contact_at, settled_at, due_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CASE WHEN ?6 IS NULL THEN ?5 + ${DAY} END)`,
  )
    .bind(id, workspaceId, entryId, personId, since, contact, settled)
    .run()
  return id
}

const stateOf = async (id: string) =>
  (await rows('SELECT fixed_at, due_at, version FROM follow_up WHERE id = ?', id))[0]

test('a fix starts the second clock of every open promise, of merged entries too', async () => {
  const { id: workspaceId, owner } = await newWorkspace()
  const [entry = ''] = await insertEntries(workspaceId, [{ number: 1 }])
  const [part = '', other = ''] = await insertEntries(workspaceId, [
    { number: 2, state: 'merged', mergedInto: entry },
    { number: 3 },
  ])
  const waits = await promise(workspaceId, owner.id, entry)
  const heard = await promise(workspaceId, owner.id, part, { contact: SINCE + HOUR })
  const settled = await promise(workspaceId, owner.id, entry, {
    contact: SINCE,
    settled: SINCE + HOUR,
  })
  const elsewhere = await promise(workspaceId, owner.id, other)
  const at = SINCE + 2 * HOUR

  await writeAll(env.DB, startFixClocks(db, workspaceId, entry, at, always))

  expect(await stateOf(waits)).toEqual({ fixed_at: at, due_at: SINCE + DAY, version: 2 })
  expect(await stateOf(heard)).toEqual({ fixed_at: at, due_at: at + DAY, version: 2 })
  expect(await stateOf(settled)).toEqual({ fixed_at: null, due_at: null, version: 1 })
  expect(await stateOf(elsewhere)).toMatchObject({ fixed_at: null, version: 1 })

  await writeAll(env.DB, startFixClocks(db, workspaceId, entry, at + HOUR, always))
  expect(await stateOf(heard)).toEqual({ fixed_at: at, due_at: at + DAY, version: 2 })

  await writeAll(env.DB, stopFixClocks(db, workspaceId, entry, always))
  expect(await stateOf(waits)).toEqual({ fixed_at: null, due_at: SINCE + DAY, version: 3 })
  expect(await stateOf(heard)).toEqual({ fixed_at: null, due_at: null, version: 3 })
})

test('nothing starts where the move was not made', async () => {
  const { id: workspaceId, owner } = await newWorkspace()
  const [entry = ''] = await insertEntries(workspaceId, [{ number: 1 }])
  const waits = await promise(workspaceId, owner.id, entry)

  await writeAll(env.DB, startFixClocks(db, workspaceId, entry, SINCE + HOUR, sql<boolean>`1 = 0`))

  expect(await stateOf(waits)).toEqual({ fixed_at: null, due_at: SINCE + DAY, version: 1 })
})

test.each([true, false])(
  'the database and the rules agree on every hour of a week, weekends %s',
  async (runsOnWeekends) => {
    const { id: workspaceId, owner } = await newWorkspace()
    await env.DB.prepare('UPDATE workspace SET clocks_on_weekends = ?1 WHERE id = ?2')
      .bind(runsOnWeekends ? 1 : 0, workspaceId)
      .run()
    const [entry = ''] = await insertEntries(workspaceId, [{ number: 1 }])
    const starts = Array.from({ length: 7 * 24 }, (_, hour) => SINCE + hour * HOUR)
    await env.DB.batch(
      starts.map((since) =>
        env.DB.prepare(
          'INSERT INTO follow_up (id, workspace_id, entry_id, person_id, since) VALUES (?1, ?2, ?3, ?4, ?5)',
        ).bind(newId(), workspaceId, entry, owner.id, since),
      ),
    )

    await writeAll(env.DB, [setDue(db, workspaceId, always)])

    expect(
      await rows(
        'SELECT since, due_at FROM follow_up WHERE workspace_id = ? ORDER BY since',
        workspaceId,
      ),
    ).toEqual(starts.map((since) => ({ since, due_at: dueAfterDay(since, runsOnWeekends) })))
  },
)
