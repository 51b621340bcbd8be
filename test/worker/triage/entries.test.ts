import { expect, test } from 'vitest'

import { newNote } from '../../support/ops'
import { entryOf, note } from '../grouping/support'
import { count, pull, rows } from '../sync/support'
import { newTriage, pairsOf, refusalOf, send } from './support'

const ids = (notes: { id: string }[]) => notes.map(({ id }) => id)

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

test('to take back a decline leaves what somebody else declined since, after it came back', async () => {
  const triage = await newTriage()
  await send(triage.cio, 'a')
  const declined = await triage.decide({ what: 'decline-entry', entry: 1, reason: 'No budget.' })
  for (const to of ['reopened', 'declined'] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { entry } = await triage.client.getEntry(1)
    // oxlint-disable-next-line no-await-in-loop -- see above
    await triage.client.moveEntry(1, { version: entry.version, to, reason: 'Looked at again.' })
  }

  expect((await triage.undo(declined)).failed).toMatchObject([{ entry: 1, code: 'moved-on' }])
  expect(await triage.entry(1)).toMatchObject({ state: 'declined' })
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
