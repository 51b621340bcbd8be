import { expect, test } from 'vitest'

import { newId, newNote } from '../../support/ops'
import { entryOf, note } from '../grouping/support'
import { count, pull, rows } from '../sync/support'
import { newTriage, pairsOf, propose, refusalOf, send } from './support'

const ids = (notes: { id: string }[]) => notes.map(({ id }) => id)

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

test('a split takes notes with it, leaves a marker, and stays split when more of them come', async () => {
  const triage = await newTriage()
  const notes = await send(triage.cio, 'a', 'a', 'a', 'a')

  const split = await triage.decide({ what: 'split', entry: 1, noteIds: ids(notes.slice(2)) })

  expect(await triage.entry(1)).toMatchObject({ notes: 2 })
  expect(await triage.entry(2)).toMatchObject({ notes: 2 })
  const marker = (await triage.client.getEntry(1)).history.events.find(
    ({ what }) => what === 'split',
  )
  expect(marker).toMatchObject({ after: '2', actor: 'A reviewer' })
  expect(await pairsOf(triage, notes[0]?.id ?? '')).toEqual([2])
  expect(await pairsOf(triage, notes[3]?.id ?? '')).toEqual([1])
  await send(triage.dean, ...Array.from({ length: 10 }, () => 'a'))
  expect(await entryOf(notes[0] ?? newNote())).toBe(1)
  expect(await entryOf(notes[3] ?? newNote())).toBe(2)
  await triage.undo(split)
  expect(await entryOf(notes[3] ?? newNote())).toBe(1)
  const entries = await triage.entries()
  expect(entries.reduce((sum, { notes: n, state }) => sum + (state === 'merged' ? 0 : n), 0)).toBe(
    14,
  )
})

test('a split of all of it is refused with a sentence', async () => {
  const triage = await newTriage()
  const notes = await send(triage.cio, 'a', 'a')

  const refusal = await refusalOf(triage.decide({ what: 'split', entry: 1, noteIds: ids(notes) }))

  expect(refusal).toMatchObject({ status: 422, code: 'all-of-it' })
  expect(refusal.message).toContain('Leave one there')
})

test('a merge links: notes stay, the target counts and shows them, and the old number resolves', async () => {
  const triage = await newTriage()
  const [first] = await send(triage.cio, 'a')
  const [second] = await send(triage.dean, 'b')
  const { cursor } = await pull(triage.cio)

  const merged = await triage.decide({ what: 'merge', entry: 1, into: 2 })

  expect(await triage.entry(1)).toMatchObject({ state: 'merged', notes: 1 })
  expect(await triage.entry(2)).toMatchObject({ notes: 2, leaders: 2 })
  const detail = await triage.client.getEntry(1)
  expect(detail).toMatchObject({
    entry: { number: 2 },
    mergedFrom: 1,
    mergedIn: [{ number: 1, notes: 1, decision: merged.decision.id }],
  })
  expect(detail.evidence.notes.map(({ id }) => id).toSorted()).toEqual(
    ids([first ?? newNote(), second ?? newNote()]).toSorted(),
  )
  expect((await pull(triage.cio, { cursor })).rows).toContainEqual(
    expect.objectContaining({ type: 'note', id: first?.id, entryId: (await triage.entry(2)).id }),
  )
  expect(await count('entry_note WHERE entry_id = ?', (await triage.entry(1)).id)).toBe(1)

  await triage.undo(merged)
  expect(await triage.entry(1)).toMatchObject({ state: 'new', notes: 1, merged_into: null })
  expect(await triage.entry(2)).toMatchObject({ notes: 1, leaders: 1 })
  expect(await pairsOf(triage, first?.id ?? '')).toEqual([2])
  expect(await pairsOf(triage, second?.id ?? '')).toEqual([1])
})

test('merges stay one hop, and come apart in any order', async () => {
  const triage = await newTriage()
  await send(triage.cio, 'a', 'b', 'c')
  const one = await triage.decide({ what: 'merge', entry: 1, into: 2 })
  const two = await triage.decide({ what: 'merge', entry: 2, into: 3 })

  const third = await triage.entry(3)
  expect((await triage.entries()).map(({ merged_into: into }) => into)).toEqual([
    third.id,
    third.id,
    null,
  ])
  expect(third.notes).toBe(3)
  await triage.undo(one)
  expect(await triage.entry(1)).toMatchObject({ state: 'new', merged_into: null })
  expect(await triage.entry(3)).toMatchObject({ notes: 2 })
  const rest = await triage.undo(two)
  expect(rest.failed).toMatchObject([{ entry: 1, code: 'moved-on' }])
  expect((await triage.entries()).map(({ notes, state }) => [notes, state])).toEqual([
    [1, 'new'],
    [1, 'new'],
    [1, 'new'],
  ])
})

test.each([
  { entry: 1, into: 1, code: 'itself' },
  { entry: 1, into: 2, code: 'itself' },
  { entry: 2, into: 3, code: 'merged' },
  { entry: 1, into: 4, code: 'other-mood' },
])('a merge of $entry into $into is refused: $code', async ({ entry, into, code }) => {
  const triage = await newTriage()
  await send(triage.cio, 'a', 'b', 'c')
  await note(triage.cio, newNote({ mood: 'liked', words: 'Lovely.' }))
  await triage.decide({ what: 'merge', entry: 2, into: 1 })

  expect(await refusalOf(triage.decide({ what: 'merge', entry, into }))).toMatchObject({
    status: 422,
    code,
  })
})

test('a merge into a closed entry is allowed and leaves it closed', async () => {
  const triage = await newTriage()
  await send(triage.cio, 'a', 'b')
  await rows("UPDATE entry SET state = 'closed' WHERE id = ?", (await triage.entry(2)).id)

  await triage.decide({ what: 'merge', entry: 1, into: 2 })

  expect(await triage.entry(2)).toMatchObject({ state: 'closed', notes: 2 })
})

test('renaming confirms, is known to devices, and is undone without losing the derived title', async () => {
  const triage = await newTriage()
  await send(triage.cio, 'a')
  const { title } = await triage.entry(1)

  const renamed = await triage.decide({ what: 'rename', entry: 1, title: 'The form loses text' })

  expect(await triage.entry(1)).toMatchObject({ title: 'The form loses text', title_confirmed: 1 })
  expect((await pull(triage.cio)).rows).toContainEqual(
    expect.objectContaining({ type: 'entry', title: 'The form loses text' }),
  )
  await triage.undo(renamed)
  expect(await triage.entry(1)).toMatchObject({ title, title_confirmed: 0 })
})

test('an entry is declined with its reason, and undone; one that is over is refused', async () => {
  const triage = await newTriage()
  await send(triage.cio, 'a')

  const declined = await triage.decide({ what: 'decline-entry', entry: 1, reason: 'No budget.' })

  expect(await triage.entry(1)).toMatchObject({ state: 'declined' })
  expect(
    await refusalOf(triage.decide({ what: 'decline-entry', entry: 1, reason: 'Again.' })),
  ).toMatchObject({ status: 422, code: 'done' })
  await triage.undo(declined)
  expect(await triage.entry(1)).toMatchObject({ state: 'new' })
})

test('what leaders liked is kept, shared with thanks, and taken back', async () => {
  const triage = await newTriage()
  await note(triage.cio, newNote({ mood: 'liked', words: 'She stayed on the line.' }))
  await send(triage.cio, 'a')
  expect((await triage.client.listKept({ state: 'kept' })).entries).toMatchObject([
    { number: 1, state: 'kept', thanks: null },
  ])

  const shared = await triage.decide({ what: 'share', entry: 1, thanks: 'Thank you, night desk.' })

  expect((await triage.client.listKept()).entries).toMatchObject([
    { number: 1, state: 'shared', thanks: { words: 'Thank you, night desk.', by: 'A reviewer' } },
  ])
  expect((await triage.client.listKept({ state: 'kept' })).entries).toEqual([])
  expect(await refusalOf(triage.decide({ what: 'share', entry: 2, thanks: 'x' }))).toMatchObject({
    status: 422,
    code: 'not-kept',
  })
  await triage.undo(shared)
  expect((await triage.client.listKept()).entries).toMatchObject([{ state: 'kept', thanks: null }])
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
  expect((await triage.client.listServices()).services).toMatchObject([
    { aliases: ['the printers'] },
  ])
  await triage.undo(set)
  expect(await triage.client.getTriageNote(told.id)).toMatchObject({
    service: 'the printers',
    serviceId: null,
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

test('a decision that is sent twice is made once, and answered alike', async () => {
  const triage = await newTriage()
  const notes = await send(triage.cio, 'a', 'a')
  const id = newId()

  const once = await triage.decide({ what: 'own', noteIds: [notes[1]?.id ?? ''] }, id)
  const twice = await triage.decide({ what: 'own', noteIds: [notes[1]?.id ?? ''] }, id)

  expect(twice).toEqual(once)
  expect(await count('entry WHERE workspace_id = ?', triage.workspaceId)).toBe(2)
  expect(
    await refusalOf(triage.decide({ what: 'confirm', noteIds: ids(notes) }, id)),
  ).toMatchObject({
    status: 422,
    code: 'id-taken',
  })
})

test('who decides on what has changed since is told so', async () => {
  const triage = await newTriage()
  const notes = await send(triage.cio, 'a', 'a')
  const { version } = await triage.entry(1)
  await send(triage.dean, 'a')

  const refusal = await refusalOf(
    triage.decide({
      what: 'split',
      entry: 1,
      noteIds: [notes[0]?.id ?? ''],
      expect: [{ entry: 1, version }],
    }),
  )

  expect(refusal).toMatchObject({ status: 409, code: 'changed' })
  expect(await count('decision WHERE workspace_id = ?', triage.workspaceId)).toBe(0)
})

test('strange notes, entries, services and decisions are nowhere', async () => {
  const triage = await newTriage()
  const [told] = await send(triage.cio, 'a')
  const noteIds = [told?.id ?? '']
  const calls = [
    triage.decide({ what: 'confirm', noteIds: [newId()] }),
    triage.decide({ what: 'move', noteIds, entry: 99 }),
    triage.decide({ what: 'merge', entry: 1, into: 99 }),
    triage.decide({ what: 'service', noteIds, serviceId: newId() }),
    triage.client.undoDecision(newId()),
    triage.client.getTriageNote(newId()),
  ]

  const statuses = await Promise.all(calls.map(async (call) => (await refusalOf(call)).status))

  expect(statuses).toEqual([404, 404, 404, 404, 404, 404])
})

test('a wall stands between what was liked and what embarrassed', async () => {
  const triage = await newTriage()
  const [told] = await send(triage.cio, 'a')
  await note(triage.cio, newNote({ mood: 'liked', words: 'Lovely.' }))

  expect(
    await refusalOf(triage.decide({ what: 'move', noteIds: [told?.id ?? ''], entry: 2 })),
  ).toMatchObject({ status: 422, code: 'other-mood' })
})

test('many notes are decided at once, what fails is named, and one undo takes all of it back', async () => {
  const triage = await newTriage()
  for (let each = 0; each < 9; each += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a push holds ten
    await send(
      triage.cio,
      ...Array.from({ length: 10 }, (_, index) => `p${(each * 10 + index) % 30}`),
    )
  }
  const { ids: waiting } = await triage.client.snapshotTriage('all')
  expect(waiting).toHaveLength(90)
  const strange = newId()

  const bulk = await triage.decide({ what: 'confirm', noteIds: [...waiting, strange] })

  expect(bulk.done.toSorted()).toEqual(waiting.toSorted())
  expect(bulk.failed).toMatchObject([{ noteId: strange, code: 'gone' }])
  expect((await triage.client.listTriage()).counts.all).toBe(0)
  expect((await triage.client.listMyDecisions()).decisions).toMatchObject([
    { id: bulk.decision.id, what: 'confirm', notes: 90, undoneAt: null },
  ])
  const undone = await triage.undo(bulk)
  expect(undone).toMatchObject({ failed: [], decision: { undoes: bulk.decision.id } })
  expect((await triage.client.snapshotTriage('all')).ids).toEqual(waiting)
  expect(await refusalOf(triage.undo(undone))).toMatchObject({ status: 422, code: 'undo-of-undo' })
})

test('undo leaves what has moved on since and names it; the rest goes back', async () => {
  const triage = await newTriage()
  const [one, other] = await send(triage.cio, 'a', 'b', 'c')
  const moved = await triage.decide({
    what: 'move',
    noteIds: ids([one ?? newNote(), other ?? newNote()]),
    entry: 3,
  })
  await triage.decide({ what: 'own', noteIds: [one?.id ?? ''] })

  const undone = await triage.undo(moved)

  expect(undone.failed).toMatchObject([{ noteId: one?.id, code: 'moved-on' }])
  expect(undone.done).toEqual([other?.id])
  expect(await entryOf(one ?? newNote())).toBe(4)
  expect(await entryOf(other ?? newNote())).toBe(2)
})
