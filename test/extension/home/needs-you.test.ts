import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { RECALL_WINDOW_MS } from '#shared/limits'

import { exportUnsent } from '../../../extension/file/export-file'
import { diagnosticsOf } from '../../../extension/home/diagnostics'
import { HomeModel } from '../../../extension/home/home'
import { lateSendsOf } from '../../../extension/home/sends'
import { startWalk, endWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, listener, pairTo, surroundingsAt } from '../device'
import { engineOf, noteStates, noteWithPicture, pressSend, sendNotes } from '../sync/engine-support'
import { newServer } from '../sync/server'

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
const homeOf = () =>
  new HomeModel({
    database,
    surroundings,
    now: surroundings.now,
    hasRoomFor: async () => true,
    requestSync: async () => void (await run()),
    say: listener().say,
    isOnline: signal(true),
  })

describe('taking back', () => {
  test('each Send of the last 24 hours is one line, the last one first', async () => {
    const early = await sendNotes(database, surroundings, 2)
    await run()
    surroundings.pass(3_600_000)
    const late = await sendNotes(database, surroundings, 1)
    await keptNote(database, surroundings)
    const notes = await database.getAll('note')
    const arrivedAt = surroundings.now() - 3_600_000 - 1_000

    const sends = lateSendsOf({ notes, walks: [] }, surroundings.now())

    expect(sends.map((send) => send.notes.map(({ id }) => id))).toEqual([
      late.map(({ id }) => id),
      early.map(({ id }) => id),
    ])
    expect(sends.map(({ until }) => until)).toEqual([null, arrivedAt + RECALL_WINDOW_MS])
    expect(lateSendsOf({ notes, walks: [] }, arrivedAt + RECALL_WINDOW_MS + 1)).toHaveLength(1)
  })

  test('home takes a Send back, and says so only when the server did', async () => {
    const notes = await sendNotes(database, surroundings, 2)
    await run()
    const home = homeOf()
    server.on(() => 'lost')

    await home.takeBack({ notes, walks: [] })
    expect(await noteStates(database, notes)).toEqual(['recalling', 'recalling'])
    server.on(() => undefined)
    await run()

    expect(await noteStates(database, notes)).toEqual(['taken-back', 'taken-back'])
  })

  test('what waits for a connection is called off with its timeline', async () => {
    const start = { errand: 'canary', persona: null, service: null, firstTime: null }
    const walk = await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
    const note = await keptNote(database, surroundings, { walkId: walk.id })
    await endWalk(database, surroundings, walk.id)
    await pressSend(database, surroundings)
    const home = homeOf()
    await vi.waitFor(() =>
      expect(home.onTheWay.value).toMatchObject({
        notes: [{ id: note.id }],
        walks: [{ id: walk.id }],
      }),
    )

    await home.takeBack(home.onTheWay.value)

    expect(JSON.stringify(server.arrived)).not.toContain('canary')
    expect(await database.count('outbox')).toBe(0)
    expect(await noteStates(database, [note])).toEqual(['kept'])
  })
})

describe('what the server would not take', () => {
  test('a timeline that was refused is shown, exported, and can be sent again', async () => {
    const start = { errand: 'Get a laptop', persona: null, service: null, firstTime: null }
    const walk = await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
    await keptNote(database, surroundings, { walkId: walk.id })
    await endWalk(database, surroundings, walk.id)
    await pressSend(database, surroundings)
    server.reject(({ kind }) => (kind === 'walk.part' ? 'unknown-kind' : undefined))
    await run()
    const home = homeOf()

    await vi.waitFor(() => expect(home.refusedParts.value).toHaveLength(1))
    expect(home.trouble.value).toBe('refused')
    expect((await exportUnsent(database, 0)).payloads.map(({ kind }) => kind)).toEqual([
      'walk.part',
    ])
    server.reject(() => undefined)
    await home.sendAgain(home.refusedParts.value)

    await vi.waitFor(() => expect(home.refusedParts.value).toEqual([]))
    expect(server.log.size).toBe(2)
  })

  test('a refused note is exported with its picture, and can go without it', async () => {
    const note = await noteWithPicture(database, surroundings, HASH, { words: 'Too much for it' })
    await pressSend(database, surroundings)
    server.reject(() => 'malformed')
    await run()
    const file = await exportUnsent(database, 0)
    expect(file.payloads).toMatchObject([{ payload: { words: 'Too much for it' } }])
    expect(file.pictures).toMatchObject([{ sha256: HASH }])

    await homeOf().leavePictures(note)
    server.reject(() => undefined)
    await pressSend(database, surroundings)
    await run()

    expect(await noteStates(database, [note])).toEqual(['sent'])
    expect([...server.log.values()]).toMatchObject([{ payload: { attachments: [] } }])
    expect(await database.count('picture')).toBe(0)
  })

  test('a note whose picture alone was refused says so until it is left without one', async () => {
    const note = await noteWithPicture(database, surroundings, HASH)
    await pressSend(database, surroundings)
    server.on(({ method }) =>
      method === 'PUT' ? { status: 415, body: { error: 'not-a-picture' } } : undefined,
    )
    await run()
    const home = homeOf()
    await vi.waitFor(() => expect(home.withoutPicture.value).toMatchObject([{ id: note.id }]))

    await home.leavePictures(note)

    await vi.waitFor(() => expect(home.withoutPicture.value).toEqual([]))
    expect(await noteStates(database, [note])).toEqual(['sent'])
  })
})

test('the diagnostics say what waits, how long and why, and no word of anybody’s', async () => {
  await sendNotes(database, surroundings, 2, { words: 'kanarienvogel' })
  server.reject(({ mid }) => (mid === 1 ? 'kanarienvogel Says No' : undefined))
  await run()
  await noteWithPicture(database, surroundings, HASH, { words: 'kanarienvogel' })
  await pressSend(database, surroundings)
  surroundings.pass(25 * 3_600_000)

  const about = { version: '0.2.0', isOnline: true, now: surroundings.now() }
  const text = await diagnosticsOf(database, about)

  expect(text).toContain('kinds waiting note.add 2')
  expect(text).toContain('oldest waiting 25 h')
  expect(text).toContain('refusals other 1')
  expect(text).not.toMatch(/kanarienvogel|Ada|IT Service Team|token/)
})
