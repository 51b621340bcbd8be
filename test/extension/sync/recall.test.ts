import { beforeEach, expect, test } from 'vitest'

import { RECALL_WINDOW_MS } from '#shared/limits'

import type { KeptNote } from '../../../extension/storage/database'
import { isRecallable, takeBack } from '../../../extension/sync/recall'
import { forgetSettled } from '../../../extension/sync/retention'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import {
  engineOf,
  noteStates,
  noteWithPicture,
  pressSend,
  sendNotes,
  statesOf,
} from './engine-support'
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
const run = () => engineOf(database, surroundings, server).run(true)
const recall = (...notes: { id: string }[]) =>
  takeBack(database, surroundings, { noteIds: notes.map(({ id }) => id) })

async function sendTwo(): Promise<[KeptNote, KeptNote]> {
  const [one, other] = await sendNotes(database, surroundings, 2)
  if (one === undefined || other === undefined) throw new Error('not sent')
  return [one, other]
}

async function sendOne(): Promise<KeptNote> {
  const [note] = await sendNotes(database, surroundings, 1)
  if (note === undefined) throw new Error('not sent')
  return note
}

/** Everything on the disk, pictures by their bytes. */
async function diskWords(): Promise<string> {
  const stores = [...database.objectStoreNames]
  const rows = await Promise.all(stores.map((store) => database.getAll(store)))
  const pictures = await Promise.all(
    (await database.getAll('picture')).map(({ blob }) => blob.text()),
  )
  return JSON.stringify([rows, pictures])
}

test('a note of which no request went out is kept as before Send, and never leaves', async () => {
  const [first, second] = await sendTwo()

  expect(await recall(first)).toEqual({ kept: [first.id], asked: [] })
  await run()

  expect([...server.log.values()].map(({ payload }) => payload['id'])).toEqual([second.id])
  expect(await noteStates(database, [first, second])).toEqual(['kept', 'sent'])
  expect((await database.get('note', first.id))?.words).toBe('Note 0')
})

test.each(['lost', 'answer-lost'] as const)(
  'a note whose request was %s may have arrived: it is sent, and its recall behind it',
  async (happening) => {
    const note = await sendOne()
    server.once('/push', happening)
    await run()

    expect(await recall(note)).toEqual({ kept: [], asked: [note.id] })
    await run()

    expect(
      [...server.log.values()].map(({ payload }) => Object.keys(payload).includes('noteId')),
    ).toEqual([false, true])
    expect(await noteStates(database, [note])).toEqual(['taken-back'])
    expect(await diskWords()).not.toContain('Note 0')
  },
)

test('while something on the way refuses a note, its recall waits behind it, and the others go', async () => {
  const [first, second] = await sendTwo()
  server.once('/push', 'lost')
  await run()
  await recall(first)
  server.on(({ ops }) =>
    ops.some(({ payload }) => payload['id'] === first.id) ? { status: 413 } : undefined,
  )
  await run()
  expect([...server.log.values()].map(({ payload }) => payload['id'])).toEqual([second.id])

  server.on(() => undefined)
  await run()

  expect([...server.log.values()].map(({ payload }) => payload['id'] ?? payload['noteId'])).toEqual(
    [second.id, first.id, first.id],
  )
  expect(await noteStates(database, [first])).toEqual(['taken-back'])
})

test('a note of which only a title is left here, as room was short, is still with the team', async () => {
  const note = await sendOne()
  await run()
  await forgetSettled(database, server.time(), { ms: RECALL_WINDOW_MS, bytes: 0, everyMs: 0 })
  expect(await statesOf(database)).toEqual(['past'])

  expect(await recall(note)).toEqual({ kept: [], asked: [note.id] })
})

test('words and picture go from the device once the server says that it took the note back', async () => {
  const note = await noteWithPicture(database, surroundings, HASH, { words: 'canary words' })
  await pressSend(database, surroundings)
  await run()
  await recall(note)
  expect(await noteStates(database, [note])).toEqual(['recalling'])
  expect(await diskWords()).toContain('canary words')

  await run()

  expect(await noteStates(database, [note])).toEqual(['taken-back'])
  const words = await diskWords()
  expect(words).not.toContain('canary')
  expect(words).not.toContain(HASH)
  expect(await statesOf(database)).toEqual(['taken-back', 'acked'])
})

test('a picture that another note shows stays', async () => {
  const one = await noteWithPicture(database, surroundings, HASH, { words: 'canary words' })
  await noteWithPicture(database, surroundings, HASH)
  await pressSend(database, surroundings)
  await run()

  await recall(one)
  await run()

  expect(await database.get('picture', HASH)).toMatchObject({ state: 'stored' })
})

test('after a restore the recall is sent again, and no word of the note', async () => {
  const [note, other] = await sendTwo()
  await run()
  await recall(note)
  await run()
  server.restore(0)
  server.arrived.length = 0

  await run()
  await run()

  expect([...server.log.values()].map(({ payload }) => payload['noteId'] ?? payload['id'])).toEqual(
    [other.id, note.id],
  )
  expect(JSON.stringify(server.arrived)).not.toContain('Note 0')
  expect(await noteStates(database, [note])).toEqual(['taken-back'])
})

test('too late: the note is with the team as before, and says why', async () => {
  const note = await sendOne()
  await run()
  await recall(note)
  server.reject(({ kind }) => (kind === 'note.recall' ? 'too-late' : undefined))

  await run()

  expect(await database.get('note', note.id)).toMatchObject({
    state: 'sent',
    recallCode: 'too-late',
    words: 'Note 0',
  })
})

test('a note that was refused is refused, whatever became of its recall', async () => {
  const note = await sendOne()
  server.once('/push', 'lost')
  await run()
  await recall(note)
  server.reject(({ kind }) => (kind === 'note.recall' ? 'forbidden' : 'malformed'))

  await run()

  expect(await database.get('note', note.id)).toMatchObject({ state: 'refused', words: 'Note 0' })
})

test('a note taken back on another device goes from this one with its tombstone', async () => {
  const note = await noteWithPicture(database, surroundings, HASH, { words: 'canary words' })
  await pressSend(database, surroundings)
  server.setRows([{ type: 'note', id: note.id, seq: 1 }])
  await run()
  expect(await database.count('mirror')).toBe(1)

  server.setRows([{ type: 'tombstone', id: note.id, seq: 2 }])
  await run()

  expect(await diskWords()).not.toContain('canary')
  expect(await database.getAllKeys('mirror')).toEqual([`tombstone/${note.id}`])
})

test('a copy of the profile that sends it once more is told, and forgets it too', async () => {
  const note = await sendOne()
  server.reject(() => 'recalled')

  await run()

  expect(await noteStates(database, [note])).toEqual(['taken-back'])
  expect(await diskWords()).not.toContain('Note 0')
})

test('the way back is open for a day from when the note arrived', async () => {
  const note = await sendOne()
  await run()
  const arrivedAt = surroundings.now()
  const sent = { ...note, ...(await database.get('note', note.id)) }

  expect(isRecallable(sent, arrivedAt + RECALL_WINDOW_MS)).toBe(true)
  expect(isRecallable(sent, arrivedAt + RECALL_WINDOW_MS + 1)).toBe(false)
  expect(isRecallable({ ...sent, state: 'recalling' }, arrivedAt)).toBe(false)
})
