import { beforeEach, describe, expect, test, vi } from 'vitest'

import { SendFormModel } from '../../../extension/debrief/send-form'
import { findNote } from '../../../extension/note/notes'
import { appendStep, endWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

function formOf(walkId: string | null = null) {
  let asked = 0
  const requestSync = async () => {
    asked += 1
  }
  return {
    form: new SendFormModel({ database, surroundings, walkId, requestSync }),
    askedToSync: () => asked,
  }
}

/** As a person does: looks at the preview, waits until Send is awake. */
async function lookAt(form: ReturnType<typeof formOf>['form']) {
  form.cameIntoView()
  await vi.waitFor(() => expect(form.isAwake.value).toBe(true))
  await vi.waitFor(() => expect(form.parcel.value).not.toBeNull())
}

describe('Send', () => {
  test('is asleep until 400 ms after its preview came into view', async () => {
    await pairTo(database, surroundings)
    await keptNote(database, surroundings)
    const { form } = formOf()
    const seenAt = performance.now()

    form.cameIntoView()
    await form.send(true)
    expect(form.status.value).toBe('previewing')
    await vi.waitFor(() => expect(form.isAwake.value).toBe(true))

    expect(performance.now() - seenAt).toBeGreaterThanOrEqual(390)
  })

  test('ignores a click that no person made', async () => {
    await pairTo(database, surroundings)
    await keptNote(database, surroundings)
    const { form } = formOf()
    await lookAt(form)

    await form.send(false)

    expect(await database.count('outbox')).toBe(0)
  })

  test('lets go exactly what was shown, byte for byte, and asks the courier', async () => {
    await pairTo(database, surroundings)
    const walk = await startWalk(
      database,
      surroundings,
      { errand: 'I can’t print.', persona: null, service: null, firstTime: true },
      { tabIds: [], origins: [] },
    )
    await appendStep(database, surroundings, walk.id, {
      kind: 'page',
      origin: 'https://help.example.org',
      route: '/',
      title: null,
    })
    const { id } = await keptNote(database, surroundings, { walkId: walk.id, wince: 2 })
    await endWalk(database, surroundings, walk.id)
    const { form, askedToSync } = formOf(walk.id)
    await lookAt(form)
    const shown = form.parcel.value?.payloads.map(({ payload }) => JSON.stringify(payload))

    await form.send(true)

    const queued = await database.getAllFromIndex('outbox', 'byMid')
    expect(queued.map(({ op }) => JSON.stringify(op.payload))).toEqual(shown)
    expect(shown).toHaveLength(2)
    expect(form.status.value).toBe('sent')
    expect(await findNote(database, id)).toMatchObject({ state: 'queued' })
    expect(askedToSync()).toBe(1)
  })

  test('what it let go can be taken back: the timeline alone, or all of it', async () => {
    await pairTo(database, surroundings)
    const start = { errand: 'I can’t print.', persona: null, service: null, firstTime: null }
    const followed = { tabIds: [], origins: [] }
    const walk = await startWalk(database, surroundings, start, followed)
    const { id } = await keptNote(database, surroundings, { walkId: walk.id })
    await endWalk(database, surroundings, walk.id)
    const { form, askedToSync } = formOf(walk.id)
    await lookAt(form)
    await form.send(true)
    await vi.waitFor(() => expect(form.openWalks.value).toMatchObject([{ id: walk.id }]))

    await form.takeBack('timeline')

    await vi.waitFor(() => expect(form.openWalks.value).toEqual([]))
    expect(await findNote(database, id)).toMatchObject({ state: 'queued' })
    const queued = await database.getAll('outbox')
    expect(queued.map(({ op }) => op.kind)).toEqual(['note.add'])
    expect(askedToSync()).toBe(2)

    await form.takeBack()

    expect(await findNote(database, id)).toMatchObject({ state: 'kept' })
    expect(await database.count('outbox')).toBe(0)
  })

  test('a note that is left out stays here', async () => {
    await pairTo(database, surroundings)
    const stays = await keptNote(database, surroundings)
    const goes = await keptNote(database, surroundings, { words: 'Asked twice.' })
    const { form } = formOf()
    await lookAt(form)

    form.leaveOut(stays.id, true)
    await vi.waitFor(() => expect(form.parcel.value?.payloads).toHaveLength(1))
    await form.send(true)

    expect(await findNote(database, stays.id)).toMatchObject({ state: 'kept', leftOut: true })
    expect(await findNote(database, goes.id)).toMatchObject({ state: 'queued' })
  })

  test('without a team, or with one that no longer knows this browser, nothing can be let go', async () => {
    await keptNote(database, surroundings)
    const unpaired = formOf().form
    await lookAt(unpaired)
    await unpaired.send(true)
    await pairTo(database, surroundings, { disconnectedAt: surroundings.now() })
    const disconnected = formOf().form
    await lookAt(disconnected)

    await disconnected.send(true)

    expect(await database.count('outbox')).toBe(0)
  })

  test('drafts are in no preview', async () => {
    await keptNote(database, surroundings, { state: 'draft' })
    const { form } = formOf()
    await lookAt(form)

    expect(form.parcel.value?.payloads).toEqual([])
    expect(form.choices.value).toEqual([])
  })
})
