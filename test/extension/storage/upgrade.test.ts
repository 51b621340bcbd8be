import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  type WinceDatabase,
  openWinceDatabase,
  receiverKey,
} from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { newNote, noteOp, partOp } from '../../support/ops'

const PAIRING = { server: 'https://wince.example.org', workspaceId: 'w', personId: 'p', token: 't' }
const OUTBOX = Array.from({ length: 500 }, (_, index) => {
  const op =
    index % 5 === 0 ? partOp(index + 1) : noteOp(index + 1, newNote({ words: `😀 ${index} “x”` }))
  return {
    opId: op.opId,
    mid: op.mid,
    receiver: { server: PAIRING.server, workspaceId: 'w', personId: 'p' },
    op,
    state: index % 3 === 0 ? 'acked' : 'waiting',
    code: null,
    seq: index % 3 === 0 ? index : null,
    queuedAt: 1,
    settledAt: null,
  }
})

/** The database as 0.1.0 made it. */
function openVersion1() {
  return openDB('wince', 1, {
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
  const old = await openVersion1()
  for (const queued of OUTBOX) await old.put('outbox', queued)
  await old.put('meta', PAIRING, 'pairing')
  await old.put('meta', 7, 'epoch')
  await old.put('meta', 501, 'nextMid')
  // The other view stays open.
  upgraded = await openWinceDatabase()
})
afterAll(() => upgraded.close())

test('a full outbox of 0.1.0 is the same, byte for byte, after the upgrade', async () => {
  expect(upgraded.version).toBe(3)
  const rows = (await upgraded.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
  expect(rows.map((row) => JSON.stringify(row))).toEqual(OUTBOX.map((row) => JSON.stringify(row)))
  expect(await getMeta(upgraded, 'nextMid')).toBe(501)
})

test('the epoch it knew is that of the team it was paired with', async () => {
  expect(await getMeta(upgraded, 'epochs')).toEqual({ [receiverKey(PAIRING)]: 7 })
})
