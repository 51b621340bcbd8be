import './platform'
import 'fake-indexeddb/auto'

import { IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'

import { blankNote } from '../../extension/note/blank-note'
import { keepNote, listNotesOfWalk } from '../../extension/note/notes'
import { type WinceDatabase, openWinceDatabase } from '../../extension/storage/database'
import { getMeta } from '../../extension/storage/meta'
import { write } from '../../extension/storage/write'
import { createOutbox } from '../../extension/sync/outbox'
import { parcelOfAll } from '../../extension/sync/parcels'
import { mintOps } from '../../extension/sync/send'
import { appendStep, listSteps, startWalk } from '../../extension/walk/walks'
import { chanceOf } from './chance'
import { emptyDisk, openMemoryDatabase } from './memory-database'
import { readShapes } from './memory-keys'

async function emptyIndexedDb(): Promise<WinceDatabase> {
  const database = await openWinceDatabase()
  const stores = [...database.objectStoreNames]
  const transaction = database.transaction(stores, 'readwrite')
  await Promise.all(stores.map((store) => transaction.objectStore(store).clear()))
  await transaction.done
  return database
}

const surroundings = () => {
  let time = Date.UTC(2026, 10, 25)
  return { now: () => (time += 1_000), randomBytes: chanceOf(7).bytes }
}
const pairing = {
  server: 'https://wince.example.org',
  workspaceId: 'w',
  workspaceName: 'IT',
  personId: 'p',
  personName: 'Ada',
  token: 't',
  pairingId: 'd',
  coverEverything: true,
  pairedAt: 0,
  disconnectedAt: null,
}

describe.each([
  ['IndexedDB', emptyIndexedDb],
  ['a disk in memory', async () => openMemoryDatabase(emptyDisk(await readShapes()))],
])('%s', (_what, open) => {
  let database: WinceDatabase
  beforeEach(async () => {
    database = await open()
  })
  const putMeta = (value: string, key: 'deviceId') =>
    write(database, ['meta'], (transaction) => transaction.objectStore('meta').put(value, key))

  test('what was written is there, and what was not is undefined', async () => {
    await putMeta('d1', 'deviceId')

    expect(await database.get('meta', 'deviceId')).toBe('d1')
    expect(await database.get('meta', 'cursor')).toBeUndefined()
    expect(await database.count('meta')).toBe(1)
  })

  test('a transaction that throws leaves nothing behind', async () => {
    await putMeta('before', 'deviceId')

    await expect(
      write(database, ['meta', 'mirror'], async (transaction) => {
        await transaction.objectStore('mirror').clear()
        await transaction.objectStore('meta').put('after', 'deviceId')
        throw new Error('quota')
      }),
    ).rejects.toThrow('quota')

    expect(await database.get('meta', 'deviceId')).toBe('before')
  })

  test('a transaction sees its own writes; `add` refuses a key that is there and undoes all', async () => {
    const walk = await startWalk(database, surroundings(), START, FOLLOWED)

    await expect(
      write(database, ['walk'], async (transaction) => {
        const store = transaction.objectStore('walk')
        await store.put({ ...walk, errand: 'changed' })
        expect((await store.get(walk.id))?.errand).toBe('changed')
        await store.add(walk)
      }),
    ).rejects.toMatchObject({ name: 'ConstraintError' })

    expect((await database.get('walk', walk.id))?.errand).toBe(START.errand)
  })

  test('steps come in their order, by range, and can be taken back', async () => {
    const around = surroundings()
    const walk = await startWalk(database, around, START, FOLLOWED)
    const other = await startWalk(database, around, START, FOLLOWED)
    for (let step = 1; step <= 12; step += 1) {
      await appendStep(database, around, walk.id, { kind: 'back' })
      await appendStep(database, around, other.id, { kind: 'transfer' })
    }
    await database.delete('step', [walk.id, 3])

    const seqs = (await listSteps(database, walk.id)).map(({ seq }) => seq)
    expect(seqs).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect((await listSteps(database, walk.id, 10)).map(({ seq }) => seq)).toEqual([11, 12])
  })

  test('a range of keys is deleted, and its neighbours stay', async () => {
    const around = surroundings()
    const walk = await startWalk(database, around, START, FOLLOWED)
    const other = await startWalk(database, around, START, FOLLOWED)
    for (let step = 1; step <= 3; step += 1) {
      await appendStep(database, around, walk.id, { kind: 'back' })
      await appendStep(database, around, other.id, { kind: 'back' })
    }

    await write(database, ['step'], (transaction) =>
      transaction.objectStore('step').delete(IDBKeyRange.bound([walk.id, 2], [walk.id, Infinity])),
    )

    expect((await listSteps(database, walk.id)).map(({ seq }) => seq)).toEqual([1])
    expect((await listSteps(database, other.id)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('an index finds what it says, and follows a change', async () => {
    const around = surroundings()
    const walk = await startWalk(database, around, START, FOLLOWED)
    const notes = ['one', 'two', 'three'].map((words) => ({
      ...blankNote(around, words === 'two' ? null : walk.id, null, { kind: 'desk', reason: null }),
      words,
      state: 'kept' as const,
    }))
    for (const note of notes) await keepNote(database, around, note)

    const found = await listNotesOfWalk(database, walk.id)
    expect(found.map(({ words }) => words)).toEqual(['one', 'three'])
    expect(await database.countFromIndex('note', 'byState', 'kept')).toBe(3)
    expect(await database.getAllFromIndex('note', 'byWalk')).toHaveLength(2)
  })

  test('a whole life of an outbox ends the same', async () => {
    const around = surroundings()
    const store = createOutbox(database, around)
    await write(database, ['meta'], (transaction) =>
      transaction.objectStore('meta').put(pairing, 'pairing'),
    )
    for (const words of ['one', 'two', 'three'])
      await keepNote(database, around, {
        ...blankNote(around, null, null, { kind: 'desk', reason: null }),
        words,
        state: 'kept',
      })
    const opIds = await mintOps(database, around, pairing, await parcelOfAll(database, around))
    const settled = { at: 5, serverTime: 6, epoch: 1 }
    await store.settle(
      pairing,
      [
        { opId: opIds[0] ?? '', state: 'acked', code: null, seq: 1 },
        { opId: opIds[2] ?? '', state: 'rejected', code: 'malformed', seq: null },
      ],
      settled,
    )
    await store.replay(pairing, 2)

    const waiting = await store.listWaiting(pairing, 10, new Set())
    expect(waiting.map(({ opId }) => opId)).toEqual(opIds.slice(0, 2))
    expect(Object.values(await getMeta(database, 'epochs'))).toEqual([2])
    expect((await database.getAll('note')).map(({ state }) => state)).toEqual([
      'sent',
      'queued',
      'refused',
    ])
  })

  test('what somebody does with a value changes nothing on the disk', async () => {
    const walk = await startWalk(database, surroundings(), START, FOLLOWED)
    const read = await database.get('walk', walk.id)

    // Here a copy, there an error: both keep the disk as it is.
    try {
      if (read) read.errand = 'changed'
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError)
    }

    expect((await database.get('walk', walk.id))?.errand).toBe(START.errand)
  })
})

const START = { errand: 'Get on the Wi-Fi', persona: null, service: null, firstTime: null }
const FOLLOWED = { tabIds: [1], origins: [] }
