import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { exportUnsent } from '../../../extension/file/export-file'
import { openToRescue, openWinceDatabase, watchDatabase } from '../../../extension/storage/database'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { sendNotes } from '../sync/engine-support'

/** A version that no code here knows yet. */
const FUTURE = 1_000
const surroundings = surroundingsAt()
let told: string[]
let stop: () => void
beforeEach(async () => {
  told = []
  stop = watchDatabase({
    blocked: () => void told.push('blocked'),
    gone: () => void told.push('gone'),
  })
  const database = await emptyDevice()
  await pairTo(database, surroundings)
})
afterEach(async () => {
  stop()
  await deleteDatabase()
})

function deleteDatabase(): Promise<unknown> {
  return new Promise((done) => {
    indexedDB.deleteDatabase('wince').addEventListener('success', done)
  })
}

/** An upgrade that comes to nothing: all the same, whoever has the database open has to let go. */
async function shakeOff(): Promise<void> {
  const refused = openDB('wince', FUTURE, {
    upgrade(_database, _before, _after, transaction) {
      transaction.done.catch(() => {})
      transaction.abort()
    },
  })
  await expect(refused).rejects.toThrow('abort')
}

test('an upgrade with a full outbox changes no byte of it, and the view that was open lets go', async () => {
  const old = await openWinceDatabase()
  await sendNotes(old, surroundings, 30)
  const before = JSON.stringify(await old.getAll('outbox'))

  const upgraded = await openDB('wince', FUTURE)

  expect(told).toEqual(['gone'])
  expect(JSON.stringify(await upgraded.getAll('outbox'))).toBe(before)
  expect(() => old.transaction('outbox')).toThrow('not allowed')
  upgraded.close()
})

test('a view that does not let go is asked for, and then all goes on', async () => {
  await sendNotes(await openWinceDatabase(), surroundings, 3)
  await shakeOff()
  const otherView = await openDB('wince')
  told = []

  const upgraded = openWinceDatabase(FUTURE)
  await vi.waitFor(() => expect(told).toEqual(['blocked']))
  otherView.close()

  const database = await upgraded
  expect(await database.count('outbox')).toBe(3)
})

test('a database from a later version is left as it is, and what is in it can be saved', async () => {
  const mine = await openWinceDatabase()
  await sendNotes(mine, surroundings, 5)
  const later = await openDB('wince', FUTURE)
  later.close()

  await expect(openWinceDatabase()).rejects.toThrow('version')
  await expect(openWinceDatabase()).rejects.toThrow('version')

  const rescued = await openToRescue()
  const { payloads } = await exportUnsent(rescued, surroundings.now())
  expect(payloads.filter(({ kind }) => kind === 'note.add')).toHaveLength(5)
  expect(rescued.version).toBe(FUTURE)
  rescued.close()
})

test('where there is no database none is made by a rescue', async () => {
  await deleteDatabase()

  await expect(openToRescue()).rejects.toThrow('abort')

  expect(await indexedDB.databases()).toEqual([])
})
