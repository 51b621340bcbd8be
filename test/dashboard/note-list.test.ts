import { expect, test } from 'vitest'

import { NoteListModel } from '../../worker/dashboard/triage/note-list'
import { newWaiting } from '../support/triage-notes'

const settled = () => new Promise(setImmediate)

test('a page that was asked for before the list was read anew leaves nobody waiting for the next', async () => {
  // Four notes in pages of two, and the answers in the hands of the test.
  const held = ['a', 'b', 'c', 'd'].map((id) => newWaiting(id))
  const answers: (() => void)[] = []
  const list = new NoteListModel({
    listTriage: (query) => {
      const after = query?.after
      const from = after === undefined ? 0 : held.findIndex(({ id }) => id === after) + 1
      const next = from + 2 < held.length ? (held[from + 1]?.id ?? null) : null
      const page = {
        notes: held.slice(from, from + 2),
        next,
        counts: { all: held.length, sure: held.length, asked: 0 },
      }
      return new Promise<typeof page>((answer) => answers.push(() => answer(page)))
    },
  })
  const answer = async () => {
    answers.shift()?.()
    await settled()
  }
  void list.show('all')
  await answer()
  // What follows the first two is on its way; all of them are decided about, and one has left.
  list.take(['a', 'b', 'c'])
  held.shift()
  void list.refresh()

  const [late, anew] = answers.splice(0)
  anew?.()
  await settled()
  late?.()
  await settled()
  while (answers.length > 0) await answer()

  expect(list.peek()).toMatchObject({ next: null, notes: [{ id: 'd' }] })
})
