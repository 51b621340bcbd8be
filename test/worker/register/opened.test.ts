import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newId } from '../../support/ops'
import { newWorkspace } from '../support/workspace'
import { rows } from '../sync/support'

test('an entry is opened by hand, once however often it is sent, and history says so', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  const asked = { id: newId(), title: '  =My badge opens nothing ', service: 'Badges' }

  const [first, again] = [await client.openEntry(asked), await client.openEntry(asked)]
  const other = await client.openEntry({ ...asked, id: newId(), service: null })

  expect(first).toMatchObject({
    number: 1,
    title: '=My badge opens nothing',
    titleConfirmed: true,
    service: 'Badges',
    state: 'new',
    notes: 0,
    leaders: 0,
  })
  expect(again).toEqual(first)
  expect(other.number).toBe(2)
  const { history } = await client.getEntry(1)
  expect(history.events.map(({ what, actor }) => [what, actor])).toEqual([
    ['opened-by-hand', workspace.owner.name],
  ])
  expect((await client.listEntries({ q: 'badge' })).counted?.total).toBe(2)
})

test('what a person opened stands without notes: merged, apart again, and under its service', async () => {
  const { client } = (await newWorkspace()).owner
  const [one, other] = [
    await client.openEntry({ id: newId(), title: 'One', service: 'Badges' }),
    await client.openEntry({ id: newId(), title: 'Other', service: 'Doors' }),
  ]
  const { decision } = await client.decide({
    what: 'merge',
    id: newId(),
    entry: other.number,
    into: one.number,
  })
  expect((await client.listEntries({})).counted?.total).toBe(1)

  await client.undoDecision(decision.id)

  const { entries } = await client.listEntries({ sort: 'newest' })
  expect(entries.map(({ number, state, service }) => [number, state, service])).toEqual([
    [2, 'new', 'Doors'],
    [1, 'new', 'Badges'],
  ])
})

test('an id that another workspace has opens nothing here, and tells nothing', async () => {
  const [mine, theirs] = [await newWorkspace(), await newWorkspace()]
  const asked = { id: newId(), title: 'Secret', service: null }
  await theirs.owner.client.openEntry(asked)

  await expect(mine.owner.client.openEntry(asked)).rejects.toMatchObject({ status: 404 })

  expect((await mine.owner.client.listEntries({ state: 'all' })).entries).toEqual([])
  expect(await rows('SELECT 1 FROM entry WHERE workspace_id = ?1', mine.id)).toEqual([])
})

test('a review meeting finds what waits too long, is to be looked at, or changes nothing', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  for (const title of ['Held', 'To look at', 'Systemic', 'Later']) {
    // oxlint-disable-next-line no-await-in-loop -- numbers in order
    await client.openEntry({ id: newId(), title, service: null })
  }
  const states = { 1: 'hold', 2: 'check', 3: 'new', 4: 'hold' }
  await env.DB.batch(
    Object.entries(states).flatMap(([number, state]) => [
      env.DB.prepare('UPDATE entry SET state = ?3 WHERE workspace_id = ?1 AND number = ?2').bind(
        workspace.id,
        Number(number),
        state,
      ),
      env.DB.prepare(
        `INSERT INTO entry_work (entry_id, workspace_id, is_systemic, hold_day, review_on)
         SELECT id, workspace_id, ?3, ?4, ?4 FROM entry WHERE workspace_id = ?1 AND number = ?2`,
      ).bind(
        workspace.id,
        Number(number),
        Number(state === 'new'),
        number === '4' ? '2199-01-01' : '2020-01-01',
      ),
    ]),
  )
  const found = async (asks: 'hold' | 'review' | 'process') =>
    (await client.listEntries({ asks })).entries.map(({ number }) => number)

  expect(await found('hold')).toEqual([1])
  expect(await found('review')).toEqual([2])
  expect(await found('process')).toEqual([3])
})
