import { expect, test } from 'vitest'

import { newId, topicNote } from '../../support/ops'
import { note } from '../grouping/support'
import { newTriage, send, type Triage } from './support'

/** A note that waits because grouping opened #1 with it, and one whose author said that it is the same. */
async function meToo(triage: Triage) {
  const [first] = await send(triage.dean, 'a')
  const { id: sameAs } = await triage.entry(1)
  const told = topicNote(9, { id: newId(), sameAs })
  await note(triage.cio, told)
  return { first: first?.id ?? '', told: told.id }
}

const COUNTS = { all: 2, sure: 1, asked: 0 }

test('what its author said is the same waits among the sure ones, with that as the reason', async () => {
  const triage = await newTriage()
  const { told } = await meToo(triage)

  const { notes, counts } = await triage.client.listTriage({ show: 'sure' })

  expect(counts).toEqual(COUNTS)
  expect(notes).toMatchObject([
    {
      id: told,
      waiting: true,
      placedByPerson: true,
      entry: { number: 1, notes: 2 },
      why: { decision: 'join', sentence: 'Its author said: the same as #1.' },
    },
  ])
})

test.each(['confirm', 'own', 'later'] as const)(
  'a me too that a reviewer answers with %s is answered, and undone waits where it was',
  async (what) => {
    const triage = await newTriage()
    const { first, told } = await meToo(triage)

    const decided = await triage.decide({ what, noteIds: [told] })

    expect(decided).toMatchObject({ done: [told], failed: [] })
    const left = what === 'later' ? COUNTS : { all: 1, sure: 0, asked: 0 }
    expect((await triage.client.listTriage()).counts).toEqual(left)
    await triage.undo(decided)
    expect((await triage.client.listTriage()).counts).toEqual(COUNTS)
    expect((await triage.client.snapshotTriage('all')).ids).toEqual([first, told])
    expect(await triage.client.getTriageNote(told)).toMatchObject({
      waiting: true,
      entry: { number: 1 },
      why: { sentence: 'Its author said: the same as #1.' },
    })
  },
)

test('what a reviewer moved does not wait again', async () => {
  const triage = await newTriage()
  const { first, told } = await meToo(triage)
  await send(triage.dean, 'c')

  await triage.decide({ what: 'move', noteIds: [told], entry: 2 })
  await triage.decide({ what: 'move', noteIds: [told], entry: 1 })

  expect((await triage.client.snapshotTriage('all')).ids).not.toContain(told)
  expect((await triage.client.snapshotTriage('all')).ids).toContain(first)
})
