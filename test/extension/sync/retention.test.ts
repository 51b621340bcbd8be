import { beforeEach, expect, test } from 'vitest'

import { disconnectBrowser } from '../../../extension/sync/pairing'
import { REPLAY_WINDOW_MS } from '../../../extension/storage/room'
import { forgetSettled } from '../../../extension/sync/retention'
import { appendStep, endWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'
import { engineOf, noteWithPicture, pressSend, sendNotes, statesOf } from './engine-support'
import { newServer } from './server'

const DAY = 86_400_000
const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]
let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let server: ReturnType<typeof newServer>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  server = newServer()
  server.pass(surroundings.now())
  await pairTo(database, surroundings)
})
const run = () => engineOf(database, surroundings, server).run(true)
const hashes = async () => (await database.getAllKeys('picture')).toSorted()
const words = async () => (await database.getAll('note')).map((note) => note.words).toSorted()

/** A walk with a step and a note that are all told. */
async function walkAndSend() {
  const start = { errand: 'Get a laptop', persona: 'A nurse', service: null, firstTime: null }
  const walk = await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
  await appendStep(database, surroundings, walk.id, {
    kind: 'page',
    origin: 'https://a.example',
    route: '/secret-page',
    title: null,
  })
  await noteWithPicture(database, surroundings, ONE, {
    walkId: walk.id,
    words: 'It lost it all. And then more words',
    expected: 'Better',
  })
  await endWalk(database, surroundings, walk.id)
  await pressSend(database, surroundings)
  return walk
}

test('fifteen days later a title is kept of what was sent, and everything of what was not', async () => {
  const walk = await walkAndSend()
  await run()
  await noteWithPicture(database, surroundings, TWO, { words: 'Never sent. With two sentences' })
  server.pass(15 * DAY)
  expect(await hashes()).toEqual([ONE, TWO])

  await run()

  expect(await hashes()).toEqual([TWO])
  expect(await words()).toEqual(['It lost it all', 'Never sent. With two sentences'])
  expect(await statesOf(database)).toEqual(['past', 'past'])
  const disk = JSON.stringify([
    await database.getAll('outbox'),
    await database.getAll('walk'),
    await database.getAll('note'),
  ])
  for (const gone of ['more words', 'Better', 'A nurse', 'secret-page', ONE])
    expect(disk).not.toContain(gone)
  expect(await database.count('step')).toBe(0)
  expect(await database.get('walk', walk.id)).toMatchObject({
    errand: 'Get a laptop',
    endSent: true,
  })
})

test('until then nothing goes, however far the clock of this device is off', async () => {
  await walkAndSend()
  await run()
  surroundings.pass(3_650 * DAY)
  server.pass(REPLAY_WINDOW_MS)

  await run()

  expect(await statesOf(database)).toEqual(['acked', 'acked'])
  expect(await hashes()).toEqual([ONE])
})

test('what waits, what was refused and a picture on its way are kept for ever', async () => {
  await noteWithPicture(database, surroundings, ONE, { words: 'Its picture has not arrived' })
  await pressSend(database, surroundings)
  server.on(({ method }) => (method === 'PUT' ? { status: 503 } : undefined))
  await run()
  await sendNotes(database, surroundings, 1)
  server.reject(() => 'malformed')
  await run()
  await sendNotes(database, surroundings, 1)

  expect(await forgetSettled(database, server.time() + 400 * DAY)).toBe(0)

  expect(await statesOf(database)).toEqual(['acked', 'malformed', 'waiting', 'waiting'])
  expect(await hashes()).toEqual([ONE])
})

test('where room is short, the oldest go first', async () => {
  for (let index = 0; index < 3; index += 1) {
    await sendNotes(database, surroundings, 1, { words: 'x'.repeat(1_000) })
    await run()
    server.pass(DAY)
  }

  const forgotten = await forgetSettled(database, server.time(), {
    ms: REPLAY_WINDOW_MS,
    bytes: 6_500,
    everyMs: 0,
  })

  expect(forgotten).toBe(1)
  expect(await statesOf(database)).toEqual(['past', 'acked', 'acked'])
})

test('what is past is not replayed: only a title of it is left', async () => {
  await sendNotes(database, surroundings, 1)
  await run()
  server.pass(15 * DAY)
  await run()
  server.restore(0)

  await run()
  await run()

  expect(server.log.size).toBe(0)
  expect(await statesOf(database)).toEqual(['past'])
})

test('signing out takes away what was sent, and nothing that was not', async () => {
  await walkAndSend()
  await run()
  await keptNote(database, surroundings, { words: 'Kept here only' })
  await sendNotes(database, surroundings, 1, { words: 'Waits' })

  await disconnectBrowser({ database, fetch: async () => Promise.reject(new TypeError('offline')) })

  expect(await words()).toEqual(['Kept here only', 'Waits'])
  expect(await statesOf(database)).toEqual(['waiting', 'waiting'])
  expect(await hashes()).toEqual([])
  expect([await database.count('walk'), await database.count('step')]).toEqual([0, 0])
  expect(await database.count('mirror')).toBe(0)
})

test.each([
  { error: 'revoked', left: 0 },
  // After a restore the server may not know a browser that was paired since: nothing may go.
  { error: 'not-connected', left: 1 },
])('a browser that is told “$error” keeps $left of what it sent', async ({ error, left }) => {
  await sendNotes(database, surroundings, 1)
  await run()
  await keptNote(database, surroundings, { words: 'Kept here only' })
  server.on(() => ({ status: 401, body: { error } }))

  expect((await run()).state).toBe('disconnected')

  expect(await database.count('outbox')).toBe(left)
  expect(await words()).toContain('Kept here only')
})

test('signing out keeps a picture that no server has, and it goes when this person connects again', async () => {
  await noteWithPicture(database, surroundings, ONE, { words: 'Its picture is on its way' })
  await pressSend(database, surroundings)
  server.on(({ method }) => (method === 'PUT' ? 'lost' : undefined))
  await run()

  await disconnectBrowser({ database, fetch: async () => Promise.reject(new TypeError('offline')) })
  expect(await hashes()).toEqual([ONE])
  expect(await words()).toEqual(['Its picture is on its way'])
  server.on(() => undefined)
  await pairTo(database, surroundings)
  await run()

  expect(server.pictures.has(ONE)).toBe(true)
})
