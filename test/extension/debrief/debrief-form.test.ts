import { beforeEach, expect, test, vi } from 'vitest'

import { DebriefFormModel } from '../../../extension/debrief/debrief-form'
import { thanksFor } from '../../../extension/debrief/ThankTheDesk'
import { exportUnsent } from '../../../extension/file/export-file'
import { findActiveWalk, endWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

async function endedWalk() {
  const { id } = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: null, firstTime: null },
    { tabIds: [7], origins: [] },
  )
  await endWalk(database, surroundings, id)
  const walk = await database.get('walk', id)
  if (walk === undefined) throw new Error('no walk')
  return {
    walk,
    debrief: new DebriefFormModel({
      database,
      surroundings,
      walk,
      tellWalkChanged: async () => {},
    }),
  }
}

test('each answer is kept as it is given', async () => {
  const { walk, debrief } = await endedWalk()

  debrief.answer({ done: 'no' })
  debrief.answer({ effort: 6, line: 'The names lost me.' })
  await vi.waitFor(() => expect(debrief.status.value).toBe('kept'))

  expect(await database.get('walk', walk.id)).toMatchObject({
    debrief: { done: 'no', effort: 6, line: 'The names lost me.', fixFirst: null },
  })
})

test('a request that was left behind is part of what leaves, however it is written', async () => {
  const { walk, debrief } = await endedWalk()

  debrief.answer({ leftBehind: '請求'.repeat(60) })
  await vi.waitFor(() => expect(debrief.status.value).toBe('kept'))
  const { payloads, unfit } = await exportUnsent(database, surroundings.now())

  expect(unfit).toEqual([])
  expect(payloads).toMatchObject([{ payload: { debrief: { leftBehind: '請求'.repeat(20) } } }])
  debrief.answer({ leftBehind: '' })
  await vi.waitFor(() => expect(debrief.status.value).toBe('kept'))
  expect((await database.get('walk', walk.id))?.debrief?.leftBehind).toBeNull()
  expect(thanksFor([])).not.toContain('withdraw')
  expect(thanksFor(['REQ1', 'REQ2'])).toContain('Please withdraw what I left with you: REQ1, REQ2.')
})

test('one goes back to a walk that was ended too soon', async () => {
  const { walk, debrief } = await endedWalk()

  expect(await debrief.goBack()).toBe(true)

  expect(await findActiveWalk(database)).toMatchObject({
    id: walk.id,
    state: 'walking',
    endedAt: null,
    tabIds: [7],
  })
})

test('an errand that waits for an answer leaves the way free and keeps its clock', async () => {
  const { walk, debrief } = await endedWalk()

  await debrief.park()

  expect(await findActiveWalk(database)).toBeUndefined()
  expect(await database.get('walk', walk.id)).toMatchObject({ state: 'waiting', endedAt: null })
})

test('a saved file holds drafts, what was refused, and pictures inside', async () => {
  const sha256 = 'b'.repeat(64)
  await database.put('picture', {
    sha256,
    blob: new Blob(['png'], { type: 'image/png' }),
    state: 'kept',
  })
  const picture = {
    sha256,
    type: 'image/png' as const,
    bytes: 3,
    width: 1,
    height: 1,
    covered: 0,
    uninspected: 0,
  }
  await keptNote(database, surroundings, { attachments: [{ ...picture, everythingCovered: true }] })
  await keptNote(database, surroundings, { state: 'draft', words: 'Half a sent' })
  await keptNote(database, surroundings, { state: 'refused', words: 'Refused' })
  await keptNote(database, surroundings, { state: 'sent', words: 'Arrived' })

  const file = await exportUnsent(database, surroundings.now())

  expect(file.payloads.map(({ payload }) => ('words' in payload ? payload.words : 'walk'))).toEqual(
    expect.arrayContaining(['Half a sent', 'Refused', 'Typed wifi, got nothing.']),
  )
  expect(file.payloads).toHaveLength(3)
  expect(file.pictures).toMatchObject([{ sha256, type: 'image/png' }])
})
