import { beforeEach, expect, test } from 'vitest'

import { NEARBY_MAX_ENTRIES } from '#shared/limits'
import { newPairingCode } from '#shared/pairing-code'

import { getMeta } from '../../../extension/storage/meta'
import { createOutbox } from '../../../extension/sync/outbox'
import { disconnectBrowser, pairBrowser } from '../../../extension/sync/pairing'
import { nearbyRow } from '../../support/nearby-rows'
import { newId } from '../../support/ops'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'
import { engineOf, sendNotes, statesOf } from './engine-support'
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
const entry = (number: number) => nearbyRow([{ words: 'It asks twice' }], { number })
const asked = () => server.arrived.filter(({ path }) => path.endsWith('/nearby'))
const numbers = async () =>
  (await database.getAllFromIndex('nearby', 'bySeq')).map(({ number }) => number)

test('all pages come, and after them only news, asked for when there are any', async () => {
  const entries = Array.from({ length: 251 }, (_, index) => entry(index + 1))
  server.setNearby(entries.slice(0, 250))
  expect((await run()).state).toBe('idle')
  expect(await numbers()).toHaveLength(250)
  await run()
  expect(asked().map(({ query }) => query.get('cursor'))).toEqual([null, '100', '200'])

  server.setNearby(entries)
  await run()

  expect(asked()[3]?.query.get('cursor')).toBe('250')
  expect(await numbers()).toHaveLength(251)
})

test('pages that did not all come are asked for again, though nothing is new', async () => {
  server.setNearby(Array.from({ length: 250 }, (_, index) => entry(index + 1)))
  server.on(({ path, query }) =>
    path.endsWith('/nearby') && query.get('cursor') === '100' ? 'lost' : undefined,
  )
  await run()
  expect(await numbers()).toHaveLength(100)
  server.on(() => undefined)
  await run()

  expect(await numbers()).toHaveLength(250)
})

test('an entry that changed takes the place of what was known of it; one that is gone goes', async () => {
  const [one, other] = [entry(1), entry(2)]
  server.setNearby([one, other])
  await run()
  server.setNearby([
    { ...one, seq: 3, title: 'They ask twice' } as typeof one,
    { type: 'gone', id: other.id, seq: 4 } as never,
  ])
  await run()

  expect(await database.getAll('nearby')).toMatchObject([{ id: one.id, title: 'They ask twice' }])
})

test('no more than two thousand are kept, and what changed longest ago goes first', async () => {
  const ids = Array.from({ length: NEARBY_MAX_ENTRIES }, () => newId())
  const row = entry(1)
  server.setNearby(ids.map((id, index) => ({ ...row, id, number: index + 1, seq: index + 1 })))
  await run()
  server.setNearby([{ ...row, id: newId(), number: 9_999, seq: 9_999 } as typeof row])
  await run()

  const kept = await numbers()
  expect(kept).toHaveLength(NEARBY_MAX_ENTRIES)
  expect([kept[0], kept.at(-1)]).toEqual([2, 9_999])
})

test('what a newer server may say of an entry beyond that is not kept', async () => {
  server.setNearby([{ ...entry(1), quotes: ['kanari'] } as never])
  await run()

  expect(await numbers()).toEqual([1])
  expect(JSON.stringify(await database.getAll('nearby'))).not.toContain('kanari')
})

test('a server of before is no trouble', async () => {
  await sendNotes(database, surroundings, 1)

  expect((await run()).state).toBe('idle')
  expect(await statesOf(database)).toEqual(['acked'])
  expect(asked()).toEqual([])
})

test.each([
  ['500', { status: 500 }],
  ['another epoch', { status: 409, body: { error: 'other-epoch', epoch: 7 } }],
  ['a page of somebody else', { status: 200, body: '<html>' }],
  [
    'words where numbers belong',
    { status: 200, body: { rows: [{ ...entry(1), tokens: ['wifi'] }] } },
  ],
  ['nobody there', 'lost'],
] as const)('an answer of %s holds up nothing and changes nothing', async (_what, answer) => {
  server.setNearby([entry(1)])
  await run()
  await sendNotes(database, surroundings, 1)
  server.on(({ path }) => (path.endsWith('/nearby') ? answer : undefined))

  expect((await run()).state).toBe('idle')
  expect(await statesOf(database)).toEqual(['acked'])
  expect(await numbers()).toEqual([1])
})

test('the same page over and over is noticed', async () => {
  server.setNearby([entry(1)])
  const body = { rows: [entry(1)], cursor: 'same', more: true, epoch: 1 }
  server.on(({ path }) => (path.endsWith('/nearby') ? { status: 200, body } : undefined))
  await run()

  expect(asked()).toHaveLength(2)
})

test.each([
  ['the cursor is too old', { status: 410 }],
  ['more is to come', undefined],
] as const)('where %s, a browser that is paired anew asks once', async (_what, answer) => {
  server.setNearby([entry(1)])
  await run()
  server.setNearby(Array.from({ length: 250 }, (_, index) => entry(index + 2)))
  server.on(({ path }) => {
    if (asked().length === 6) return 'lost'
    return path.endsWith('/nearby') ? answer : undefined
  })
  const store = createOutbox(database, surroundings)
  let looks = 0
  const overtaken = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async getNearby() {
        const known = await store.getNearby()
        looks += 1
        if (looks === 2)
          await pairTo(database, surroundings, { token: 'another', personId: 'somebody else' })
        return known
      },
    },
  })

  await overtaken.run(true)

  expect(asked()).toHaveLength(2)
})

test('a cursor that is too old, or of another scope, starts again from nothing', async () => {
  server.setNearby([entry(1), entry(2)])
  await run()
  server.setNearby([entry(3)])
  server.on(({ path, query }) =>
    path.endsWith('/nearby') && query.get('cursor') === '2' ? { status: 410 } : undefined,
  )
  await run()

  expect(await numbers()).toEqual([3])
})

test('an answer from before a restore is not kept', async () => {
  const store = createOutbox(database, surroundings)
  const pairing = await store.findPairing()
  if (pairing === null) throw new Error('not paired')
  await store.applyNearby(pairing, { rows: [entry(1)], asked: null, cursor: 'x', epoch: 2 }, 1)

  expect(await numbers()).toEqual([])
  expect(await getMeta(database, 'nearby')).toBeNull()
})

test('a page that goes on from where this browser is no more is not kept', async () => {
  server.setNearby([entry(1)])
  await run()
  const store = createOutbox(database, surroundings)
  const pairing = await store.findPairing()
  if (pairing === null) throw new Error('not paired')
  await store.forgetNearby(pairing)
  await store.applyNearby(pairing, { rows: [entry(2)], asked: '1', cursor: '2', epoch: 1 }, 2)

  expect(await numbers()).toEqual([])
  expect(await getMeta(database, 'nearby')).toBeNull()
})

test('a restore forgets them', async () => {
  server.setNearby([entry(1)])
  await run()
  server.restore(0)
  server.setNearby([])
  await run()
  await run()

  expect(await numbers()).toEqual([])
})

test('disconnecting forgets them, and what unsent notes were the same as', async () => {
  server.setNearby([entry(1)])
  await run()
  const sameAs = { entryId: newId(), number: 1 }
  const note = await keptNote(database, surroundings, { sameAs })
  await disconnectBrowser({ database, fetch: () => Promise.reject(new Error('offline')) })

  expect(await numbers()).toEqual([])
  expect(await getMeta(database, 'nearby')).toBeNull()
  expect(await database.get('note', note.id)).toMatchObject({ state: 'kept', sameAs: null })
})

test('so does connecting to another team', async () => {
  server.setNearby([entry(1)])
  await run()
  const note = await keptNote(database, surroundings, {
    sameAs: { entryId: newId(), number: 1 },
  })
  const answer = {
    token: 'another',
    deviceId: newId(),
    person: { id: newId(), name: 'Ada', role: 'walker' },
    workspace: { id: newId(), name: 'HR', coverEverything: false, epoch: 1 },
  }
  const paired = await pairBrowser(
    {
      database,
      now: surroundings.now,
      fetch: async () => ({
        status: 201,
        ok: true,
        headers: new Headers(),
        json: async () => answer,
      }),
    },
    newPairingCode(surroundings.randomBytes),
    'https://other.example.org',
    'Laptop',
  )
  expect(paired).toMatchObject({ ok: true })

  expect(await numbers()).toEqual([])
  expect(await database.get('note', note.id)).toMatchObject({ sameAs: null })
})
