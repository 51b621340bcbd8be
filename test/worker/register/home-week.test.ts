import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { COUNTED_TO } from '#shared/api/home'

import { readHome } from '../../../worker/home/queries'
import { openDatabase } from '../../../worker/database/open'
import { newId, newNote, newPart, newWalk, noteOp, partOp } from '../../support/ops'
import { countedD1 } from '../support/counted-d1'
import { newWorkspace, type Workspace } from '../support/workspace'
import { newSender, push, rows } from '../sync/support'
import { insertEntries } from './support'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function message(workspace: Workspace, entryId: string, version: number, words: string) {
  await rows(
    `INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
     VALUES (?, ?, ?, 'changed', ?, '', ?, ?, 1)`,
    newId(),
    workspace.id,
    entryId,
    version,
    words,
    workspace.owner.id,
  )
}

async function closedAs(workspace: Workspace, entryId: string, code: string) {
  await rows(
    'INSERT INTO entry_work (entry_id, workspace_id, close_code) VALUES (?, ?, ?)',
    entryId,
    workspace.id,
    code,
  )
}

test('what got better is named as customers are told, and what cannot be fixed is not among it', async () => {
  const workspace = await newWorkspace()
  const now = Date.now()
  const [told, titled, cannot, old] = await insertEntries(workspace.id, [
    { number: 1, state: 'closed', changedAt: now - DAY },
    { number: 2, state: 'closed', changedAt: now - 2 * DAY, title: 'Loan laptops' },
    { number: 3, state: 'closed', changedAt: now - DAY },
    { number: 4, state: 'closed', changedAt: now - 8 * DAY },
    { number: 5, state: 'reopened', changedAt: now - DAY },
    { number: 6, state: 'progress', changedAt: now - DAY },
  ])
  for (const id of [told, titled, cannot, old])
    // oxlint-disable-next-line no-await-in-loop -- four rows
    await closedAs(workspace, id ?? '', id === cannot ? 'cannot-fix' : 'successful')
  await message(workspace, told ?? '', 1, 'The help line opens at nine.')
  await message(workspace, told ?? '', 2, 'The help line opens at seven.')

  const home = await workspace.owner.client.home()

  expect(home.better).toEqual([
    { number: 1, words: 'The help line opens at seven.' },
    { number: 2, words: 'Loan laptops' },
  ])
  expect(home.week.reopened).toBe(1)
})

test('customers whose time is over come first, then those whose is nearly', async () => {
  const workspace = await newWorkspace()
  const now = Date.now()
  const [entryId] = await insertEntries(workspace.id, [{ number: 1, title: 'Calls end' }])
  const insert = (customer: string, dueAt: number | null, firstContactAt: number | null) =>
    rows(
      `INSERT INTO follow_up (id, workspace_id, entry_id, customer, person_id, seen_through_by, since, due_at, first_contact_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)`,
      newId(),
      workspace.id,
      customer === 'A porter' ? null : (entryId ?? null),
      customer,
      workspace.owner.id,
      customer === 'A nurse' ? null : workspace.owner.id,
      dueAt,
      firstContactAt,
    )
  await insert('A porter', now + 5 * HOUR, null)
  await insert('A nurse', now - 5 * HOUR, null)
  await insert('A doctor', now - HOUR, 5)
  await insert('A clerk', now + 7 * HOUR, null)
  await insert('A student', null, null)

  const { late, followUps } = await workspace.owner.client.home()

  expect(late).toBe(2)
  expect(followUps).toMatchObject([
    {
      customer: 'A nurse',
      waitsFor: 'word',
      seenThroughBy: null,
      entry: { number: 1, title: 'Calls end' },
    },
    { customer: 'A doctor', waitsFor: 'solved', seenThroughBy: 'Olive Owner' },
    { customer: 'A porter', waitsFor: 'word', entry: null },
  ])
})

test('what nobody owns is the newest that is open', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1 },
    { number: 2, ownerPerson: workspace.owner.id },
    { number: 3, state: 'closed' },
    { number: 4, mood: 'liked' },
    { number: 5 },
  ])

  const { unowned } = await workspace.owner.client.home()

  expect(unowned.map(({ number }) => number)).toEqual([5, 1])
})

async function filled(entries: number): Promise<Workspace> {
  const workspace = await newWorkspace()
  const now = Date.now()
  const states = ['new', 'closed', 'declined', 'reopened'] as const
  for (let from = 1; from <= entries; from += 50)
    // oxlint-disable-next-line no-await-in-loop -- a batch each
    await insertEntries(
      workspace.id,
      Array.from({ length: Math.min(50, entries - from + 1) }, (_, index) => ({
        number: from + index,
        state: states[index % states.length] ?? 'new',
        // What is over would come first in the register's order.
        impact: index % 4 === 1 || index % 4 === 2 ? 4 : 1,
        effort: 'S',
        changedAt: now - DAY,
        ...(index % 8 === 0 ? {} : { ownerPerson: workspace.owner.id }),
      })),
    )
  const device = await newSender({ workspace: { ...workspace, recoveryCodes: [] } })
  const walk = newWalk({ service: 'Wi-Fi', startedAt: now - DAY })
  await push(device, [
    partOp(1, newPart({ walk })),
    noteOp(2, newNote({ walkId: walk.id, words: 'Slow.' })),
  ])
  await rows(
    `WITH RECURSIVE copy (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < ?1)
     INSERT INTO note (id, workspace_id, person_id, source, mood, words, first_words, channel, place, place_key,
       wide_place_key, at, received_at, rev, seq, arrived, grouped)
     SELECT note.id || '-' || number, workspace_id, person_id, source, mood, words, first_words, channel, place, place_key,
       wide_place_key, at, received_at, rev, seq, arrived, 1 FROM note, copy WHERE note.workspace_id = ?2`,
    entries,
    workspace.id,
  )
  return workspace
}

test('home counts so far and no further, and costs the same however much there is', async () => {
  const [many, more] = [await filled(1_000), await filled(2_000)]
  const now = Date.now()
  const spans = { now, week: now - 7 * DAY, fourWeeks: now - 28 * DAY, sixMonths: now - 180 * DAY }
  const read = async ({ id }: Workspace) => {
    const counted = countedD1(env.DB)
    const home = await readHome(counted.d1, openDatabase(counted.d1), id, spans)
    return { home, cost: counted.cost }
  }

  const [ofMany, ofMore] = [await read(many), await read(more)]

  for (const { home } of [ofMany, ofMore])
    expect([home.open, home.week.notes, home.week.reopened]).toEqual([
      COUNTED_TO + 1,
      COUNTED_TO + 1,
      COUNTED_TO + 1,
    ])
  expect([ofMany.cost.calls, ofMore.cost.calls]).toEqual([1, 1])
  expect(ofMore.cost.rowsRead).toBeLessThanOrEqual(ofMany.cost.rowsRead * 1.1)
})
