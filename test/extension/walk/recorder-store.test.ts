import { beforeEach, describe, expect, test } from 'vitest'

import { createRecorderStore } from '../../../extension/walk/recorder-store'
import { appendStep, endWalk, listSteps, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

async function walkOn(...tabIds: number[]) {
  const store = createRecorderStore(database, surroundings, async () => ({ withholdNames: true }))
  const walk = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: null, firstTime: null },
    { tabIds, origins: ['https://help.example.org'] },
  )
  return { store, walkId: walk.id }
}

describe('what the recorder remembers', () => {
  test('is the walk that goes on, with its tabs and sites', async () => {
    const { store, walkId } = await walkOn(7)

    expect(await store.getActiveWalk()).toEqual({
      walkId,
      tabIds: [7],
      origins: ['https://help.example.org'],
      unseenTabIds: [],
      withholdNames: true,
    })
  })

  test('is nothing while a walk is paused, and after it ended', async () => {
    const { store, walkId } = await walkOn(7)
    await appendStep(database, surroundings, walkId, { kind: 'paused' })
    expect(await store.getActiveWalk()).toBeUndefined()
    await appendStep(database, surroundings, walkId, { kind: 'resumed' })
    expect(await store.getActiveWalk()).toBeDefined()

    await endWalk(database, surroundings, walkId)

    expect(await store.getActiveWalk()).toBeUndefined()
    await store.addTab(walkId, 8)
    expect(await database.get('walk', walkId)).toMatchObject({ tabIds: [7] })
  })

  test('follows tabs that open from a followed one, until they close', async () => {
    const { store, walkId } = await walkOn(7)

    await store.addTab(walkId, 8)
    await store.addTab(walkId, 8)
    await store.removeTab(walkId, 7)

    expect(await store.getActiveWalk()).toMatchObject({ tabIds: [8] })
  })

  test('tells of a page that cannot be seen once, whoever asks at the same time', async () => {
    const { store, walkId } = await walkOn(7)

    const told = await Promise.all([
      store.setUnseen(walkId, 7, true),
      store.setUnseen(walkId, 7, true),
    ])
    const back = await store.setUnseen(walkId, 7, false)

    expect([told, back]).toEqual([[true, false], true])
  })

  test('steps come out in the order they came in', async () => {
    const { store, walkId } = await walkOn(7)

    await Promise.all([
      store.appendStep(walkId, { kind: 'click', role: 'button', name: 'Search' }),
      store.appendStep(walkId, { kind: 'back' }),
    ])

    expect(await listSteps(database, walkId)).toMatchObject([
      { seq: 1, kind: 'click' },
      { seq: 2, kind: 'back' },
    ])
  })
})
