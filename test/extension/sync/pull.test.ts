import { beforeEach, expect, test } from 'vitest'

import { getMeta } from '../../../extension/storage/meta'
import { createOutbox } from '../../../extension/sync/outbox'
import { newId } from '../../support/ops'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf } from './engine-support'
import { newServer } from './server'

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
const rowsOf = (length: number) =>
  Array.from({ length }, (_, index) => ({ type: 'note', id: newId(), seq: index + 1 }))
const mirrored = async () =>
  (await database.getAll('mirror')).map(({ seq }) => seq).toSorted((a, b) => a - b)

test('all pages come, with the workspace’s name and its rule about pictures', async () => {
  server.setRows(rowsOf(450))

  expect((await run()).state).toBe('idle')

  expect(await mirrored()).toHaveLength(450)
  expect(server.pulls()).toHaveLength(3)
  expect(await getMeta(database, 'pairing')).toMatchObject({
    workspaceName: 'IT, renamed',
    coverEverything: true,
  })
})

test('the next run asks for news only', async () => {
  server.setRows(rowsOf(3))
  await run()
  await run()

  expect(server.pulls().map(({ query }) => query.get('cursor'))).toEqual([null, '1/3'])
})

test('a page and its cursor are written together: a crash between them skips nothing', async () => {
  server.setRows(rowsOf(250))
  let pages = 0
  const store = createOutbox(database, surroundings)
  const crashing = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async applyPull(...given) {
        pages += 1
        if (pages === 2) throw new Error('the browser went away')
        await store.applyPull(...given)
      },
    },
  })

  await expect(crashing.run(true)).rejects.toThrow('went away')
  expect(await mirrored()).toHaveLength(200)
  expect(await getMeta(database, 'cursor')).toBe('1/200')

  await run()
  expect(await mirrored()).toHaveLength(250)
})

test('a page of which one row cannot be written leaves no row and no cursor', async () => {
  const store = createOutbox(database, surroundings)
  const pairing = await store.findPairing()
  if (pairing === null) throw new Error('not paired')
  const [row] = rowsOf(1)
  const poison = { ...rowsOf(1)[0], hostile: () => {} } as unknown as typeof row
  if (row === undefined || poison === undefined) throw new Error('no rows')

  await expect(
    store.applyPull(pairing, {
      rows: [row, poison],
      asked: null,
      cursor: '1/9',
      workspace: { name: 'x', coverEverything: false },
      isLast: true,
      at: 1,
    }),
  ).rejects.toThrow('could not be cloned')

  expect(await mirrored()).toEqual([])
  expect(await getMeta(database, 'cursor')).toBeNull()
})

test('a cursor that is too old starts again from the beginning, once', async () => {
  server.setRows(rowsOf(3))
  await run()
  server.setRows(rowsOf(2))
  server.on(({ query }) => (query.get('cursor') === '1/3' ? { status: 410 } : undefined))

  expect((await run()).state).toBe('idle')
  expect(await mirrored()).toEqual([1, 2])

  server.on(({ path }) => (path.endsWith('/pull') ? { status: 410 } : undefined))
  expect((await run()).state).toBe('waiting')
})

test('kinds of rows that this version does not know are kept as they came', async () => {
  const row = { type: 'prophecy', id: newId(), seq: 1, deep: { er: [1, 'zwei'] } }
  server.setRows([row])

  await run()

  expect((await database.getAll('mirror')).map((each) => each.row)).toEqual([row])
})

test.each([
  ['a page of somebody else', { status: 200, body: '<html>' }],
  [
    'rows without ids',
    {
      status: 200,
      body: {
        rows: [{ type: 'note', seq: 1 }],
        cursor: 'x',
        more: false,
        epoch: 1,
        serverTime: 0,
        workspace: { name: 'x', coverEverything: true },
      },
    },
  ],
  [
    'more of nothing',
    {
      status: 200,
      body: {
        rows: [],
        cursor: 'x',
        more: true,
        epoch: 1,
        serverTime: 0,
        workspace: { name: 'x', coverEverything: true },
      },
    },
  ],
  ['403', { status: 403 }],
  ['500', { status: 500 }],
] as const)(
  'a pull answered with %s waits, and does not go round for ever',
  async (_what, answer) => {
    server.on(({ path }) => (path.endsWith('/pull') ? answer : undefined))

    expect((await run()).state).toBe('waiting')

    expect(server.pulls()).toHaveLength(1)
  },
)

test('the same page over and over is noticed', async () => {
  const body = {
    rows: rowsOf(1),
    cursor: 'same',
    more: true,
    epoch: 1,
    serverTime: 0,
    workspace: { name: 'x', coverEverything: true },
  }
  server.on(() => ({ status: 200, body }))

  expect((await run()).state).toBe('waiting')
  expect(server.pulls()).toHaveLength(2)
})

test('an entry that holds no note of this person any more goes from the mirror', async () => {
  const [left, kept, mine, other] = [newId(), newId(), newId(), newId()]
  const entry = (id: string, seq: number) => ({ type: 'entry', id, seq })
  const note = (id: string, seq: number, entryId: string) => ({ type: 'note', id, seq, entryId })
  server.setRows([entry(left, 1), note(mine, 2, left), entry(kept, 3), note(other, 4, kept)])
  await run()
  expect(await mirrored()).toEqual([1, 2, 3, 4])

  server.setRows([{ type: 'tombstone', id: mine, seq: 5 }])
  await run()

  expect(await mirrored()).toEqual([3, 4, 5])
})

test('a browser that is paired anew between two pages asks for no more of them', async () => {
  server.setRows(rowsOf(450))
  const store = createOutbox(database, surroundings)
  const overtaken = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async applyPull(...given) {
        await pairTo(database, surroundings, { token: 'another', personId: 'somebody else' })
        await store.applyPull(...given)
        if (server.pulls().length === 5) server.on(() => 'lost')
      },
    },
  })

  expect((await overtaken.run(true)).state).toBe('busy')

  expect(server.pulls()).toHaveLength(1)
})

test('a page that goes on from where this browser is no more is not kept, and all comes anew', async () => {
  server.setRows(rowsOf(3))
  await run()
  server.setRows(rowsOf(5))
  const store = createOutbox(database, surroundings)
  let pages = 0
  const overtaken = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async applyPull(...given) {
        pages += 1
        if (pages === 1) await store.forgetMirror()
        await store.applyPull(...given)
      },
    },
  })

  await overtaken.run(true)
  expect(await mirrored()).toEqual([])
  expect(await getMeta(database, 'cursor')).toBeNull()

  await run()
  expect(await mirrored()).toEqual([1, 2, 3, 4, 5])
})

test('a page that arrives after this browser was signed out from afar leaves nothing', async () => {
  server.setRows(rowsOf(3))
  const store = createOutbox(database, surroundings)
  const overtaken = engineOf(database, surroundings, server, {
    store: {
      ...store,
      async applyPull(pairing, pulled) {
        await store.setDisconnected(pairing, 1)
        await store.wipeSent(pairing)
        await store.applyPull(pairing, pulled)
      },
    },
  })

  await overtaken.run(true)

  expect(await mirrored()).toEqual([])
  expect(await getMeta(database, 'cursor')).toBeNull()
})
