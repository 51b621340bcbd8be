import { beforeEach, expect, test } from 'vitest'

import { keepNote, removeNote } from '../../../extension/note/notes'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, noteWithPicture, pressSend, statesOf } from './engine-support'
import { newServer } from './server'

const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]
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
const stateOf = async (sha256: string) => (await database.get('picture', sha256))?.state

test('a picture follows its note, never goes ahead of it, and goes once', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await run()
  expect(server.puts()).toEqual([])

  await pressSend(database, surroundings)
  await run()
  await run()

  expect(server.puts()).toEqual([ONE])
  expect(server.arrived.findIndex(({ method }) => method === 'PUT')).toBeGreaterThan(
    server.arrived.findIndex(({ path }) => path.endsWith('/push')),
  )
  expect(new TextDecoder().decode(server.pictures.get(ONE))).toBe(ONE)
  expect(await stateOf(ONE)).toBe('stored')
})

test('no picture goes while its note was not acknowledged, and none for a note that was refused', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await pressSend(database, surroundings)
  server.reject(() => 'malformed')

  await run()

  expect(server.puts()).toEqual([])
  expect(await stateOf(ONE)).toBe('pending')
})

test.each([
  [415, 'refused', 'idle', { error: 'not-a-picture' }],
  [413, 'refused', 'idle', { error: 'too-large' }],
  // Nobody knows who said it: the next network may let it through.
  [415, 'pending', 'waiting', '<html>'],
  [413, 'pending', 'waiting'],
  [422, 'pending', 'waiting'],
  [404, 'pending', 'waiting'],
  [403, 'pending', 'waiting'],
  [500, 'pending', 'waiting'],
  [418, 'pending', 'waiting'],
])(
  'a picture answered with %i is %s afterwards; the note was sent',
  async (status, state, outcome, body?: unknown) => {
    const note = await noteWithPicture(database, surroundings, ONE)
    await pressSend(database, surroundings)
    server.on(({ method }) => (method === 'PUT' ? { status, body } : undefined))

    expect((await run()).state).toBe(outcome)

    expect(await stateOf(ONE)).toBe(state)
    expect((await database.get('note', note.id))?.state).toBe('sent')
  },
)

test.each([404, 422, 403])(
  'a picture that is answered with %i for ever keeps no other one, and no news, from going on',
  async (status) => {
    await noteWithPicture(database, surroundings, ONE)
    await noteWithPicture(database, surroundings, TWO)
    await pressSend(database, surroundings)
    server.on(({ path }) => (path.endsWith(ONE) ? { status } : undefined))

    expect((await run()).state).toBe('waiting')

    expect(await stateOf(TWO)).toBe('stored')
    expect(server.pulls()).toHaveLength(1)
  },
)

test('bytes that the disk lost keep nothing else from going on', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await noteWithPicture(database, surroundings, TWO)
  await pressSend(database, surroundings)
  const engine = engineOf(database, surroundings, server)
  const read = Blob.prototype.arrayBuffer
  Blob.prototype.arrayBuffer = async function (this: Blob) {
    const bytes = await read.call(this)
    if (new TextDecoder().decode(bytes) === ONE) throw new DOMException('gone', 'NotFoundError')
    return bytes
  }

  const outcome = await engine.run(true).finally(() => {
    Blob.prototype.arrayBuffer = read
  })

  expect(outcome.state).toBe('waiting')
  expect([await stateOf(ONE), await stateOf(TWO)]).toEqual(['pending', 'stored'])
})

test('an upload whose answer was lost is done again', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await pressSend(database, surroundings)
  server.once('/blobs/', 'answer-lost')

  await run()
  expect(await stateOf(ONE)).toBe('pending')
  await run()

  expect(await stateOf(ONE)).toBe('stored')
})

test('two notes with equal bytes: keeping the second does not hold back the first one’s picture', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await pressSend(database, surroundings)
  const second = await noteWithPicture(database, surroundings, ONE)
  await removeNote(database, second.id)

  await run()

  expect(server.puts()).toEqual([ONE])
  expect(await stateOf(ONE)).toBe('stored')
})

test('a picture that went to one server goes to another one too when a note there shows it', async () => {
  await noteWithPicture(database, surroundings, ONE)
  await pressSend(database, surroundings)
  await run()
  const elsewhere = newServer()
  await pairTo(database, surroundings, {
    server: 'https://other.example',
    workspaceId: 'w2',
    personId: 'p2',
    token: 't2',
  })
  await noteWithPicture(database, surroundings, ONE)
  await pressSend(database, surroundings)

  await engineOf(database, surroundings, elsewhere).run(true)

  expect(elsewhere.puts()).toEqual([ONE])
})

test('a note that is finished later keeps the picture of its moment', async () => {
  const note = await noteWithPicture(database, surroundings, ONE)

  await keepNote(database, surroundings, { ...note, words: 'Found the words' })
  await pressSend(database, surroundings)
  await run()

  expect(server.puts()).toEqual([ONE])
  expect(await statesOf(database)).toEqual(['acked'])
})
