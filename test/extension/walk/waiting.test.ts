import { beforeEach, expect, test } from 'vitest'

import type { KeptWalk, WinceDatabase } from '../../../extension/storage/database'
import { type Answer, parkWalk, findReplyPlace, resumeWalk } from '../../../extension/walk/waiting'
import {
  type StepDraft,
  appendStep,
  endWalk,
  findActiveWalk,
  listSteps,
  startWalk,
} from '../../../extension/walk/walks'
import { parcelOfWalk } from '../../../extension/sync/parcels'
import { emptyDevice, pairTo, surroundingsAt } from '../device'

const HOUR = 3_600_000
const MAIL: Answer = {
  channel: 'email',
  system: ' ServiceNow ',
  subject: 'Your request REQ0012345 was closed',
}
let database: WinceDatabase
let surroundings: ReturnType<typeof surroundingsAt>
let walk: KeptWalk
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  walk = await startWalk(
    database,
    surroundings,
    { errand: 'I lost my badge.', persona: null, service: null, firstTime: null },
    { tabIds: [7], origins: ['https://help.example.org'] },
  )
  surroundings.pass(HOUR)
})

const stepsNow = () => listSteps(database, walk.id)
const walkNow = async () => (await database.get('walk', walk.id)) as KeptWalk

test('an errand that waits is no walk that goes on, follows no tab, and can be sent so far', async () => {
  await parkWalk(database, surroundings, walk.id)

  expect(await findActiveWalk(database)).toBeUndefined()
  expect(await walkNow()).toMatchObject({ state: 'waiting', endedAt: null, tabIds: [] })
  surroundings.pass(50 * HOUR)
  const { payloads } = await parcelOfWalk(database, surroundings, await walkNow())
  expect(payloads).toMatchObject([
    {
      kind: 'walk.part',
      payload: {
        walk: { state: 'waiting' },
        steps: [{ kind: 'waiting', seq: 1 }],
        totals: { elapsedMs: 51 * HOUR, waitingMs: 50 * HOUR },
      },
    },
  ])
})

test('the wait begins where the walk ended, and a pause does not last through it', async () => {
  await appendStep(database, surroundings, walk.id, { kind: 'paused' })
  surroundings.pass(HOUR)
  await endWalk(database, surroundings, walk.id)
  const endedAt = surroundings.now()
  surroundings.pass(HOUR)
  await parkWalk(database, surroundings, walk.id)

  expect(await stepsNow()).toMatchObject([
    { kind: 'paused' },
    { kind: 'resumed', at: endedAt },
    { kind: 'waiting', at: endedAt },
  ])
})

test('parking what waits already changes nothing', async () => {
  await parkWalk(database, surroundings, walk.id)
  const parked = await walkNow()
  await parkWalk(database, surroundings, walk.id)

  expect(await walkNow()).toEqual(parked)
  expect(await stepsNow()).toHaveLength(1)
})

test('an answer goes on on the same timeline, its system and subject kept without numbers', async () => {
  await parkWalk(database, surroundings, walk.id)
  surroundings.pass(48 * HOUR)

  expect(await resumeWalk(database, surroundings, walk.id, [9], MAIL)).toBe(true)
  expect(await findActiveWalk(database)).toMatchObject({
    id: walk.id,
    state: 'walking',
    tabIds: [9],
  })
  expect(await stepsNow()).toEqual([
    expect.objectContaining({ kind: 'waiting' }),
    {
      kind: 'answer',
      seq: 2,
      at: surroundings.now(),
      channel: 'email',
      system: 'ServiceNow',
      subject: 'Your request :id was closed',
    },
  ])
})

test('what the organisation listed is kept of neither system nor subject', async () => {
  await pairTo(database, surroundings, { privateWords: ['Ward ##', 'Otterdesk'] })
  await parkWalk(database, surroundings, walk.id)
  await resumeWalk(database, surroundings, walk.id, [9], {
    channel: 'chat',
    system: 'otterdesk of Ward 12',
    subject: 'About ward 12 and REQ0012345',
  })

  expect((await stepsNow()).at(-1)).toMatchObject({
    system: ':private of :private',
    subject: 'About :private and :id',
  })
})

test('going on without an answer says so, and says nothing of a system', async () => {
  await parkWalk(database, surroundings, walk.id)
  await resumeWalk(database, surroundings, walk.id, [])

  expect((await stepsNow()).map(({ kind }) => kind)).toEqual(['waiting', 'resumed'])
})

test('while another walk goes on an answer is not taken, and nothing changes', async () => {
  await parkWalk(database, surroundings, walk.id)
  const other = await startWalk(database, surroundings, walk, { tabIds: [], origins: [] })

  expect(await resumeWalk(database, surroundings, walk.id, [], MAIL)).toBe(false)
  expect(await findActiveWalk(database)).toMatchObject({ id: other.id })
  expect(await walkNow()).toMatchObject({ state: 'waiting' })
  expect(await stepsNow()).toHaveLength(1)
})

const answer: StepDraft = {
  kind: 'answer',
  channel: 'email',
  system: null,
  subject: 'Your badge',
}
const page: StepDraft = {
  kind: 'page',
  origin: 'https://help.example.org',
  route: '/',
  title: null,
}
const mail = { kind: 'reply', channel: 'email', system: 'An e-mail', subject: 'Your badge' }

test.each<[string, StepDraft[], unknown]>([
  ['an e-mail', [answer], mail],
  ['an e-mail, and a page that nobody sees', [answer, { kind: 'unseen', origin: null }], mail],
  ['an e-mail, and then a page of the walk', [answer, page], null],
  ['a page', [page], null],
  ['a call back', [{ ...answer, channel: 'phone' }], null],
  ['nothing', [], null],
])('after %s the place of a note is right', async (_name, steps, place) => {
  for (const step of steps) await appendStep(database, surroundings, walk.id, step)

  expect(await findReplyPlace(database, walk.id)).toEqual(place)
})
