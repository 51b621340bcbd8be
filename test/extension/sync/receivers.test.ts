import { beforeEach, describe, expect, test } from 'vitest'

import type { Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { write } from '../../../extension/storage/write'
import { createOutbox } from '../../../extension/sync/outbox'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, noteWithPicture, pressSend, sendNotes, statesOf } from './engine-support'
import { newServer } from './server'

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
const run = (to = server) => engineOf(database, surroundings, to).run(true)
const pairToOther = (change: Partial<Pairing> = {}) =>
  pairTo(database, surroundings, {
    server: 'https://other.example',
    workspaceId: 'w2',
    personId: 'p2',
    token: 't2',
    ...change,
  })

describe('another receiver (S-11)', () => {
  test.each([{ personId: 'p2' }, { workspaceId: 'w2' }, { server: 'https://other.example' }])(
    'what was sent as one person waits for that person, whatever of %j is another',
    async (change) => {
      await sendNotes(database, surroundings, 2)
      await pairTo(database, surroundings, { ...change, token: 't2' })

      expect(await run()).toEqual({ state: 'idle' })
      expect(server.log.size).toBe(0)
      expect(await statesOf(database)).toEqual(['waiting', 'waiting'])

      await pairTo(database, surroundings, { token: 't3' })
      await run()
      expect(server.log.size).toBe(2)
    },
  )

  test('a picture goes to nobody but the receiver of its note', async () => {
    await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    server.on(({ method }) => (method === 'PUT' ? 'lost' : undefined))
    await run()
    const other = newServer()
    await pairToOther()

    await run(other)

    expect(other.puts()).toEqual([])
  })

  test('a picture in two notes goes to the receiver of each', async () => {
    await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    await pairToOther()
    await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    const other = newServer()
    await run(other)
    expect((await database.get('picture', HASH))?.state).toBe('pending')

    await pairTo(database, surroundings, { token: 't3' })
    await run()

    expect([other.puts(), server.puts()]).toEqual([[HASH], [HASH]])
    expect((await database.get('picture', HASH))?.state).toBe('stored')
  })

  test('re-paired in the middle of a run: the old server gets nothing of the new receiver, and its answers change nothing', async () => {
    await sendNotes(database, surroundings, 12)
    server.setRows([{ type: 'note', id: '01994000-0000-7000-8000-000000000001', seq: 9 }])
    let isPairedAnew = false
    server.on(({ path }) => (path.endsWith('/push') && isPairedAnew ? { status: 401 } : undefined))
    const store = createOutbox(database, surroundings)
    const engine = engineOf(database, surroundings, server, {
      store: {
        ...store,
        async settle(...given) {
          await store.settle(...given)
          if (isPairedAnew) return
          isPairedAnew = true
          await pairToOther()
          await write(database, ['meta'], (transaction) =>
            transaction.objectStore('meta').put(null, 'cursor'),
          )
          await sendNotes(database, surroundings, 3)
        },
      },
    })

    await engine.run(true)

    expect(server.log.size).toBe(10)
    expect(await database.count('mirror')).toBe(0)
    expect(await getMeta(database, 'cursor')).toBeNull()
    expect(await getMeta(database, 'pairing')).toMatchObject({
      token: 't2',
      disconnectedAt: null,
      workspaceName: 'IT Service Team',
    })
  })

  test('a late “not connected” of the old token does not disconnect the new one', async () => {
    await sendNotes(database, surroundings, 1)
    const engine = engineOf(database, surroundings, server)
    server.on(() => ({ status: 401 }))
    const running = engine.run(true)
    await pairToOther()

    await running

    expect(await getMeta(database, 'pairing')).toMatchObject({ token: 't2', disconnectedAt: null })
  })
})
