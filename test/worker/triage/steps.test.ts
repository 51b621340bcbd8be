import { expect, test } from 'vitest'

import type { TriageNote } from '#shared/api/triage'
import type { Step } from '#shared/step'

import {
  MORNING,
  newNote,
  newPart,
  newWalk,
  noteOp,
  pageStep,
  partOp,
  walkRecallOp,
} from '../../support/ops'
import { type Device, push, rows } from '../sync/support'
import { newTriage, type Triage } from './support'

const SECOND = 1_000

/** Sends a walk with these steps and a note of it, ten seconds after it began. */
async function walked(device: Device, steps: Step[], at = MORNING + 10 * SECOND) {
  const walk = newWalk()
  const told = newNote({ walkId: walk.id, at })
  await push(device, [partOp(1, newPart({ walk, steps })), noteOp(2, told)])
  return { walk, told }
}

async function shownIn({ client }: Triage, noteId: string): Promise<TriageNote> {
  const listed = (await client.listTriage()).notes.find(({ id }) => id === noteId)
  expect(await client.getTriageNote(noteId)).toEqual(listed)
  if (listed === undefined) throw new Error('the note is not listed')
  return listed
}

const numbersOf = ({ stepsBefore }: TriageNote) => stepsBefore.map(({ seq }) => seq)

test('a note shows the five steps before it, in the order of their times, and none after it', async () => {
  const triage = await newTriage()
  const steps = Array.from({ length: 14 }, (_, index) => pageStep(index + 1, `/${index + 1}`))

  const { told } = await walked(triage.cio, steps.toReversed())

  const { stepsBefore } = await shownIn(triage, told.id)
  expect(stepsBefore).toEqual(steps.slice(5, 10))
})

test('a wait that the note was said in belongs to what came before it', async () => {
  const triage = await newTriage()
  const wait = (seq: number, from: number, ms: number): Step => ({
    kind: 'wait',
    seq,
    at: MORNING + from,
    ms,
    for: 'Request',
  })

  const { told } = await walked(triage.cio, [
    wait(1, 0, 10 * SECOND),
    wait(2, 1, 10 * SECOND),
    { kind: 'hold', seq: 3, at: MORNING + SECOND, ms: 0 },
  ])

  expect(numbersOf(await shownIn(triage, told.id))).toEqual([1, 2, 3])
})

test('steps are those of the note’s own walk, in its own workspace', async () => {
  const [triage, other] = [await newTriage(), await newTriage()]
  const { told } = await walked(triage.cio, [pageStep(1, '/mine')])
  await walked(triage.dean, [pageStep(2, '/of-the-dean')])
  const { walk } = await walked(other.cio, [pageStep(3, '/elsewhere')])

  expect(numbersOf(await shownIn(triage, told.id))).toEqual([1])
  // No browser gets this in; the tenant stands in the query as well.
  await rows('UPDATE note SET walk_id = ?2 WHERE id = ?1', told.id, walk.id)
  expect(numbersOf(await shownIn(triage, told.id))).toEqual([])
})

test('a note of no walk, of one that has not arrived, and of one that was taken back shows no step', async () => {
  const triage = await newTriage()
  const [alone, early] = [newNote(), newNote({ walkId: newWalk().id })]
  await push(triage.cio, [noteOp(1, alone), noteOp(2, early)])
  const { walk, told } = await walked(triage.dean, [pageStep(1)])
  expect(numbersOf(await shownIn(triage, told.id))).toEqual([1])

  await push(triage.dean, [walkRecallOp(3, walk.id)])

  for (const { id } of [alone, early, told]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(numbersOf(await shownIn(triage, id))).toEqual([])
  }
})

test('of what a browser sent beside a step nothing is shown, and nothing of what is no step', async () => {
  const triage = await newTriage()
  const { told, walk } = await walked(triage.cio, [
    { ...pageStep(1), typed: 'secret' },
    ...[2, 3, 4, 5].map((seq) => pageStep(seq)),
  ])
  for (const [seq, data] of [
    [2, '{'],
    [3, '{"kind":"page"}'],
    [4, '[]'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await rows('UPDATE step SET data = ?3 WHERE walk_id = ?1 AND seq = ?2', walk.id, seq, data)
  }

  const { stepsBefore } = await shownIn(triage, told.id)

  expect(stepsBefore).toEqual([pageStep(1), pageStep(5)])
})
