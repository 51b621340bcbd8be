import { beforeEach, describe, expect, test, vi } from 'vitest'

import { isBlank } from '../../../extension/shift/card'
import { listContacts } from '../../../extension/shift/contacts'
import { ShiftModel } from '../../../extension/shift/shift'
import { getMeta } from '../../../extension/storage/meta'
import { findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, listener, surroundingsAt } from '../device'

let surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  surroundings = surroundingsAt()
  database = await emptyDevice()
})

/** The screen as it opens: on the shift that goes on, or on a new one. */
async function opened() {
  const { told, say } = listener()
  const walk = (await findActiveWalk(database)) ?? null
  const model = new ShiftModel({ database, surroundings, walk, say })
  await vi.waitFor(() => expect(model.open.value).not.toBeNull())
  const walkId = model.shift.value?.id ?? ''
  const needs = async () => (await listContacts(database, walkId)).map(({ step }) => step.need)
  const keep = async (need: string) => {
    model.change({ need })
    await model.keep()
  }
  return { model, told, walkId, needs, keep }
}

describe('a shift', () => {
  test('is on with one tap, its first card open and nothing preset but how they came', async () => {
    const { model } = await opened()

    expect(await findActiveWalk(database)).toMatchObject({ kind: 'shift', errand: null })
    expect(model.open.value && isBlank(model.open.value)).toBe(true)
    expect(model.number.value).toBe(1)
  })

  test('goes on to the next card at once, and how they came is as it was last', async () => {
    const { model, told, needs } = await opened()
    model.change({ need: 'My badge', channel: 'desk', solved: 'no' })

    const keeping = model.keep()
    model.change({ need: 'Typed at once' })
    await keeping

    expect(await needs()).toEqual(['My badge'])
    expect(model.open.value?.contact).toMatchObject({
      need: 'Typed at once',
      channel: 'desk',
      solved: null,
    })
    expect(told.at(-1)?.text).toBe('Contact 1 kept on this device')
    await vi.waitFor(() => expect(model.number.value).toBe(2))
  })

  test('keeps no card that says nothing', async () => {
    const { model, told, needs } = await opened()
    model.change({ channel: 'chat' })

    await model.keep()

    expect(await needs()).toEqual([])
    expect(told.at(-1)?.text).toContain('Say one thing')
  })

  test('has every change of the card on the disk, for whoever opens it next', async () => {
    const { model, walkId } = await opened()
    model.change({ need: 'Half a sen' })
    model.toggleOwed()
    model.setOwed({ reference: 'INC1' })
    await vi.waitFor(() => expect(model.status.value).toBe('kept'), { timeout: 500 })

    const next = await opened()

    expect(next.walkId).toBe(walkId)
    expect(next.model.open.value).toMatchObject({
      contact: { need: 'Half a sen' },
      owed: { reference: 'INC1', agreed: false },
    })
  })

  test('what is kept leaves no card behind on the disk', async () => {
    const { keep } = await opened()

    await keep('Gone from the form')

    expect(JSON.stringify(await getMeta(database, 'contactCards'))).not.toContain('Gone')
  })

  test('Undo puts all of the last contact into the form again, and what was begun waits below', async () => {
    const { model, told, keep, needs } = await opened()
    model.toggleOwed()
    model.setOwed({ reference: 'not agreed' })
    await keep('First')
    model.change({ need: 'Second, half' })

    told.at(-1)?.undo?.()
    await vi.waitFor(() => expect(model.open.value?.contact.need).toBe('First'))

    expect(await needs()).toEqual([])
    expect(model.open.value?.owed).toMatchObject({ reference: 'not agreed' })
    await model.keep()
    expect(model.open.value?.contact.need).toBe('Second, half')
    expect(await needs()).toEqual(['First'])
  })

  test('contacts are taken back one after the other', async () => {
    const { model, keep, needs } = await opened()
    await keep('One')
    await keep('Two')
    await vi.waitFor(() => expect(model.contacts.value).toHaveLength(2))

    await model.takeLastBack()
    await vi.waitFor(() => expect(model.contacts.value).toHaveLength(1))
    await model.takeLastBack()

    expect(await needs()).toEqual([])
    await model.keep()
    await model.keep()
    expect(await needs()).toEqual(['One', 'Two'])
  })

  test('a kept contact is changed, left as it was, or removed and put back in its place', async () => {
    const { model, told, keep, needs } = await opened()
    await keep('One')
    await keep('Two')
    await vi.waitFor(() => expect(model.contacts.value).toHaveLength(2))
    const [one] = model.contacts.value
    if (one === undefined) throw new Error('no contact')

    model.edit(one)
    expect(model.number.value).toBe(1)
    expect(model.leave()).toBe(true)
    expect(model.leave()).toBe(false)
    model.edit(one)
    await keep('One, better')
    expect(await needs()).toEqual(['One, better', 'Two'])
    told.at(-1)?.undo?.()
    await vi.waitFor(async () => expect(await needs()).toEqual(['One', 'Two']))
    await model.remove(one)
    expect(await needs()).toEqual(['Two'])
    told.at(-1)?.undo?.()
    await vi.waitFor(async () => expect(await needs()).toEqual(['One', 'Two']))
  })

  test('a promise without their consent is said to be none', async () => {
    const { model, told, keep } = await opened()
    model.toggleOwed()

    await keep('Call me')

    expect(told.at(-1)?.text).toContain('without a promise')
    expect(await database.getAll('note')).toEqual([])
  })

  test('the service is what was said of such words on this device, until another is said', async () => {
    const start = {
      errand: 'My rota is gone',
      persona: null,
      service: 'Rota and time',
      firstTime: null,
    }
    const walk = await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
    await database.put('meta', null, 'activeWalkId')
    await database.put('walk', { ...walk, state: 'done' })
    const { model, walkId, keep } = await opened()
    await vi.waitFor(() => expect(model.services.value).toHaveLength(1))

    model.change({ need: 'I can’t see my rota' })
    expect(model.suggested.value).toBe('Rota and time')
    await model.keep()
    model.setService('')
    await keep('I can’t see my rota')

    expect((await listContacts(database, walkId)).map(({ step }) => step.service)).toEqual([
      'Rota and time',
      null,
    ])
  })

  test('a card that could not be written down comes back', async () => {
    const { model, told } = await opened()
    model.change({ need: 'No room for it' })
    await model.flush()
    database.close()

    await model.keep()

    expect(model.open.value?.contact.need).toBe('No room for it')
    expect(told.at(-1)?.text).toContain('Not kept')
  })
})
