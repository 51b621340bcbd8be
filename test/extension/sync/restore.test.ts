import { beforeEach, describe, expect, test } from 'vitest'

import type { Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { createOutbox } from '../../../extension/sync/outbox'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, noteWithPicture, pressSend, sendNotes, statesOf } from './engine-support'
import { newServer } from './server'

const DAY = 86_400_000
const HASH = '7'.repeat(64)
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

describe('a restored server (S-9)', () => {
  test('what it acknowledged and lost arrives again under the same ids, in order, pictures too', async () => {
    const notes = await sendNotes(database, surroundings, 4)
    await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    await run()
    const before = [...server.log.keys()]
    server.restore(2)

    expect((await run()).state).toBe('waiting')
    expect((await run()).state).toBe('idle')

    expect([...server.log.keys()]).toEqual(before)
    expect(server.pictures.has(HASH)).toBe(true)
    expect(notes).toHaveLength(4)
    expect(new Set(await statesOf(database))).toEqual(new Set(['acked']))
    expect(Object.values(await getMeta(database, 'epochs'))).toEqual([2])
  })

  test('also when there was nothing to push and the pull shows it', async () => {
    await sendNotes(database, surroundings, 2)
    server.setRows([{ type: 'note', id: '01994000-0000-7000-8000-000000000001', seq: 1 }])
    await run()
    server.restore(0)

    await run()
    await run()

    expect(server.log.size).toBe(2)
    expect(await getMeta(database, 'cursor')).toBe('2/1')
  })

  test('the mirror of the old state is gone before the new one comes', async () => {
    const id = '01994000-0000-7000-8000-000000000001'
    server.setRows([{ type: 'note', id, seq: 1 }])
    await run()
    server.restore(0)
    server.setRows([])

    await run()
    await run()

    expect(await database.count('mirror')).toBe(0)
  })

  test('what was acknowledged longer than 14 days ago is not sent again', async () => {
    await sendNotes(database, surroundings, 1)
    await run()
    server.pass(14 * DAY + 1)
    await sendNotes(database, surroundings, 1)
    await run()
    server.restore(0)

    await run()
    await run()

    expect(server.log.size).toBe(1)
  })

  test.each([-3_650, 3_650])(
    'the days are the server’s: a clock that jumped by %i days loses nothing',
    async (days) => {
      await sendNotes(database, surroundings, 2)
      await run()
      surroundings.pass(days * DAY)
      server.restore(0)

      await run()
      await run()

      expect(server.log.size).toBe(2)
    },
  )

  test('an answer from before the restore acknowledges nothing', async () => {
    await sendNotes(database, surroundings, 1)
    const store = createOutbox(database, surroundings)
    const pairing = (await getMeta(database, 'pairing')) as Pairing
    const [op] = await store.listWaiting(pairing, 1, new Set())
    await store.replay(pairing, 2)

    const settlement = { opId: op?.opId ?? '', state: 'acked' as const, code: null, seq: 1 }
    await store.settle(pairing, [settlement], { at: 0, serverTime: 0, epoch: 1 })

    expect(await statesOf(database)).toEqual(['waiting'])
  })

  test('a picture whose note waits again goes again, though it was stored before the restore', async () => {
    await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    await run()
    const store = createOutbox(database, surroundings)
    const pairing = (await getMeta(database, 'pairing')) as Pairing
    await store.replay(pairing, 2)
    // An upload that was under way ends behind the replay, and then there is another restore.
    await store.setPictureState(pairing, HASH, 'stored', 2)
    server.restore(0)
    server.restore(0)

    for (let runs = 0; runs < 3; runs += 1) await run()

    expect(server.log.size).toBe(1)
    expect(server.pictures.has(HASH)).toBe(true)
  })

  test('a refused op is not sent again', async () => {
    await sendNotes(database, surroundings, 1)
    server.reject(() => 'malformed')
    await run()
    server.restore(0)

    await run()
    await run()

    expect(server.pushed()).toHaveLength(1)
    expect(await statesOf(database)).toEqual(['malformed'])
  })
})

describe('a cloned profile (S-10)', () => {
  test('takes a new name, keeps its ids and numbers, and both clones’ notes arrive', async () => {
    await sendNotes(database, surroundings, 3)
    await run()
    const deviceId = await createOutbox(database, surroundings).getDeviceId()
    await sendNotes(database, surroundings, 2)
    // The other clone pushed its own ops under these numbers.
    for (const mid of [4, 5])
      server.log.set(`other ${mid}`, { deviceId, mid, seq: mid, payload: {} })
    const opIds = (await database.getAll('outbox')).map(({ opId }) => opId)

    expect((await run()).state).toBe('idle')
    await sendNotes(database, surroundings, 1)
    expect((await run()).state).toBe('idle')

    const newName = await createOutbox(database, surroundings).getDeviceId()
    expect(newName).not.toBe(deviceId)
    expect([...server.log.keys()]).toEqual(expect.arrayContaining(['other 4', 'other 5', ...opIds]))
    expect(
      [...server.log.values()].filter((each) => each.deviceId === newName).map(({ mid }) => mid),
    ).toEqual([4, 5, 6])
  })

  test('a server that calls everything a fork is not believed twice', async () => {
    await sendNotes(database, surroundings, 1)
    server.reject(() => 'device-fork')

    expect((await run()).state).toBe('waiting')

    expect(server.pushed()).toHaveLength(2)
    expect(await statesOf(database)).toEqual(['waiting'])
  })

  test('after a replay ops of the old name and of the new one arrive all the same', async () => {
    await sendNotes(database, surroundings, 3)
    await run()
    await createOutbox(database, surroundings).takeNewDeviceId(
      '01994000-0000-7000-8000-0000000000aa',
    )
    await sendNotes(database, surroundings, 3)
    await run()
    server.restore(0)

    for (let runs = 0; runs < 4; runs += 1) await run()

    expect(server.log.size).toBe(6)
    expect(new Set(await statesOf(database))).toEqual(new Set(['acked']))
  })
})

test('ops that were listed before another context began a replay do not go before it', async () => {
  await sendNotes(database, surroundings, 2)
  await run()
  const acknowledged = [...server.log.keys()]
  await sendNotes(database, surroundings, 1)
  server.restore(0)
  const pairing = (await getMeta(database, 'pairing')) as Pairing
  const store = createOutbox(database, surroundings)
  let isFirst = true
  const overtaken = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async listWaiting(...given) {
        const ops = await store.listWaiting(...given)
        if (isFirst) await store.replay(pairing, server.epoch())
        isFirst = false
        return ops
      },
    },
  })

  await overtaken.run(true)
  await run()

  expect([...server.log.keys()].slice(0, 2)).toEqual(acknowledged)
  expect(server.log.size).toBe(3)
})
