import { expect, test, vi } from 'vitest'

import { ComposerModel } from '../../../extension/note/composer'
import { findNote, setPlace } from '../../../extension/note/notes'
import { SEARCH_PAGE, emptyDevice, keptNote, listener, surroundingsAt } from '../device'

test('shows the place that a page tells of an open moment, and keeps the words beside it', async () => {
  const surroundings = surroundingsAt()
  const database = await emptyDevice()
  const composer = new ComposerModel({
    database,
    surroundings,
    place: async () => SEARCH_PAGE,
    takePicture: () => {},
    say: listener().say,
    reopen: () => {},
    saving: () => () => {},
  })
  const unseen = { kind: 'unseen' } as const
  const note = await keptNote(database, surroundings, { place: unseen })
  await composer.open(note.id)

  await setPlace(database, note.id, unseen, SEARCH_PAGE)
  await vi.waitFor(() => expect(composer.note.value).toMatchObject({ place: SEARCH_PAGE }))
  composer.change({ words: 'Other words' })

  await vi.waitFor(() => expect(composer.status.value).toBe('kept'))
  expect(await findNote(database, note.id)).toMatchObject({
    words: 'Other words',
    place: SEARCH_PAGE,
  })
})
