import { beforeEach, describe, expect, test } from 'vitest'

import type { NearbyEntry } from '#shared/nearby'

import { noteFields } from '../../../extension/debrief/payload-fields'
import { createOffers } from '../../../extension/me-too/offers'
import { findNote } from '../../../extension/note/notes'
import { write } from '../../../extension/storage/write'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { nearbyRow } from '../../support/nearby-rows'
import { newId } from '../../support/ops'
import { SEARCH_PAGE, emptyDevice, keptNote, listener, pairTo, surroundingsAt } from '../device'
import { pressSend } from '../sync/engine-support'

let database: Awaited<ReturnType<typeof emptyDevice>>
const surroundings = surroundingsAt()
beforeEach(async () => {
  database = await emptyDevice()
  await pairTo(database, surroundings)
})

const keep = (...rows: NearbyEntry[]) =>
  write(database, ['nearby'], async (transaction) => {
    for (const row of rows) await transaction.objectStore('nearby').put(row)
  })
const here = (change: Partial<NearbyEntry> = {}, change2 = {}) =>
  nearbyRow([{ place: SEARCH_PAGE, words: 'Nothing found', ...change2 }], change)

function offers() {
  const { told, say } = listener()
  let closed = 0
  const { find } = createOffers({ database, say, close: () => (closed += 1) })
  return { told, closed: () => closed, find }
}

async function offered(change = {}) {
  const found = await offers().find(await keptNote(database, surroundings, change))
  return found?.offers.value ?? []
}

describe('what is offered', () => {
  test('an entry at the same button, counted and with the reason, when no title is confirmed', async () => {
    await keep(here({ others: 2, notes: 2 }))

    expect(await offered()).toMatchObject([
      {
        number: 12,
        lead: 'Two others noted this button',
        title: null,
        reason: expect.stringMatching(/^Same button on the same page/) as string,
      },
    ])
  })

  test('by its title once that is confirmed', async () => {
    await keep(here({ others: 3, title: 'The search finds nothing' }))

    expect(await offered()).toMatchObject([
      { lead: 'Others winced here', title: 'The search finds nothing' },
    ])
  })

  test.each([
    [{ others: 1 }, 'Another leader noted this button'],
    [{ others: 11 }, '11 others noted this button'],
    [{ others: 1, title: 'x' }, 'Another leader winced here'],
  ])('others of %j are “%s”', async (change, lead) => {
    await keep(here(change))

    expect((await offered())[0]?.lead).toBe(lead)
  })

  test('a fixed one says that the note opens it again', async () => {
    await keep(here({ closed: true }))

    expect((await offered())[0]?.reason).toMatch(/It was fixed; your note would open it again\.$/)
  })

  test('at most three', async () => {
    await keep(...[1, 2, 3, 4, 5].map((number) => here({ number, id: newId() })))

    expect(await offered()).toHaveLength(3)
  })

  test('nothing before there are words, nor when it is said already', async () => {
    await keep(here())

    expect(await offered({ words: '' })).toEqual([])
    expect(await offered({ sameAs: { entryId: newId(), number: 3 } })).toEqual([])
  })

  test('nothing that only the walker noted, nor of the other mood', async () => {
    await keep(here({ others: 0 }))
    expect(await offered()).toEqual([])

    await keep(here({}, { mood: 'liked', kind: null, wince: null }))
    expect(await offered()).toEqual([])
    expect(await offered({ mood: 'liked' })).toHaveLength(1)
  })

  test('nothing to a browser that is connected to nobody', async () => {
    await keep(here())
    await write(database, ['meta'], (transaction) =>
      transaction.objectStore('meta').put(null, 'pairing'),
    )

    expect(await offered()).toEqual([])
  })

  test('what came since the last time too', async () => {
    const { find } = offers()
    const note = await keptNote(database, surroundings)
    expect(await find(note)).toBeNull()
    await keep(here())

    expect((await find(note))?.offers.value).toHaveLength(1)
  })
})

describe('joining', () => {
  async function oneOffer() {
    await keep(here({ number: 12 }))
    const note = await keptNote(database, surroundings)
    const { find, told, closed } = offers()
    const model = await find(note)
    const offer = model?.offers.value[0]
    if (model === null || offer === undefined) throw new Error('nothing was offered')
    const sameAs = async () => (await findNote(database, note.id))?.sameAs ?? null
    return { note, offer, model, told, closed, sameAs }
  }

  test('one tap joins and keeps the words; another takes it back', async () => {
    const { note, offer, model, told, sameAs } = await oneOffer()

    await model.toggle(offer)

    expect(await findNote(database, note.id)).toMatchObject({
      words: note.words,
      state: 'kept',
      sameAs: { entryId: offer.entryId, number: 12 },
    })
    expect(model.joined.value).toBe(offer.entryId)
    expect(told).toMatchObject([{ text: 'Same as #12, in your words' }])

    await model.toggle(offer)

    expect(await sameAs()).toBeNull()
    expect(model.joined.value).toBeNull()
  })

  test('the toast takes it back as well', async () => {
    const { offer, model, told, sameAs } = await oneOffer()
    await model.toggle(offer)

    told[0]?.undo?.()

    await expect.poll(sameAs).toBeNull()
  })

  test('it leaves with the note, as an id; the preview says the number', async () => {
    const { offer, model } = await oneOffer()
    await model.toggle(offer)

    const parcel = await parcelOfAll(database, surroundings)

    const [payload] = parcel.payloads
    if (payload?.kind !== 'note.add') throw new Error('no note in it')
    expect(payload.payload.sameAs).toBe(offer.entryId)
    expect(noteFields(payload.payload, parcel.entryNumbers)).toContainEqual(['Same as', '#12'])
    expect(await pressSend(database, surroundings)).toHaveLength(1)
    const [queued] = await database.getAll('outbox')
    expect(queued?.op.payload).toEqual(payload.payload)
  })

  test('a note that nobody joined says nothing of it', async () => {
    await keptNote(database, surroundings)

    const { payloads } = await parcelOfAll(database, surroundings)

    expect(Object.keys(payloads[0]?.payload ?? {})).not.toContain('sameAs')
  })

  test('what was sent meanwhile stays as it was sent, and that is said', async () => {
    const { offer, model, told, closed, sameAs } = await oneOffer()
    await pressSend(database, surroundings)

    await model.toggle(offer)

    expect(await sameAs()).toBeNull()
    expect(told).toEqual([{ text: 'Sent already, so it stays', undo: null }])
    expect(closed()).toBe(1)
  })
})
