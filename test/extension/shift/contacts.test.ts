import { beforeEach, describe, expect, test } from 'vitest'

import type { Contact } from '#shared/contact'
import { timeOfId } from '#shared/id'

import { keepMomentHere } from '../../../extension/gesture/moments'
import { removeNote } from '../../../extension/note/notes'
import { cardOf, contactOf, owedOf } from '../../../extension/shift/card'
import {
  endShift,
  keepContact,
  listContacts,
  startShift,
  takeContactBack,
} from '../../../extension/shift/contacts'
import type { KeptWalk, Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll, parcelOfWalk } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { CONTACT } from './contact-support'

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let shift: KeptWalk
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  shift = await begun()
})

async function begun(): Promise<KeptWalk> {
  const walk = await startShift(database, surroundings)
  if (walk === null) throw new Error('another walk goes on')
  return walk
}
const keep = (
  change: Partial<Contact> = {},
  owed: Parameters<typeof owedOf>[0] = null,
  seq: number | null = null,
) =>
  keepContact(
    database,
    surroundings,
    shift.id,
    { seq, contact: { ...CONTACT, ...change }, owed: owedOf(owed) },
    () => [],
  )
const takeBack = (seq: number) => takeContactBack(database, shift.id, seq, () => [])
const send = async () => {
  const pairing = (await getMeta(database, 'pairing')) as Pairing
  const walk = (await database.get('walk', shift.id)) ?? shift
  await mintOps(database, surroundings, pairing, await parcelOfWalk(database, surroundings, walk))
}

describe('a contact', () => {
  test('has no time but its shift’s, in its step, its note and the note’s id', async () => {
    surroundings.pass(4_321_000)
    await keep({ tags: ['locked'] })
    surroundings.pass(987_000)
    await keep({ solved: 'no' })

    const notes = await database.getAll('note')
    expect(await listContacts(database, shift.id)).toMatchObject([
      { number: 1, step: { seq: 1, at: shift.startedAt } },
      { number: 2, step: { seq: 2, at: shift.startedAt } },
    ])
    expect(notes.map((note) => [note.at, note.savedAt, note.firstWordsAt])).toEqual(
      notes.map(() => [shift.startedAt, shift.startedAt, null]),
    )
    expect(notes.map(({ id }) => timeOfId(id) - shift.startedAt)).toEqual([1, 2])
  })

  test('that was served well is a line of the log and no note', async () => {
    await keep()

    expect(await listContacts(database, shift.id)).toHaveLength(1)
    expect(await database.count('note')).toBe(0)
  })

  test('is owed an answer only with their consent; since when is the one time it has', async () => {
    const since = surroundings.now() + 5_000
    await keep({}, { reference: ' INC0012 ', since, agreed: false })
    await keep({}, { reference: ' INC0012 ', since, agreed: true })

    expect(await database.getAll('note')).toMatchObject([
      { source: 'shift', owed: { reference: 'INC0012', since }, place: { kind: 'desk' } },
    ])
  })

  test('that is changed keeps its place, its note’s id and its first words', async () => {
    await keep({ solved: 'no' })
    const [before] = await database.getAll('note')

    await keep({ solved: 'no', need: 'Another need' }, null, 1)

    const [after] = await database.getAll('note')
    expect(after).toMatchObject({
      id: before?.id,
      words: 'Another need',
      firstWords: CONTACT.need,
      place: { reason: 'Another need' },
    })
    expect(await listContacts(database, shift.id)).toMatchObject([{ step: { seq: 1 } }])
  })

  test('that turns out well loses its note, and a note that was removed stays away', async () => {
    await keep({ solved: 'no' })
    await keep({ solved: 'yes' }, null, 1)
    await keep({ solved: 'no' })
    const [note] = await database.getAll('note')
    await removeNote(database, note?.id ?? '')

    await keep({ solved: 'no', screens: 3 }, null, 2)

    expect(await database.getAll('note')).toMatchObject([{ id: note?.id, state: 'removed' }])
  })

  test('words that were changed in its note stay until they are changed on the card', async () => {
    await keep({ solved: 'no' })
    const [note] = await database.getAll('note')
    if (note === undefined) throw new Error('no note')
    await database.put('note', { ...note, words: 'Put better' })

    await keep({ solved: 'no', screens: 9 }, null, 1)
    expect(await database.get('note', note.id)).toMatchObject({ words: 'Put better' })
    await keep({ solved: 'no', need: 'New words' }, null, 1)
    expect(await database.get('note', note.id)).toMatchObject({ words: 'New words' })
  })

  test('that was sent stays as it is', async () => {
    await pairTo(database, surroundings)
    await keep({ solved: 'no' })
    await send()

    expect(await keep({ need: 'Changed' }, null, 1)).toBeNull()
    expect(await takeBack(1)).toBeNull()
    expect(await keep({ need: 'Next' })).toEqual({ seq: 2, number: 2 })
    expect((await listContacts(database, shift.id)).map(({ step }) => step.need)).toEqual([
      CONTACT.need,
      'Next',
    ])
  })

  test('long words and hostile ones are cut to what its step and its note take', async () => {
    const long = '請'.repeat(2_000)
    const contact = contactOf(
      cardOf(
        1,
        {
          ...CONTACT,
          need: `\u0000${long}`,
          service: long,
          tags: ['exception'],
          exception: { words: long, way: null },
        },
        null,
      ),
      null,
    )
    await keep(contact, { reference: long, since: 1, agreed: true })

    const { unfit, payloads } = await parcelOfAll(database, surroundings)
    expect(unfit).toEqual([])
    expect(payloads).toHaveLength(2)
  })
})

describe('a shift', () => {
  test('follows no tab, and a moment beside it is none of its', async () => {
    const { note } = await keepMomentHere(
      { database, surroundings, addressOf: async () => undefined, askPage: async () => undefined },
      7,
    )

    expect(await findActiveWalk(database)).toMatchObject({ kind: 'shift', tabIds: [], origins: [] })
    expect(note).toMatchObject({ walkId: null, place: { kind: 'unseen' } })
  })

  test('takes the place of no walk that goes on', async () => {
    const device = await emptyDevice()
    const start = { errand: null, persona: null, service: null, firstTime: null }
    const walk = await startWalk(device, surroundings, start, { tabIds: [], origins: [] })

    expect(await startShift(device, surroundings)).toBeNull()
    expect(await findActiveWalk(device)).toMatchObject({ id: walk.id })
  })

  test('of which nothing was kept never was', async () => {
    await keep()
    await takeBack(1)

    expect(await endShift(database, surroundings, shift.id)).toBe(false)
    expect(await database.count('walk')).toBe(0)
    expect(await findActiveWalk(database)).toBeUndefined()
  })

  test('that is over takes no contact and gives none back', async () => {
    await keep()
    await endShift(database, surroundings, shift.id)

    expect(await keep()).toBeNull()
    expect(await takeBack(1)).toBeNull()
  })
})

test('a shift carries out the one that the plan wants next, and only one does', async () => {
  await endShift(database, surroundings, shift.id)
  const lines = ['2026-12-24', '2026-12-05'].map((due, index) => ({
    type: 'plan',
    id: `019aab3a-0000-7000-8000-00000000010${index}`,
    seq: index + 1,
    kind: 'shift',
    what: '',
    service: 'Help desk',
    due,
    state: 'open',
  }))
  await Promise.all(
    lines.map((row) =>
      database.put('mirror', {
        key: `plan/${row.id}`,
        type: 'plan',
        id: row.id,
        seq: row.seq,
        row,
      }),
    ),
  )

  shift = await begun()
  expect(shift).toMatchObject({ planId: lines[1]?.id, service: 'Help desk' })
  await keep()
  const parcel = await parcelOfWalk(database, surroundings, shift)
  expect(parcel.payloads[0]).toMatchObject({ payload: { walk: { planId: lines[1]?.id } } })

  await endShift(database, surroundings, shift.id)
  expect(await begun()).toMatchObject({ planId: lines[0]?.id })
})
