import * as v from 'valibot'
import { expect, test } from 'vitest'

import { PulledEntry } from '#shared/sync'

import { newId } from '../../support/ops'
import { pull, rows } from '../sync/support'
import { newFixed } from './support'

test.each([
  ['closed', 'successful', { said: 'We answer by seven.', closedAs: 'successful' }],
  ['closed', 'cannot-fix', { said: 'Nobody else can.', closedAs: 'cannot-fix' }],
  ['hold', null, { said: 'The new system comes.', until: '2026-12-04' }],
  ['progress', null, {}],
])('an entry that is %s (%s) tells its authors what that means', async (state, code, told) => {
  const { device, entry } = await newFixed(state)
  const { id: workspaceId, owner } = device.workspace
  await rows(
    `INSERT INTO entry_work (entry_id, workspace_id, close_code, hold_reason, hold_day, are_told)
     VALUES (?, ?, ?, 'The new system comes.', '2026-12-04', 1)`,
    entry.id,
    workspaceId,
    code,
  )
  await rows(
    `INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
     VALUES (?1, ?3, ?4, 'changed', 1, '', 'We answer by nine.', ?5, 1),
       (?2, ?3, ?4, 'changed', 2, '', 'We answer by seven.', ?5, 2),
       (?6, ?3, ?4, 'explanation', 1, '', 'Nobody else can.', ?5, 3)`,
    newId(),
    newId(),
    workspaceId,
    entry.id,
    owner.id,
    newId(),
  )

  const { rows: pulled } = await pull(device)

  const row = v.parse(
    PulledEntry,
    pulled.find(({ type }) => type === 'entry'),
  )
  expect(row).toMatchObject({ state, number: 1 })
  const { said, closedAs, until } = row
  expect({ said, closedAs, until }).toEqual(told)
})

test('words that change after the end reach those who noted it, once', async () => {
  const { device, client } = await newFixed('closed')
  const said = async (cursor?: string) => {
    const { rows: pulled, cursor: next } = await pull(device, cursor ? { cursor } : {})
    return { entries: pulled.filter(({ type }) => type === 'entry'), next }
  }
  await rows(
    `INSERT INTO entry_work (entry_id, workspace_id, close_code)
     SELECT id, workspace_id, 'successful' FROM entry WHERE workspace_id = ?`,
    device.workspace.id,
  )
  const first = { kind: 'changed' as const, youSaid: '', sorryFor: '' }
  await client.saveMessage(1, { ...first, id: newId(), after: 0, words: 'Thank you. By nine.' })
  const before = await said()
  const second = { ...first, id: newId(), after: 1, words: 'Thank you. By seven.' }
  await client.saveMessage(1, second)
  const after = await said(before.next)
  await client.saveMessage(1, second)

  expect(before.entries).toMatchObject([{ said: 'Thank you. By nine.' }])
  expect(after.entries).toMatchObject([{ said: 'Thank you. By seven.' }])
  expect((await said(after.next)).entries).toEqual([])
  const { history } = await client.getEntry(1)
  expect(history.events.filter(({ what }) => what === 'message-saved')).toHaveLength(2)
})

test('why it waits is told only once the customers were told', async () => {
  const { device, entry } = await newFixed('hold')
  await rows(
    `INSERT INTO entry_work (entry_id, workspace_id, hold_reason, hold_day) VALUES (?, ?, 'Secret.', '2026-12-04')`,
    entry.id,
    device.workspace.id,
  )

  const { rows: pulled } = await pull(device)

  const told = pulled.find(({ type }) => type === 'entry')
  expect(told).toMatchObject({ until: '2026-12-04' })
  expect(told).not.toHaveProperty('said')
})

test('why it was declined reaches those who noted it', async () => {
  const { device, client } = await newFixed('new')
  await client.decide({ id: newId(), what: 'decline-entry', entry: 1, reason: 'It was a test.' })

  const { rows: pulled } = await pull(device)

  expect(pulled.find(({ type }) => type === 'entry')).toMatchObject({
    state: 'declined',
    said: 'It was a test.',
  })
})
