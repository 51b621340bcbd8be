import { beforeEach, expect, test } from 'vitest'

import { RECALL_WINDOW_MS } from '#shared/limits'

import { lateSendsOf, timelineWords } from '../../../extension/home/sends'
import type { KeptWalk } from '../../../extension/storage/database'
import { disconnectBrowser } from '../../../extension/sync/pairing'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { isTimelineRecallable, takeBack } from '../../../extension/sync/recall'
import {
  appendStep,
  endWalk,
  hasUnsentEnd,
  setDebrief,
  startWalk,
} from '../../../extension/walk/walks'
import { resumeWalk } from '../../../extension/walk/waiting'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'
import { engineOf, noteStates, pressSend, statesOf } from './engine-support'
import { newServer } from './server'

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let server: ReturnType<typeof newServer>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  server = newServer()
  await pairTo(database, surroundings)
})
const run = () => engineOf(database, surroundings, server).run(true)
const takeTimelineBack = ({ id }: KeptWalk, ...noteIds: string[]) =>
  takeBack(database, surroundings, { walkIds: [id], noteIds })
const click = ({ id }: KeptWalk, name: string) =>
  appendStep(database, surroundings, id, { kind: 'click', role: 'button', name })

async function walkNow({ id }: KeptWalk): Promise<KeptWalk> {
  const walk = await database.get('walk', id)
  if (walk === undefined) throw new Error('the walk is gone')
  return walk
}

/** A walk that ended, with a canary wherever it can say something, and a note on it. */
async function newWalk() {
  const start = {
    errand: 'canary errand',
    persona: 'canary who',
    service: 'canary',
    firstTime: true,
  }
  const followed = { tabIds: [7], origins: ['https://canary.example'] }
  const walk = await startWalk(database, surroundings, start, followed)
  await click(walk, 'canary one')
  const note = await keptNote(database, surroundings, { walkId: walk.id, words: 'A note of it' })
  await endWalk(database, surroundings, walk.id)
  const debrief = { done: 'no', effort: 6, line: 'canary line', fixFirst: null } as const
  await setDebrief(database, walk.id, debrief)
  return { walk, note }
}

async function diskWords(): Promise<string> {
  const stores = [...database.objectStoreNames]
  return JSON.stringify(await Promise.all(stores.map((store) => database.getAll(store))))
}

/** Kinds of the ops that the server acted on, and the parts of a walk by their numbers. */
const acted = () =>
  [...server.log.values()].map(({ payload }) =>
    'walkId' in payload && !('words' in payload) ? 'walk.recall' : (payload['part'] ?? 'note'),
  )

test('a part of which no request went out is taken out, and the walk is as before Send', async () => {
  const { walk, note } = await newWalk()
  const before = (await parcelOfAll(database, surroundings)).payloads
  await pressSend(database, surroundings)

  expect(await takeTimelineBack(walk, note.id)).toEqual({ kept: [note.id, walk.id], asked: [] })

  expect((await parcelOfAll(database, surroundings)).payloads).toEqual(before)
  expect(isTimelineRecallable(await walkNow(walk), surroundings.now())).toBe(false)
  await run()
  expect(server.log.size).toBe(0)
})

test.each(['lost', 'answer-lost'] as const)(
  'a part whose request was %s may have arrived: it is sent, and the recall behind it',
  async (happening) => {
    const { walk } = await newWalk()
    await pressSend(database, surroundings)
    server.once('/push', happening)
    await run()

    expect(await takeTimelineBack(walk)).toEqual({ kept: [], asked: [walk.id] })
    await run()

    expect(acted()).toEqual([1, 'note', 'walk.recall'])
    expect(await diskWords()).not.toContain('canary')
  },
)

test('every word and step goes from the device once the server says so, and the note stays', async () => {
  const { walk, note } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  await takeTimelineBack(walk)
  expect(await walkNow(walk)).toMatchObject({ takenBack: 'asked' })
  expect(await diskWords()).toContain('canary')

  await run()

  expect(await diskWords()).not.toContain('canary')
  expect(await database.count('step')).toBe(0)
  expect(await statesOf(database)).toEqual(['taken-back', 'acked', 'acked'])
  expect(await noteStates(database, [note])).toEqual(['sent'])
  expect(await walkNow(walk)).toMatchObject({ takenBack: 'done', errand: null, state: 'done' })
  expect(hasUnsentEnd(await walkNow(walk))).toBe(false)
  expect((await parcelOfAll(database, surroundings)).payloads).toEqual([])
})

test('a walk and its notes are taken back by one gesture', async () => {
  const { walk, note } = await newWalk()
  await pressSend(database, surroundings)
  await run()

  expect(await takeTimelineBack(walk, note.id)).toEqual({ kept: [], asked: [note.id, walk.id] })
  await run()

  expect(await noteStates(database, [note])).toEqual(['taken-back'])
  expect(await diskWords()).not.toMatch(/canary|A note of it/)
})

test('where one part arrived and the next never left, only the next one is taken out', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  await resumeWalk(database, surroundings, walk.id, [])
  await click(walk, 'canary two')
  await endWalk(database, surroundings, walk.id)
  await pressSend(database, surroundings)

  expect(await takeTimelineBack(walk)).toEqual({ kept: [], asked: [walk.id] })
  await run()

  expect(acted()).toEqual([1, 'note', 'walk.recall'])
  expect(JSON.stringify(server.arrived)).not.toContain('canary two')
  expect(await diskWords()).not.toContain('canary')
})

test.each(['too-late', 'unknown-kind'])(
  'refused as %s: the timeline is with the team as before, the panel says so, and the rest can be sent',
  async (code) => {
    const { walk } = await newWalk()
    await pressSend(database, surroundings)
    await run()
    await resumeWalk(database, surroundings, walk.id, [])
    await click(walk, 'canary two')
    await endWalk(database, surroundings, walk.id)
    await pressSend(database, surroundings)
    await takeTimelineBack(walk)
    server.reject(({ kind }) => (kind === 'walk.recall' ? code : undefined))

    await run()

    const now = await walkNow(walk)
    expect(now).toMatchObject({ takenBack: null, recallCode: code, errand: 'canary errand' })
    expect(timelineWords(now)).toContain('Not taken back')
    expect((await parcelOfAll(database, surroundings)).payloads).toMatchObject([
      { kind: 'walk.part', payload: { part: 2, steps: [{ seq: 2 }], walk: { state: 'done' } } },
    ])
  },
)

test('of a timeline that was taken back nothing is sent any more, though the walk goes on', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  await takeTimelineBack(walk)
  await run()

  await resumeWalk(database, surroundings, walk.id, [])
  await click(walk, 'later')
  await keptNote(database, surroundings, { walkId: walk.id })
  await endWalk(database, surroundings, walk.id)

  expect((await parcelOfAll(database, surroundings)).payloads.map(({ kind }) => kind)).toEqual([
    'note.add',
  ])
  expect(hasUnsentEnd(await walkNow(walk))).toBe(false)
})

test('a timeline taken back on another device goes from this one with its tombstone', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  await run()

  server.setRows([{ type: 'tombstone', id: walk.id, seq: 2 }])
  await run()

  expect(await diskWords()).not.toContain('canary')
  expect(await database.getAllKeys('mirror')).toEqual([`tombstone/${walk.id}`])
})

test('a copy of the profile that sends a part of it is told, and forgets it too', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  server.reject(({ kind }) => (kind === 'walk.part' ? 'recalled' : undefined))

  await run()

  expect(await diskWords()).not.toContain('canary')
  expect(await walkNow(walk)).toMatchObject({ takenBack: 'done' })
})

test('after a restore the recall is sent again, and no word of the walk', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  await takeTimelineBack(walk)
  await run()
  server.restore(0)
  server.arrived.length = 0

  await run()
  await run()

  expect(acted()).toEqual(['note', 'walk.recall'])
  expect(JSON.stringify(server.arrived)).not.toContain('canary')
})

test('the way back is open for a day from when the last part arrived, also after a replay', async () => {
  const { walk } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  const arrivedAt = surroundings.now()
  surroundings.pass(3_600_000)
  server.restore(0)
  await run()
  await run()

  const sent = await walkNow(walk)
  expect(acted()).toEqual([1, 'note'])
  expect(isTimelineRecallable(sent, arrivedAt + RECALL_WINDOW_MS)).toBe(true)
  expect(isTimelineRecallable(sent, arrivedAt + RECALL_WINDOW_MS + 1)).toBe(false)
  // Steps that come meanwhile would go with the others, unseen.
  expect(isTimelineRecallable({ ...sent, state: 'walking' }, arrivedAt)).toBe(false)
})

test('a Send is its notes and its walks, and one without notes is there too', async () => {
  const { walk, note } = await newWalk()
  await pressSend(database, surroundings)
  await run()
  const sends = async () =>
    lateSendsOf(
      { notes: await database.getAll('note'), walks: await database.getAll('walk') },
      surroundings.now(),
    )
  expect(await sends()).toMatchObject([
    { open: { notes: [{ id: note.id }], walks: [{ id: walk.id }] } },
  ])

  await setDebrief(database, walk.id, { done: 'yes', effort: 1, line: null, fixFirst: null })
  surroundings.pass(60_000)
  await pressSend(database, surroundings)

  expect(await sends()).toMatchObject([
    { notes: [], open: { notes: [], walks: [{ id: walk.id }] }, until: null },
    { notes: [{ id: note.id }], walks: [] },
  ])
})

test('a browser that was signed out has forgotten whom to ask, and does not offer it', async () => {
  const { walk } = await newWalk()
  await keptNote(database, surroundings, { walkId: walk.id, leftOut: true })
  await pressSend(database, surroundings)
  await run()

  await disconnectBrowser({ database, fetch: async () => Promise.reject(new TypeError('offline')) })

  const kept = await walkNow(walk)
  expect(isTimelineRecallable(kept, surroundings.now())).toBe(false)
})
