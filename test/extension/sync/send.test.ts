import { beforeEach, describe, expect, test } from 'vitest'

import { findNote, keepNote, leaveOut, removeNote } from '../../../extension/note/notes'
import type { Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { appendStep, endWalk, setDebrief, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'
import { engineOf } from './engine-support'
import { newServer } from './server'

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  await pairTo(database, surroundings)
})
const nothing = { errand: null, persona: null, service: null, firstTime: null }
const newWalk = (start = {}) =>
  startWalk(database, surroundings, { ...nothing, ...start }, { tabIds: [], origins: [] })
const mint = async (parcel: Parameters<typeof mintOps>[3]) =>
  mintOps(database, surroundings, (await getMeta(database, 'pairing')) as Pairing, parcel)
const outbox = async () =>
  (await database.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
const debrief = { done: 'no', effort: 6, line: 'Never again', fixFirst: null } as const

describe('what is shown is what leaves (DECISIONS 6)', () => {
  test('the request body holds the previewed payloads byte for byte', async () => {
    const walk = await newWalk({ errand: 'It’s “broken” \\ 😀' })
    await appendStep(database, surroundings, walk.id, {
      kind: 'page',
      origin: 'https://a.example',
      route: '/',
      title: '<b>',
    })
    await keptNote(database, surroundings, {
      walkId: walk.id,
      words: 'Umlaute: äöü\u2028 "quoted"',
    })
    await endWalk(database, surroundings, walk.id)
    await setDebrief(database, walk.id, debrief)
    const server = newServer()
    const parcel = await parcelOfAll(database, surroundings)
    const shown = parcel.payloads.map(({ payload }) => JSON.stringify(payload))

    await mint(parcel)
    await engineOf(database, surroundings, server).run(true)

    const body = String(server.arrived.find(({ path }) => path.endsWith('/push'))?.body)
    expect(shown).toHaveLength(2)
    for (const each of shown) expect(body).toContain(`"payload":${each}`)
  })

  test('ids, numbers and order are minted once, in one go', async () => {
    const walk = await newWalk()
    const note = await keptNote(database, surroundings, { walkId: walk.id })
    const opIds = await mint(await parcelOfAll(database, surroundings))

    expect(
      (await outbox()).map(({ opId, mid, op, state }) => ({
        opId,
        mid,
        kind: op.kind,
        same: op.opId === opId && op.mid === mid,
        state,
      })),
    ).toEqual([
      { opId: opIds[0], mid: 1, kind: 'walk.part', same: true, state: 'waiting' },
      { opId: opIds[1], mid: 2, kind: 'note.add', same: true, state: 'waiting' },
    ])
    expect(await getMeta(database, 'nextMid')).toBe(3)
    expect((await findNote(database, note.id))?.state).toBe('queued')
  })

  test.each([
    [
      'changed',
      async (id: string) =>
        void (await keepNote(database, surroundings, {
          ...(await mustFind(id)),
          words: 'Other words',
        })),
    ],
    ['removed', async (id: string) => removeNote(database, id)],
    [
      'sent by a double click',
      async () => void (await mint(await parcelOfAll(database, surroundings))),
    ],
  ])('a note that was %s since the preview is not sent by it', async (_what, change) => {
    const note = await keptNote(database, surroundings)
    const parcel = await parcelOfAll(database, surroundings)
    await change(note.id)
    const before = (await outbox()).length

    expect(await mint(parcel)).toEqual([])

    expect(await outbox()).toHaveLength(before)
  })

  test('a note that is left out stays, until it is taken in again', async () => {
    const note = await keptNote(database, surroundings)
    await leaveOut(database, note.id, true)
    expect((await parcelOfAll(database, surroundings)).payloads).toEqual([])

    await leaveOut(database, note.id, false)
    expect((await parcelOfAll(database, surroundings)).payloads).toHaveLength(1)
  })

  test('drafts never leave', async () => {
    await keptNote(database, surroundings, { state: 'draft' })

    expect((await parcelOfAll(database, surroundings)).payloads).toEqual([])
  })

  test('what was sent is not written over, not left out, and not removed', async () => {
    const note = await keptNote(database, surroundings)
    await mint(await parcelOfAll(database, surroundings))
    const queued = await findNote(database, note.id)

    await keepNote(database, surroundings, { ...note, words: 'Too late' })
    await leaveOut(database, note.id, true)
    await removeNote(database, note.id)

    expect(await findNote(database, note.id)).toEqual(queued)
  })

  test('the first wording stays, whatever is written later', async () => {
    const note = await keptNote(database, surroundings, { words: 'First' })
    await keepNote(database, surroundings, { ...note, words: 'Second', firstWords: 'forged' })

    expect((await parcelOfAll(database, surroundings)).payloads[0]?.payload).toMatchObject({
      words: 'Second',
      firstWords: 'First',
    })
  })

  test('marks of an embarrassed note do not travel with a liked one', async () => {
    await keptNote(database, surroundings, { mood: 'liked', kind: 'slow', wince: 2, money: 'free' })

    expect((await parcelOfAll(database, surroundings)).payloads[0]?.payload).toMatchObject({
      kind: null,
      wince: null,
      money: null,
    })
  })
})

describe('what cannot be sent holds up nothing else', () => {
  test('half an emoji and U+0000 are mended before they are shown', async () => {
    const walk = await newWalk({ errand: 'cut \uD83D' })
    await appendStep(database, surroundings, walk.id, { kind: 'asked-again', thing: 'a\u0000b' })
    await keptNote(database, surroundings, {
      walkId: walk.id,
      words: 'a\u0000\uDE00',
      service: '\uD83D',
    })

    const { payloads, unfit } = await parcelOfAll(database, surroundings)

    expect(unfit).toEqual([])
    expect(payloads).toMatchObject([
      { payload: { walk: { errand: 'cut \uFFFD' }, steps: [{ thing: 'ab' }] } },
      { payload: { words: 'a\uFFFD', service: '\uFFFD' } },
    ])
  })

  test('a note that is too long is named and stays, the others go', async () => {
    const long = await keptNote(database, surroundings, { words: 'x'.repeat(100_001) })
    await keptNote(database, surroundings)

    const parcel = await parcelOfAll(database, surroundings)

    expect(parcel.unfit).toEqual([long.id])
    expect(await mint(parcel)).toHaveLength(1)
    expect((await findNote(database, long.id))?.state).toBe('kept')
  })

  test('a step that no server would take is left out of the timeline', async () => {
    const walk = await newWalk()
    await appendStep(database, surroundings, walk.id, {
      kind: 'click',
      role: 'x'.repeat(300),
      name: null,
    })
    await appendStep(database, surroundings, walk.id, { kind: 'back' })
    await endWalk(database, surroundings, walk.id)

    const { payloads } = await parcelOfAll(database, surroundings)

    expect(payloads).toMatchObject([{ payload: { steps: [{ kind: 'back', seq: 2 }] } }])
  })
})

async function mustFind(id: string) {
  const note = await findNote(database, id)
  if (note === undefined) throw new Error('no such note')
  return note
}
