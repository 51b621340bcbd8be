import { expect, test } from 'vitest'

import { newNote, recallOp } from '../../support/ops'
import { entryOf, note } from '../grouping/support'
import { pull, push, rows } from '../sync/support'
import { newTriage, pairsOf, propose, refusalOf, send } from './support'

test('1 confirms where grouping put a note; undone, it waits again as before', async () => {
  const triage = await newTriage()
  const [first, second] = await send(triage.cio, 'a', 'a')
  const before = await triage.client.listTriage()
  expect(before.counts).toEqual({ all: 2, sure: 1, asked: 0 })

  const confirmed = await triage.decide({ what: 'confirm', noteIds: [second?.id ?? ''] })

  expect(confirmed).toMatchObject({ done: [second?.id], failed: [], entries: [{ number: 1 }] })
  expect((await triage.client.listTriage()).notes.map(({ id }) => id)).toEqual([first?.id])
  expect(await triage.client.getTriageNote(second?.id ?? '')).toMatchObject({
    waiting: false,
    placedByPerson: true,
    why: { decision: 'join' },
  })
  await triage.undo(confirmed)
  expect((await triage.client.listTriage()).notes).toEqual(
    before.notes.map((each) => ({ ...each, entry: { ...each.entry, version: 4 } })),
  )
})

test('1 on an open proposal moves the note there, and its emptied number resolves', async () => {
  const triage = await newTriage()
  const [, asking] = await send(triage.cio, 'a', 'b')
  await propose(triage, asking?.id ?? '', 1)
  expect((await triage.client.listTriage({ show: 'asked' })).notes).toMatchObject([
    { id: asking?.id, entry: { number: 2 }, proposal: { entry: { number: 1, notes: 1 }, p: 0.5 } },
  ])

  const accepted = await triage.decide({ what: 'confirm', noteIds: [asking?.id ?? ''] })

  expect(await triage.entry(1)).toMatchObject({ notes: 2 })
  expect(await triage.client.getEntry(2)).toMatchObject({ entry: { number: 1 }, mergedFrom: 2 })
  expect(await rows('SELECT state FROM proposal WHERE note_id = ?', asking?.id)).toEqual([
    { state: 'accepted' },
  ])
  await triage.undo(accepted)
  expect(await triage.entry(1)).toMatchObject({ notes: 1 })
  expect(await triage.entry(2)).toMatchObject({ notes: 1, state: 'new', merged_into: null })
  expect((await triage.client.listTriage()).counts).toEqual({ all: 2, sure: 0, asked: 1 })
})

test('2 gives a note an entry of its own and keeps it from where it was and what was proposed', async () => {
  const triage = await newTriage()
  const [, wrong] = await send(triage.cio, 'a', 'a', 'c')
  await propose(triage, wrong?.id ?? '', 2)

  const own = await triage.decide({ what: 'own', noteIds: [wrong?.id ?? ''] })

  expect(own.entries.map(({ number, notes }) => [number, notes])).toContainEqual([3, 1])
  expect(await triage.client.getTriageNote(wrong?.id ?? '')).toMatchObject({
    entry: { number: 3 },
    proposal: null,
  })
  expect(await pairsOf(triage, wrong?.id ?? '')).toEqual([1, 2])
  await triage.undo(own)
  expect(await pairsOf(triage, wrong?.id ?? '')).toEqual([])
  expect(await triage.entry(1)).toMatchObject({ notes: 2 })
  expect((await triage.client.getEntry(3)).entry).toMatchObject({ number: 1 })
})

test('3 declines the note’s entry where it is alone, and otherwise splits it off first', async () => {
  const triage = await newTriage()
  const [alone, among] = await send(triage.cio, 'a', 'b', 'b')

  const one = await triage.decide({
    what: 'decline',
    noteIds: [alone?.id ?? ''],
    reason: 'Not ours.',
  })
  const other = await triage.decide({
    what: 'decline',
    noteIds: [among?.id ?? ''],
    reason: 'Too dear.',
  })

  const states = (await triage.entries()).map(({ number, state, notes }) => [number, state, notes])
  expect(states).toEqual([
    [1, 'declined', 1],
    [2, 'new', 1],
    [3, 'declined', 1],
  ])
  const history = (await triage.client.getEntry(3)).history.events
  expect(history[0]).toMatchObject({ what: 'declined', reason: 'Too dear.' })
  await triage.undo(other)
  await triage.undo(one)
  expect(await triage.entry(1)).toMatchObject({ state: 'new' })
  expect(await triage.entry(2)).toMatchObject({ notes: 2 })
})

test('a decline wants a reason, and says so', async () => {
  const triage = await newTriage()
  const [alone] = await send(triage.cio, 'a')

  const refusal = await refusalOf(
    triage.decide({ what: 'decline', noteIds: [alone?.id ?? ''], reason: '  ' }),
  )

  expect(refusal).toMatchObject({ status: 400, code: 'malformed' })
})

test('a note is moved, its author’s device hears where it is, and a closed entry opens again', async () => {
  const triage = await newTriage()
  const [first, second] = await send(triage.cio, 'a', 'b')
  await rows(
    "UPDATE entry SET state = 'closed', version = 9 WHERE id = ?",
    (await triage.entry(2)).id,
  )
  const { cursor } = await pull(triage.cio)

  const moved = await triage.decide({ what: 'move', noteIds: [first?.id ?? ''], entry: 2 })

  const target = await triage.entry(2)
  expect(target).toMatchObject({ notes: 2, state: 'reopened' })
  const heard = (await pull(triage.cio, { cursor })).rows
  expect(heard).toContainEqual(
    expect.objectContaining({ type: 'note', id: first?.id, entryId: target.id }),
  )
  expect(heard).toContainEqual(
    expect.objectContaining({ type: 'entry', id: target.id, state: 'reopened' }),
  )
  expect(await entryOf(second ?? newNote())).toBe(2)
  await triage.undo(moved)
  expect(await triage.entry(2)).toMatchObject({ notes: 1, state: 'closed' })
  expect(await triage.entry(1)).toMatchObject({ notes: 1, state: 'new' })
})

test('a person says which service a note is about, and what was typed means it from now on', async () => {
  const triage = await newTriage()
  const service = await triage.client.addService({ provider: 'IT', name: 'Printing' })
  const told = newNote({ service: 'the printers' })
  await note(triage.cio, told)

  const set = await triage.decide({
    what: 'service',
    noteIds: [told.id],
    serviceId: service.id,
    teach: true,
  })

  expect(await triage.client.getTriageNote(told.id)).toMatchObject({
    service: 'Printing',
    serviceId: service.id,
  })
  expect((await triage.entry(1))['service']).toBe('Printing')
  const later = newNote({ service: 'The Printers' })
  await note(triage.cio, later)
  expect(await triage.client.getTriageNote(later.id)).toMatchObject({
    service: 'The Printers',
    serviceId: null,
    serviceMeans: 'Printing',
  })
  expect((await triage.client.listServices()).services).toMatchObject([
    { aliases: ['the printers'] },
  ])
  await triage.undo(set)
  expect(await triage.client.getTriageNote(told.id)).toMatchObject({
    service: 'the printers',
    serviceId: null,
    serviceMeans: null,
  })
  expect((await triage.entry(1))['service']).toBe('the printers')
  expect((await triage.client.listServices()).services).toMatchObject([{ aliases: [] }])
})

test('H puts a note behind everything that waits, and undo where it was', async () => {
  const triage = await newTriage()
  const [first, second, third] = await send(triage.cio, 'a', 'b', 'c')
  const order = async () => (await triage.client.snapshotTriage('all')).ids

  const later = await triage.decide({ what: 'later', noteIds: [first?.id ?? ''] })

  expect(await order()).toEqual([second?.id, third?.id, first?.id])
  await triage.undo(later)
  expect(await order()).toEqual([first?.id, second?.id, third?.id])
})

test('a wall stands between what was liked and what embarrassed', async () => {
  const triage = await newTriage()
  const [told] = await send(triage.cio, 'a')
  await note(triage.cio, newNote({ mood: 'liked', words: 'Lovely.' }))

  expect(
    await refusalOf(triage.decide({ what: 'move', noteIds: [told?.id ?? ''], entry: 2 })),
  ).toMatchObject({ status: 422, code: 'other-mood' })
})

test('1 on a proposal whose entry was taken back meanwhile leaves the note in its own', async () => {
  const triage = await newTriage()
  const [gone, asking] = await send(triage.cio, 'a', 'b')
  await propose(triage, asking?.id ?? '', 1)
  await push(triage.cio, [recallOp(9_001, gone?.id ?? '')])
  expect((await triage.client.listTriage()).notes).toMatchObject([
    { id: asking?.id, proposal: null },
  ])

  const confirmed = await triage.decide({ what: 'confirm', noteIds: [asking?.id ?? ''] })

  expect(confirmed).toMatchObject({ done: [asking?.id], entries: [{ number: 2, notes: 1 }] })
  expect((await triage.client.listTriage()).counts.all).toBe(0)
})
