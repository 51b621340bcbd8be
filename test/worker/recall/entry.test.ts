import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newNote, recallOp } from '../../support/ops'
import { brokenRules, entriesOf, note, noteWaiting } from '../grouping/support'
import { count, newSender, push, rows } from '../sync/support'
import { leftOf, newCanaryNote } from './support'

test('its entry goes on without it: counts, service, kind, title and what finds similar notes', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const { canary, told } = await newCanaryNote()
  const other = newNote({
    place: told.place,
    words: 'The button does nothing',
    wince: 1,
    kind: null,
  })
  await note(device, told)
  await note(colleague, other)
  const [before] = await entriesOf(device)
  expect(before).toMatchObject({ notes: 2, leaders: 2, worst: 3, free: 1, kind: 'jargon' })
  expect(before?.title).toContain(canary)

  await push(device, [recallOp(9_001, told.id)])

  const [after] = await entriesOf(device)
  expect(after).toMatchObject({
    number: 1,
    title: 'The button does nothing',
    notes: 1,
    leaders: 1,
    worst: 1,
    free: 0,
    kind: null,
    service: null,
    state: 'new',
    version: 3,
  })
  const stems = await rows<{ token: string; notes: number }>(
    "SELECT token, notes FROM entry_token WHERE entry_id = ? AND token LIKE 'stem|%' ORDER BY token",
    after?.id,
  )
  expect(stems).toEqual([
    { token: 'stem|button', notes: 1 },
    { token: 'stem|noth', notes: 1 },
  ])
  const places = "entry_token WHERE entry_id = ? AND token LIKE 'exact|%' AND notes = 1"
  expect(await count(places, after?.id)).toBe(1)
  expect(await brokenRules(device)).toEqual([])
})

test('an entry that loses its last note says so, finds nothing any more and is not opened again', async () => {
  const device = await newSender()
  const told = newNote()
  await note(device, told)

  await push(device, [recallOp(9_001, told.id)])
  await note(device, newNote({ words: told.words }))

  const entries = await entriesOf(device)
  expect(entries).toMatchObject([
    {
      number: 1,
      state: 'withdrawn',
      title: 'Taken back',
      notes: 0,
      leaders: 0,
      worst: null,
      free: 0,
    },
    { number: 2, state: 'new', notes: 1 },
  ])
  for (const table of ['entry_token', 'entry_summary', 'note_index'])
    expect(await count(`${table} WHERE entry_id = ?`, entries[0]?.id)).toBe(0)
  const { owner } = device.workspace
  const page = await owner.client.getEntry(1)
  expect(page.entry).toMatchObject({ state: 'withdrawn', notes: 0 })
  expect(page.history.events.map(({ what, note: about }) => [what, about])).toEqual([
    ['taken-back', null],
    ['opened', null],
  ])
  expect((await owner.client.listEntries({})).entries.map(({ number }) => number)).toEqual([2])
  expect(await brokenRules(device)).toEqual([])
})

test('a title that a reviewer gave stays; the one it replaced is struck from the history', async () => {
  const device = await newSender()
  const { canary, told } = await newCanaryNote()
  await note(device, told)
  const { client } = device.workspace.owner
  await client.changeEntry(1, { version: 1, title: 'Login asks twice' })
  expect(JSON.stringify((await client.getEntry(1)).history)).toContain(canary)

  await push(device, [recallOp(9_001, told.id)])

  const { entry, history } = await client.getEntry(1)
  expect(entry).toMatchObject({
    title: 'Login asks twice',
    titleConfirmed: true,
    state: 'withdrawn',
  })
  expect(history.events.find(({ what }) => what === 'renamed')).toMatchObject({
    before: null,
    after: 'Login asks twice',
  })
  expect(await leftOf(canary)).toEqual([])
})

test('a note recalled before it was grouped opens nothing', async () => {
  const device = await newSender()
  const { canary, told } = await newCanaryNote()
  await noteWaiting(device, told)

  await push(device, [recallOp(9_001, told.id)])
  await note(device, newNote())

  expect(await entriesOf(device)).toHaveLength(1)
  expect(await leftOf(canary)).toEqual([])
})

test('an entry that the note reopened is closed again', async () => {
  const device = await newSender()
  await note(device, newNote())
  await env.DB.prepare("UPDATE entry SET state = 'closed', version = 2 WHERE workspace_id = ?")
    .bind(device.workspace.id)
    .run()
  const again = newNote()
  await note(device, again)
  expect(await entriesOf(device)).toMatchObject([{ state: 'reopened', notes: 2 }])

  await push(device, [recallOp(9_001, again.id)])

  expect(await entriesOf(device)).toMatchObject([{ state: 'closed', notes: 1 }])
})
