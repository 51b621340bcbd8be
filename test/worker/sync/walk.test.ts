import { expect, test } from 'vitest'

import { PART_MAX_STEPS } from '#shared/limits'
import type { Step } from '#shared/step'

import {
  MORNING,
  NO_TOTALS,
  newNote,
  newPart,
  newWalk,
  noteOp,
  pageStep,
  partOp,
} from '../../support/ops'
import { count, newSender, push, rows } from './support'

const stepsOf = (walkId: string) =>
  rows<{ seq: number; data: string }>(
    'SELECT seq, kind, at, data FROM step WHERE walk_id = ? ORDER BY seq',
    walkId,
  )

test('a part brings its walk and its steps as they were sent', async () => {
  const device = await newSender()
  const step = { ...pageStep(1, '/a’b'), later: { tab: 3 } }
  const part = newPart({ steps: [step], totals: { ...NO_TOTALS, pages: 1 } })

  expect(await push(device, [partOp(1, part)])).toMatchObject([{ status: 'applied' }])

  const [stored] = await stepsOf(part.walk.id)
  expect(stored).toMatchObject({ seq: 1, kind: 'page', at: step.at })
  expect(JSON.parse(stored?.data ?? '')).toEqual(step)
  expect(
    await rows(
      'SELECT state, errand, first_time, parts, totals FROM walk WHERE id = ?',
      part.walk.id,
    ),
  ).toEqual([
    {
      state: 'walking',
      errand: part.walk.errand,
      first_time: null,
      parts: 1,
      totals: JSON.stringify(part.totals),
    },
  ])
})

test('a part that comes again, under its own op or another one, changes nothing', async () => {
  const device = await newSender()
  const part = newPart({ steps: [pageStep(1), pageStep(2)] })
  const op = partOp(1, part)
  await push(device, [op])

  expect(await push(device, [op, partOp(2, part)])).toMatchObject([
    { status: 'duplicate' },
    { status: 'applied' },
  ])

  expect(await stepsOf(part.walk.id)).toHaveLength(2)
  expect(await rows('SELECT parts FROM walk WHERE id = ?', part.walk.id)).toEqual([{ parts: 1 }])
})

test('a later part moves the walk on; a lower one that comes late adds its steps and nothing else', async () => {
  const device = await newSender()
  const walk = newWalk()
  const first = newPart({ walk, steps: [pageStep(1), pageStep(2)] })
  const second = newPart({
    walk: { ...walk, state: 'done', endedAt: MORNING + 9_000, errand: 'In other words' },
    part: 2,
    steps: [pageStep(3)],
    totals: { ...NO_TOTALS, pages: 3 },
    debrief: { done: 'no', effort: 6, line: 'Never again', fixFirst: null },
  })

  await push(device, [partOp(2, second)])
  await push(device, [partOp(1, first)])

  expect((await stepsOf(walk.id)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(
    await rows(
      'SELECT state, errand, ended_at, parts, totals, debrief FROM walk WHERE id = ?',
      walk.id,
    ),
  ).toEqual([
    {
      state: 'done',
      errand: 'In other words',
      ended_at: MORNING + 9_000,
      parts: 2,
      totals: JSON.stringify(second.totals),
      debrief: JSON.stringify(second.debrief),
    },
  ])
})

test('what was said of a step first stays', async () => {
  const device = await newSender()
  const walk = newWalk()
  await push(device, [partOp(1, newPart({ walk, steps: [pageStep(1, '/first')] }))])
  await push(device, [
    partOp(2, newPart({ walk, part: 2, steps: [pageStep(1, '/second'), pageStep(2)] })),
  ])

  const [first] = await stepsOf(walk.id)

  expect(first?.data).toContain('/first')
})

test('a full part of 2,000 steps arrives whole', async () => {
  const device = await newSender()
  const steps = Array.from({ length: PART_MAX_STEPS }, (_, index): Step => ({
    kind: 'back',
    seq: index + 1,
    at: MORNING,
  }))
  const part = newPart({ steps })

  expect(await push(device, [partOp(1, part)])).toMatchObject([{ status: 'applied' }])

  expect(await count('step WHERE walk_id = ?', part.walk.id)).toBe(PART_MAX_STEPS)
})

test('a note may come before the part that brings its walk', async () => {
  const device = await newSender()
  const part = newPart()

  expect(
    await push(device, [noteOp(1, newNote({ walkId: part.walk.id })), partOp(2, part)]),
  ).toMatchObject([{ status: 'applied' }, { status: 'applied' }])
})

test('a part without any words, steps and answers is taken', async () => {
  const device = await newSender()
  const walk = newWalk({ errand: null, kind: 'shift', firstTime: true })

  expect(await push(device, [partOp(1, newPart({ walk }))])).toMatchObject([{ status: 'applied' }])
  expect(await rows('SELECT first_time FROM walk WHERE id = ?', walk.id)).toEqual([
    { first_time: 1 },
  ])
})
