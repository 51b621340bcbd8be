import { beforeEach, expect, test } from 'vitest'

import { getMeta } from '../../../extension/storage/meta'
import { watchWrites, write } from '../../../extension/storage/write'
import { appendStep, listSteps, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'

let database: Awaited<ReturnType<typeof emptyDevice>>
const surroundings = surroundingsAt()
beforeEach(async () => {
  database = await emptyDevice()
})

test('every write asks for bytes on the disk, and is there when it resolves', async () => {
  const open = database.transaction.bind(database)
  const asked: unknown[] = []
  const watched = {
    transaction: (...given: Parameters<typeof open>) => {
      asked.push(given[2])
      return open(...given)
    },
  } as typeof database

  await write(watched, ['meta'], (transaction) => transaction.objectStore('meta').put(7, 'nextMid'))

  expect(asked).toEqual([{ durability: 'strict' }])
  expect(await getMeta(database, 'nextMid')).toBe(7)
})

test('when the work throws nothing of it stays, and its own error is told', async () => {
  await expect(
    write(database, ['meta'], async (transaction) => {
      await transaction.objectStore('meta').put(7, 'nextMid')
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')

  expect(await getMeta(database, 'nextMid')).toBe(1)
})

test('when a request fails its error is told, and nothing stays', async () => {
  await expect(
    write(database, ['meta'], async (transaction) => {
      await transaction.objectStore('meta').put(7, 'nextMid')
      await transaction.objectStore('meta').put((() => {}) as never, 'cursor')
    }),
  ).rejects.toThrow('could not be cloned')

  expect(await getMeta(database, 'nextMid')).toBe(1)
})

test('watchers hear of what was written, and of nothing that was not', async () => {
  const heard: unknown[] = []
  const stop = watchWrites((stores) => heard.push(stores))

  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put(7, 'nextMid'),
  )
  await write(database, ['walk'], () => Promise.reject(new Error('no'))).catch(() => {})
  stop()
  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put(8, 'nextMid'),
  )

  expect(heard).toEqual([['meta']])
})

test('numbers that many contexts take at once are all different', async () => {
  const walk = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: null, firstTime: null },
    { tabIds: [], origins: [] },
  )

  await Promise.all(
    Array.from({ length: 50 }, () => appendStep(database, surroundings, walk.id, { kind: 'back' })),
  )

  expect((await listSteps(database, walk.id)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
})
