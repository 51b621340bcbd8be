import { beforeEach, describe, expect, test } from 'vitest'

import {
  hasRoomFor,
  isNoRoom,
  listSparePictures,
  removeSparePictures,
} from '../../../extension/storage/room'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, noteWithPicture, pressSend } from '../sync/engine-support'
import { newServer } from '../sync/server'

const DAY_MS = 86_400_000
const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string]

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  await pairTo(database, surroundings)
})
const deliver = () => engineOf(database, surroundings, newServer()).run(true)

test.each([
  [{ usage: 500_000, quota: 2_000_000 }, 500_000, true],
  [{ usage: 500_000, quota: 2_000_000 }, 500_001, false],
  [{ usage: 1_900_000, quota: 2_000_000 }, 1, false],
  [{}, 4_000_000, true],
])('a million bytes stay free for words: %o and a picture of %i', async (estimate, bytes, has) => {
  expect(await hasRoomFor({ estimate: async () => estimate }, bytes)).toBe(has)
})

test('a full disk is told from every other failure', () => {
  expect(isNoRoom(new DOMException('full', 'QuotaExceededError'))).toBe(true)
  expect(isNoRoom(new DOMException('gone', 'InvalidStateError'))).toBe(false)
  expect(isNoRoom(new Error('QuotaExceededError'))).toBe(false)
})

describe('pictures that may go', () => {
  test('are those that the team has had for more than 14 days', async () => {
    await noteWithPicture(database, surroundings, A)
    await pressSend(database, surroundings)
    await deliver()
    // By the clock of the server, which said when it had them.
    const [queued] = await database.getAll('outbox')
    const settledAt = queued?.settledAt ?? Number.NaN

    expect(await listSparePictures(database, settledAt)).toEqual([])
    expect(await listSparePictures(database, settledAt + 14 * DAY_MS)).toEqual([])
    expect(await listSparePictures(database, settledAt + 14 * DAY_MS + 1)).toEqual([A])
  })

  test('are none that a kept, a waiting or a newer note shows too', async () => {
    await noteWithPicture(database, surroundings, A)
    await noteWithPicture(database, surroundings, B)
    await pressSend(database, surroundings)
    await deliver()
    surroundings.pass(15 * DAY_MS)
    await noteWithPicture(database, surroundings, A)
    await noteWithPicture(database, surroundings, C)

    await removeSparePictures(database, surroundings.now())

    expect((await database.getAllKeys('picture')).toSorted()).toEqual([A, C])
    expect((await database.getAll('note')).map(({ attachments }) => attachments.length)).toEqual([
      1, 1, 1, 1,
    ])
  })
})
