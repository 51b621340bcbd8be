import { beforeEach, describe, expect, test } from 'vitest'

import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, noteStates, pressSend, sendNotes, statesOf } from './engine-support'
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
const run = (force = true) => engineOf(database, surroundings, server).run(force)

test('what Send let go arrives once, in order, ten at a time, and is acknowledged', async () => {
  const notes = await sendNotes(database, surroundings, 23)

  expect(await run()).toEqual({ state: 'idle' })

  const pushes = server.pushed()
  expect(pushes.map(({ length }) => length)).toEqual([10, 10, 3])
  expect([...server.log.values()].map(({ payload }) => payload['id'])).toEqual(
    notes.map(({ id }) => id),
  )
  expect(new Set(await statesOf(database))).toEqual(new Set(['acked']))
  expect(new Set(await noteStates(database, notes))).toEqual(new Set(['sent']))
  expect(await getMeta(database, 'lastSyncedAt')).toBe(surroundings.now())
})

test('the panel and the background at it at once, without their lock, double nothing', async () => {
  const notes = await sendNotes(database, surroundings, 40)
  const engines = [1, 2, 3].map(() => engineOf(database, surroundings, server))

  await Promise.all(engines.map((engine) => engine.run(true)))
  await run()

  expect([...server.log.values()].map(({ payload }) => payload['id'])).toEqual(
    notes.map(({ id }) => id),
  )
  expect(server.pushed().flat().length).toBeGreaterThan(notes.length)
  expect(new Set(await statesOf(database))).toEqual(new Set(['acked']))
  expect(new Set(await noteStates(database, notes))).toEqual(new Set(['sent']))
})

test('nothing leaves before Send, before pairing, or without a token', async () => {
  const [note] = await sendNotes(database, surroundings, 1)
  await pairTo(database, surroundings, { disconnectedAt: 1 })
  expect(await run()).toEqual({ state: 'disconnected' })

  database = await emptyDevice()
  expect(await run()).toEqual({ state: 'unpaired' })
  expect(server.arrived).toEqual([])
  expect(note?.state).toBe('kept')
})

describe.each([
  ['no answer', 'lost', 'waiting'],
  ['400', { status: 400 }, 'waiting'],
  ['401', { status: 401 }, 'disconnected'],
  ['404', { status: 404 }, 'waiting'],
  ['408', { status: 408 }, 'waiting'],
  ['409 that names no epoch', { status: 409, body: 'x' }, 'waiting'],
  ['410', { status: 410 }, 'waiting'],
  ['418', { status: 418 }, 'waiting'],
  ['426', { status: 426 }, 'update-needed'],
  ['429', { status: 429 }, 'waiting'],
  ['500', { status: 500 }, 'waiting'],
  ['503', { status: 503 }, 'waiting'],
  ['599', { status: 599 }, 'waiting'],
  ['a redirect', { status: 302 }, 'waiting'],
  ['204', { status: 204 }, 'waiting'],
  [
    '200 with a page of somebody else',
    { status: 200, body: '<html>Sign in to the guest Wi-Fi</html>' },
    'waiting',
  ],
  [
    '200 with no results',
    { status: 200, body: { results: [], epoch: 1, serverTime: 0, minProto: 1 } },
    'waiting',
  ],
] as const)('a push answered with %s', (_what, happening, state) => {
  test.each([1, 3])(
    'keeps %i ops waiting, with their notes, and delivers them when all is well',
    async (length) => {
      const notes = await sendNotes(database, surroundings, length)
      server.on(({ path }) => (path.endsWith('/push') ? happening : undefined))

      expect((await run()).state).toBe(state)

      expect(await statesOf(database)).toEqual(notes.map(() => 'waiting'))
      expect(await noteStates(database, notes)).toEqual(notes.map(() => 'queued'))

      server.on(() => undefined)
      if (state === 'disconnected') await pairTo(database, surroundings, { token: 'fresh' })
      expect((await run()).state).toBe('idle')
      expect(await statesOf(database)).toEqual(notes.map(() => 'acked'))
      expect(server.log.size).toBe(length)
    },
  )
})

test.each([403, 413, 422])(
  'a push refused as a whole with %i is halved down to the one at fault, which nothing rejects',
  async (status) => {
    const notes = await sendNotes(database, surroundings, 10)
    const poison = notes[3]?.id
    server.on(({ path, ops }) =>
      path.endsWith('/push') && ops.some(({ payload }) => payload['id'] === poison)
        ? { status }
        : undefined,
    )

    expect((await run()).state).toBe('waiting')

    expect(await statesOf(database)).toEqual(
      notes.map(({ id }) => (id === poison ? 'waiting' : 'acked')),
    )
    expect(server.pulls()).not.toEqual([])
    expect(await getMeta(database, 'backoff')).toMatchObject({ failures: 1 })

    server.on(() => undefined)
    expect((await run()).state).toBe('idle')
    expect(server.log.size).toBe(10)
  },
)

test('a server that refuses everything is not asked for ever', async () => {
  const notes = await sendNotes(database, surroundings, 40)
  server.on(() => ({ status: 403 }))

  expect((await run()).state).toBe('waiting')

  expect(server.arrived.length).toBeLessThan(20)
  expect(await statesOf(database)).toEqual(notes.map(() => 'waiting'))
})

test('an answer that was lost is asked for again, and the op is there once', async () => {
  await sendNotes(database, surroundings, 3)
  server.once('/push', 'answer-lost')

  expect((await run()).state).toBe('waiting')
  expect(await statesOf(database)).toEqual(['waiting', 'waiting', 'waiting'])
  expect((await run()).state).toBe('idle')

  expect(await statesOf(database)).toEqual(['acked', 'acked', 'acked'])
  expect(server.log.size).toBe(3)
})

test('an op leaves by its own id alone, whatever else the answer names', async () => {
  const notes = await sendNotes(database, surroundings, 3)
  const [, second] = (await database.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
  server.once('/push', {
    status: 200,
    body: {
      results: [
        { opId: null, status: 'applied', seq: 1 },
        { opId: 'of somebody else', status: 'rejected', code: 'malformed' },
        { opId: second?.opId, status: 'applied', seq: 7 },
      ],
      epoch: 1,
      serverTime: 0,
      minProto: 1,
    },
  })
  const [first, third] = [notes[0], notes[2]]
  server.reject(({ payload }) =>
    [first?.id, third?.id].includes(String(payload['id'])) ? 'malformed' : undefined,
  )

  await run()

  expect(await statesOf(database)).toEqual(['malformed', 'acked', 'malformed'])
})

test('a retry in the middle of an answer keeps that op and the ones behind it', async () => {
  await sendNotes(database, surroundings, 3)
  const ops = (await database.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
  let pushes = 0
  server.on(({ path }) => {
    if (!path.endsWith('/push')) return undefined
    pushes += 1
    const results = ops.map(({ opId }, index) => ({
      opId,
      ...(index === 0 ? { status: 'applied', seq: 1 } : { status: 'retry' }),
    }))
    return pushes === 1
      ? { status: 200, body: { results, epoch: 1, serverTime: 0, minProto: 1 } }
      : { status: 503 }
  })

  expect((await run()).state).toBe('waiting')

  expect(await statesOf(database)).toEqual(['acked', 'waiting', 'waiting'])
  expect(server.pushed()[1]).toEqual(ops.slice(1).map(({ opId }) => opId))
})

test('a refused op is kept with its code; its note keeps its words, and the others go on', async () => {
  const notes = await sendNotes(database, surroundings, 3)
  server.reject(({ payload }) => (payload['id'] === notes[1]?.id ? 'too-large' : undefined))

  expect((await run()).state).toBe('idle')

  expect(await statesOf(database)).toEqual(['acked', 'too-large', 'acked'])
  expect(await database.get('note', notes[1]?.id ?? '')).toMatchObject({
    state: 'refused',
    refusedCode: 'too-large',
    words: 'Note 1',
    firstWords: 'Note 1',
  })
  for (let starts = 0; starts < 3; starts += 1) await run()
  expect(await statesOf(database)).toEqual(['acked', 'too-large', 'acked'])
  expect(server.pushed()).toHaveLength(1)
})

test('a refused note can be sent again under a new op', async () => {
  const notes = await sendNotes(database, surroundings, 1)
  server.reject(() => 'malformed')
  await run()
  server.reject(() => undefined)

  await pressSend(database, surroundings)
  await run()

  expect(await noteStates(database, notes)).toEqual(['sent'])
  expect(await statesOf(database)).toEqual(['malformed', 'acked'])
})

test('a code that this version does not know refuses all the same', async () => {
  const notes = await sendNotes(database, surroundings, 1)
  server.reject(() => 'of-the-future')
  await run()

  expect(await database.get('note', notes[0]?.id ?? '')).toMatchObject({
    state: 'refused',
    refusedCode: 'of-the-future',
  })
})

test('after 426 nothing is pushed until a person asks or an update comes, and capture and pulls go on', async () => {
  await sendNotes(database, surroundings, 1)
  server.on(({ path }) => (path.endsWith('/push') ? { status: 426 } : undefined))
  await run()
  server.on(() => undefined)
  surroundings.pass(600_000)

  expect(await run(false)).toEqual({ state: 'update-needed' })
  expect(server.pushed()).toHaveLength(1)
  expect(server.pulls()).toHaveLength(1)
  expect((await parcelOfAll(database, surroundings)).unfit).toEqual([])

  expect(await run(true)).toEqual({ state: 'idle' })
  expect(await getMeta(database, 'updateNeeded')).toBe(false)
  expect(await statesOf(database)).toEqual(['acked'])
})

test('a push holds at most 900 KB', async () => {
  await sendNotes(database, surroundings, 10, { words: 'x'.repeat(90_000) })

  await run()

  const sizes = server.arrived
    .filter(({ path }) => path.endsWith('/push'))
    .map(({ body }) => body.length)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(900_000 + 300)
  expect(sizes.length).toBeGreaterThan(1)
  expect(server.log.size).toBe(10)
})

test('every request carries the token, and no cookie', async () => {
  await sendNotes(database, surroundings, 1)
  await run()

  for (const { headers } of server.arrived) expect(headers['authorization']).toBe('Bearer token')
})

test('while another context is at it, a run does nothing', async () => {
  await sendNotes(database, surroundings, 1)

  expect(
    await engineOf(database, surroundings, server, { alone: async () => undefined }).run(true),
  ).toEqual({ state: 'busy' })
  expect(server.arrived).toEqual([])
})
