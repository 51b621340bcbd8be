import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type WinceDatabase, openWinceDatabase } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { newNote, noteOp } from '../../support/ops'

const OUTBOX = Array.from({ length: 500 }, (_, index) => {
  const op = noteOp(index + 1, newNote({ words: `😀 ${index} “x”` }))
  return { opId: op.opId, mid: op.mid, op, state: index % 3 === 0 ? 'acked' : 'waiting' }
})

/** The database as version 2 of it was. */
function openVersion2() {
  return openDB('wince', 2, {
    upgrade(database) {
      database.createObjectStore('walk', { keyPath: 'id' })
      database.createObjectStore('step', { keyPath: ['walkId', 'step.seq'] })
      const notes = database.createObjectStore('note', { keyPath: 'id' })
      notes.createIndex('byState', 'state')
      notes.createIndex('byWalk', 'walkId')
      database.createObjectStore('picture', { keyPath: 'sha256' }).createIndex('byState', 'state')
      const outbox = database.createObjectStore('outbox', { keyPath: 'opId' })
      outbox.createIndex('byMid', 'mid')
      outbox.createIndex('byState', 'state')
      database.createObjectStore('mirror', { keyPath: 'key' }).createIndex('byType', 'type')
      database.createObjectStore('meta')
    },
    // What another view does when it is asked to make room.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

let upgraded: WinceDatabase
beforeAll(async () => {
  const old = await openVersion2()
  for (const queued of OUTBOX) await old.put('outbox', queued)
  await old.put('mirror', { key: 'note/1', type: 'note', id: '1', seq: 1, row: {} })
  await old.put('meta', 'cursor of a pull', 'cursor')
  // The other view stays open.
  upgraded = await openWinceDatabase()
})
afterAll(() => upgraded.close())

test('a full outbox and the mirror are the same, byte for byte, after the upgrade', async () => {
  expect(upgraded.version).toBe(3)
  const rows = (await upgraded.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
  expect(rows.map((row) => JSON.stringify(row))).toEqual(OUTBOX.map((row) => JSON.stringify(row)))
  expect(await upgraded.getAll('mirror')).toHaveLength(1)
  expect(await getMeta(upgraded, 'cursor')).toBe('cursor of a pull')
})

test('there is room for entries of others, and none is there', async () => {
  expect(await upgraded.getAllFromIndex('nearby', 'bySeq')).toEqual([])
  expect(await getMeta(upgraded, 'nearby')).toBeNull()
})
