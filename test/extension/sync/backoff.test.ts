import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'

import { getMeta } from '../../../extension/storage/meta'
import { watchWrites, write } from '../../../extension/storage/write'
import { createOutbox } from '../../../extension/sync/outbox'
import { backoffMs, classify } from '../../../extension/sync/status'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
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
  await sendNotes(database, surroundings, 1)
})
const run = (force: boolean, chance = 0.5) =>
  engineOf(database, surroundings, server, { random: () => chance }).run(force)

test('every status that we do not know is tried again, and none but the known refuses', () => {
  for (let status = 100; status < 600; status += 1) {
    const known = {
      200: 'ok',
      401: 'relink',
      403: 'refused',
      409: 'resync',
      410: 'gone',
      413: 'refused',
      422: 'refused',
      426: 'update',
    }

    expect(classify({ status, retryAfterMs: null, body: undefined })).toBe(
      known[status as keyof typeof known] ?? 'retry',
    )
  }
  expect(classify(undefined)).toBe('retry')
})

test('a wait lies between nothing and the doubled half second, five minutes at most', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, chance) => {
        const wait = backoffMs(failures, chance)

        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(Math.min(300_000, 500 * 2 ** failures))
      },
    ),
  )
  expect(backoffMs(3, 0.999)).toBeGreaterThan(3_900)
})

test('each failure doubles the wait, a success forgets them', async () => {
  server.on(() => ({ status: 503 }))
  const waits: number[] = []
  for (let failures = 0; failures < 12; failures += 1) {
    const outcome = await run(true)
    waits.push(outcome.state === 'waiting' ? outcome.retryAt - surroundings.now() : -1)
  }
  expect(waits.slice(0, 4)).toEqual([250, 500, 1_000, 2_000])
  expect(waits.at(-1)).toBe(150_000)

  server.on(() => undefined)
  await run(true)
  expect(await getMeta(database, 'backoff')).toEqual({ failures: 0, retryAt: 0 })
})

test('where nobody answers no wait is longer than 20 s, however long that went on', async () => {
  server.on(() => 'lost')
  const waits: number[] = []
  for (let failures = 0; failures < 12; failures += 1) {
    const outcome = await run(true)
    waits.push(outcome.state === 'waiting' ? outcome.retryAt - surroundings.now() : -1)
  }

  expect(waits.slice(0, 4)).toEqual([250, 500, 1_000, 2_000])
  expect(waits.at(-1)).toBe(10_000)
})

test('until its time nothing is asked, after it all is', async () => {
  server.on(() => ({ status: 503 }))
  await run(true)
  server.on(() => undefined)
  const asked = server.arrived.length

  expect((await run(false)).state).toBe('waiting')
  expect(server.arrived).toHaveLength(asked)

  surroundings.pass(250)
  expect((await run(false)).state).toBe('idle')
})

test.each([
  ['7', 7_000],
  ['0', 250],
  ['99999', 300_000],
  ['Wed, 25 Nov 2026 10:00:00 GMT', 250],
  ['-5', 250],
  ['1e9', 250],
])('Retry-After: %s waits %i ms', async (value, wait) => {
  server.on(() => ({ status: 429, headers: { 'retry-after': value } }))

  const outcome = await run(true)

  expect(outcome).toEqual({ state: 'waiting', retryAt: surroundings.now() + wait })
})

test.each([-10 * 365 * 86_400_000, -3_600_000, 3_600_000, 10 * 365 * 86_400_000])(
  'a clock that jumps by %i ms holds nothing up',
  async (jump) => {
    server.on(() => ({ status: 503 }))
    await run(true, 0.99)
    server.on(() => undefined)
    surroundings.pass(jump)

    expect((await run(false)).state).toBe('idle')
    expect(await statesOf(database)).toEqual(['acked'])
  },
)

test('a server that asks for a replay again and again is given time', async () => {
  let epoch = 1
  server.on(() => ({ status: 409, body: { error: 'other-epoch', epoch: (epoch += 1) } }))
  const waits: number[] = []
  for (let runs = 0; runs < 8; runs += 1) {
    const outcome = await run(true)
    waits.push(outcome.state === 'waiting' ? outcome.retryAt - surroundings.now() : -1)
  }

  expect(waits[0]).toBe(0)
  expect(waits.at(-1)).toBeGreaterThan(10_000)
  expect(await statesOf(database)).toEqual(['waiting'])
})

test('a disk that fails on the way loses nothing: the run throws, the next one goes on', async () => {
  const broken = engineOf(database, surroundings, server, {
    store: new Proxy({} as never, {
      get: (_target, method: string) =>
        method === 'settle'
          ? () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
          : (...given: unknown[]) =>
              (storeOf()[method as 'getEpoch'] as (...all: unknown[]) => unknown)(...given),
    }),
  })

  await expect(broken.run(true)).rejects.toThrow('full')
  expect(await statesOf(database)).toEqual(['waiting'])

  expect((await run(true)).state).toBe('idle')
  expect(server.log.size).toBe(1)
})

test('a watcher that throws does not undo what was written', async () => {
  const stop = watchWrites(() => {
    throw new Error('a view failed')
  })

  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put(42, 'nextMid'),
  )

  stop()
  expect(await getMeta(database, 'nextMid')).toBe(42)
})

function storeOf() {
  return createOutbox(database, surroundings)
}
