import { expect, test } from 'vitest'

import { newId, newNote } from '../../support/ops'
import { entryOf } from '../grouping/support'
import { count } from '../sync/support'
import { newTriage, refusalOf, send } from './support'

const ids = (notes: { id: string }[]) => notes.map(({ id }) => id)

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
