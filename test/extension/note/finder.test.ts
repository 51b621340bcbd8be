import { beforeEach, expect, test, vi } from 'vitest'

import { FinderModel } from '../../../extension/note/finder'
import { blankNote } from '../../../extension/note/blank-note'
import { SEARCH_PAGE, emptyDevice, pairTo, surroundingsAt } from '../device'

let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const ADDRESS = `${SEARCH_PAGE.origin}${SEARCH_PAGE.route}?q=wifi`

/** A window whose tab shows what the test says, and whose page has the element or not. */
function windowAt(start: string | undefined, isThere = true) {
  let address = start
  let changed = () => {}
  const asked: unknown[] = []
  const finder = new FinderModel({
    database,
    tabs: {
      findInFront: async () => ({
        id: 7,
        windowId: 1,
        origin: null,
        isWebPage: null,
        isOffLimits: false,
      }),
      watchInFront: (callback) => {
        changed = callback
        return () => {}
      },
    },
    addressOf: async () => address,
    findOnPage: async (...question) => {
      asked.push(question)
      return isThere
    },
  })
  return {
    finder,
    asked,
    goTo(next: string | undefined) {
      address = next
      changed()
    },
  }
}

function noteAt(place: Parameters<typeof blankNote>[3]) {
  return blankNote(surroundingsAt(), null, null, place)
}

test('a note can be found on its own page, whatever the query, and on no other', async () => {
  const { finder, goTo } = windowAt(ADDRESS)
  const note = noteAt(SEARCH_PAGE)

  await vi.waitFor(() => expect(finder.canFind(note)).toBe(true))
  goTo(`${SEARCH_PAGE.origin}/home`)
  await vi.waitFor(() => expect(finder.canFind(note)).toBe(false))
  goTo('https://other.example/search')
  await vi.waitFor(() => expect(finder.canFind(note)).toBe(false))
})

test('a note whose page has a listed word in its address can be found there', async () => {
  await pairTo(database, surroundingsAt(), { privateWords: ['Ward 7B'] })
  const { finder } = windowAt(`${SEARCH_PAGE.origin}/wards/ward-7b`)
  const note = noteAt({ ...SEARCH_PAGE, route: '/wards/:private' })

  await vi.waitFor(() => expect(finder.canFind(note)).toBe(true))
})

test('where the browser tells no address, nothing is looked for', async () => {
  const { finder, asked } = windowAt(undefined)
  const note = noteAt(SEARCH_PAGE)

  await finder.find(note)

  expect(finder.canFind(note)).toBe(false)
  expect(asked).toEqual([])
})

test.each([
  ['without an element', { ...SEARCH_PAGE, anchor: null }],
  [
    'whose name was withheld',
    {
      ...SEARCH_PAGE,
      anchor: {
        role: 'button',
        name: null,
        selectors: [{ kind: 'structure' as const, path: ['main > button'] }],
      },
    },
  ],
])('a note %s offers no search', async (_, place) => {
  const { finder } = windowAt(ADDRESS)
  await vi.waitFor(() => expect(finder.canFind(noteAt(SEARCH_PAGE))).toBe(true))

  expect(finder.canFind(noteAt(place))).toBe(false)
})

test.each([
  [true, 'found'],
  [false, 'gone'],
])('a page that has the element, %s, answers %s until it is left', async (isThere, state) => {
  const { finder, asked, goTo } = windowAt(ADDRESS, isThere)
  const note = noteAt(SEARCH_PAGE)

  await finder.find(note)

  expect(finder.answer.value).toEqual({ noteId: note.id, state })
  expect(asked).toEqual([[7, SEARCH_PAGE.anchor]])
  goTo(`${SEARCH_PAGE.origin}/home`)
  await vi.waitFor(() => expect(finder.answer.value).toBeNull())
})
