import { expect, test } from 'vitest'

import { newNote, recallOp } from '../../support/ops'
import { note } from '../grouping/support'
import { leftOf, newCanaryNote } from '../recall/support'
import { push, rows } from '../sync/support'
import { newTriage, propose, refusalOf, send } from './support'

/** A note with words of its own, decided about in every way there is, some of it undone again. */
async function newDecidedNote() {
  const triage = await newTriage()
  const { canary, told } = await newCanaryNote()
  await note(triage.cio, { ...told, attachments: [] })
  await send(triage.dean, 'b', 'b')
  const noteIds = [told.id]
  const service = await triage.client.addService({ provider: 'IT', name: 'Printing' })
  await triage.decide({ what: 'service', noteIds, serviceId: service.id, teach: true })
  await triage.undo(await triage.decide({ what: 'rename', entry: 1, title: 'Given by a person' }))
  await triage.decide({ what: 'later', noteIds })
  await propose(triage, told.id, 2)
  await triage.undo(await triage.decide({ what: 'confirm', noteIds }))
  return { triage, canary, told, noteIds }
}

test.each([
  { how: 'moved away', entry: 2 },
  { how: 'merged', entry: null },
])(
  'of a note that was $how and is recalled nothing is left, decisions included',
  async ({ entry }) => {
    const { triage, canary, told, noteIds } = await newDecidedNote()
    if (entry === null) await triage.decide({ what: 'merge', entry: 1, into: 2 })
    else await triage.decide({ what: 'move', noteIds, entry })
    expect(await leftOf(canary)).toEqual([canary])

    expect(await push(triage.cio, [recallOp(9_001, told.id)])).toMatchObject([
      { status: 'applied' },
    ])

    expect(await leftOf(canary)).toEqual([])
    expect(await triage.entry(2)).toMatchObject({ notes: 2, leaders: 1 })
    const left = await rows(
      'SELECT note_id FROM decision_step WHERE note_id = ?1 UNION ALL SELECT note_id FROM decision_note WHERE note_id = ?1',
      told.id,
    )
    expect(left).toEqual([])
    expect((await refusalOf(triage.client.getTriageNote(told.id))).status).toBe(404)
  },
)

test('a title that came of a recalled note does not come back when a renaming is undone', async () => {
  const { triage, canary, told, noteIds } = await newDecidedNote()
  await triage.decide({
    what: 'move',
    noteIds: (await send(triage.dean, 'c')).map(({ id }) => id),
    entry: 1,
  })
  const renamed = await triage.decide({ what: 'rename', entry: 1, title: 'Given by a person' })
  await triage.decide({ what: 'own', noteIds })
  await push(triage.cio, [recallOp(9_001, told.id)])

  await triage.undo(renamed)

  expect(await leftOf(canary)).toEqual([])
  const { title, title_confirmed: confirmed } = await triage.entry(1)
  expect(title).toMatch(/^c 0/)
  expect(confirmed).toBe(0)
})

test('what became of the others is undone although one was recalled meanwhile', async () => {
  const triage = await newTriage()
  const notes = await send(triage.cio, 'a', 'a', 'a')
  const split = await triage.decide({
    what: 'split',
    entry: 1,
    noteIds: notes.slice(1).map(({ id }) => id),
  })
  await push(triage.cio, [recallOp(9_001, notes[1]?.id ?? newNote().id)])

  const undone = await triage.undo(split)

  expect(undone).toMatchObject({ done: [notes[2]?.id], failed: [] })
  expect(await triage.entry(1)).toMatchObject({ notes: 2, state: 'new' })
  expect(await triage.entry(2)).toMatchObject({ notes: 0, state: 'merged' })
})
