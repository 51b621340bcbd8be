import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'

import { getMeta } from '../../../extension/storage/meta'
import { requestSync, wireCourier } from '../../../extension/sync/courier'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { sendNotes, statesOf } from './engine-support'
import { newServer } from './server'

let database: Awaited<ReturnType<typeof emptyDevice>>
let server: ReturnType<typeof newServer>
const surroundings = surroundingsAt(Date.now())
const realFetch = globalThis.fetch
let asked: RequestInit[] = []

beforeEach(async () => {
  fakeBrowser.reset()
  database = await emptyDevice()
  server = newServer()
  asked = []
  globalThis.fetch = async (url, init = {}) => {
    asked.push(init)
    const answer = await server.fetch(url as string, init as Parameters<typeof server.fetch>[1])
    return new Response(await answer.text(), { status: answer.status })
  }
  await pairTo(database, surroundings)
})
afterEach(async () => {
  await isQuiet()
  globalThis.fetch = realFetch
})

/** No run is under way. */
const isQuiet = () =>
  vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]))
const ring = () =>
  fakeBrowser.alarms.onAlarm.trigger({
    name: 'courier',
    scheduledTime: 0,
    persistAcrossSessions: false,
  })
const delivered = (length: number) => vi.waitFor(() => expect(server.log.size).toBe(length))

test('every start of the background sees to it that there is an alarm a minute', async () => {
  wireCourier()
  await vi.waitFor(async () =>
    expect(await fakeBrowser.alarms.getAll()).toMatchObject([
      { name: 'courier', periodInMinutes: 1 },
    ]),
  )

  wireCourier()
  expect(await fakeBrowser.alarms.getAll()).toHaveLength(1)
})

test('the alarm delivers what waits, without cookies, redirects or endless waits', async () => {
  wireCourier()
  await sendNotes(database, surroundings, 2)

  await ring()
  await delivered(2)
  await vi.waitFor(async () => expect(await statesOf(database)).toEqual(['acked', 'acked']))

  for (const init of asked) {
    expect(init).toMatchObject({ credentials: 'omit', redirect: 'error' })
    expect(init.signal).toBeInstanceOf(AbortSignal)
  }
})

test('a start of the browser delivers at once, even while a wait goes on', async () => {
  wireCourier()
  await sendNotes(database, surroundings, 1)
  await database.put('meta', { failures: 9, retryAt: Date.now() + 200_000 }, 'backoff')

  await ring()
  await isQuiet()
  expect(server.arrived).toEqual([])
  await fakeBrowser.runtime.onStartup.trigger()
  await delivered(1)
})

test('what is asked for while a run is under way is delivered soon after it', async () => {
  wireCourier()
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  void navigator.locks.request('wince-sync', () => held)
  await sendNotes(database, surroundings, 1)

  await fakeBrowser.runtime.onStartup.trigger()
  goOn()

  await vi.waitFor(() => expect(server.log.size).toBe(1), 5_000)
})

test('an update forgets that an update was needed', async () => {
  wireCourier()
  await sendNotes(database, surroundings, 1)
  await database.put('meta', true, 'updateNeeded')

  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update', temporary: false } as never)
  await delivered(1)

  expect(await getMeta(database, 'updateNeeded')).toBe(false)
})

test('asking while nobody listens fails silently: the alarm comes within a minute', async () => {
  await expect(requestSync()).resolves.toBeUndefined()
})

test('a run that cannot begin rejects nothing', async () => {
  wireCourier()
  await database.put('meta', { broken: true } as never, 'pairing')

  await expect(ring()).resolves.toBeDefined()
})
