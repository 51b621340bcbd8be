import { beforeEach, expect, test } from 'vitest'

import { keepMoment } from '../../../extension/gesture/moments'
import { listNotes } from '../../../extension/note/notes'
import { getMeta } from '../../../extension/storage/meta'
import { startWalk } from '../../../extension/walk/walks'
import { SEARCH_PAGE, emptyDevice, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

test('one key is a note on the disk, and only then is the panel told', async () => {
  const note = await keepMoment(
    { database, surroundings, describe: async () => SEARCH_PAGE },
    { id: 7, windowId: 1 },
  )

  expect(await listNotes(database)).toMatchObject([
    {
      id: note.id,
      state: 'kept',
      words: '',
      firstWords: null,
      mood: 'embarrassed',
      walkId: null,
      place: SEARCH_PAGE,
    },
  ])
  expect(await getMeta(database, 'moment')).toMatchObject({
    noteId: note.id,
    tabId: 7,
    windowId: 1,
  })
})

test('a moment on a walk belongs to it and carries its service', async () => {
  const walk = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: 'Wi-Fi', firstTime: null },
    { tabIds: [7], origins: [] },
  )

  await keepMoment(
    { database, surroundings, describe: async () => SEARCH_PAGE },
    { id: 7, windowId: 1 },
  )

  expect(await listNotes(database)).toMatchObject([{ walkId: walk.id, service: 'Wi-Fi' }])
})

test('a moment has the time of the key, not of what came after it', async () => {
  const clock = surroundingsAt()
  const pressedAt = clock.now()
  const describe = async () => {
    clock.pass(900)
    return SEARCH_PAGE
  }

  await keepMoment({ database, surroundings: clock, describe }, { id: 7, windowId: 1 })

  expect(await listNotes(database)).toMatchObject([{ at: pressedAt }])
})
