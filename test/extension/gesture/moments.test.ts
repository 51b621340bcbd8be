import { beforeEach, describe, expect, test, vi } from 'vitest'

import { type MomentDeps, keepMoment } from '../../../extension/gesture/moments'
import { keepNote, listNotes, removeNote } from '../../../extension/note/notes'
import type { KeptWalk } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { appendStep, startWalk } from '../../../extension/walk/walks'
import { parkWalk, resumeWalk } from '../../../extension/walk/waiting'
import { SEARCH_PAGE, emptyDevice, pairTo, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
const TAB = { id: 7, windowId: 1 }
const SEARCH_ADDRESS = `${SEARCH_PAGE.origin}${SEARCH_PAGE.route}?q=wifi`
const FIRST_PLACE = { ...SEARCH_PAGE, title: null, anchor: null }
const PAGE_STEP = {
  kind: 'page',
  origin: SEARCH_PAGE.origin,
  route: SEARCH_PAGE.route,
  title: 'Search',
} as const
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

/** A tab whose page answers when it is told to, or never. */
function pressKeyOn(change: Partial<MomentDeps> = {}) {
  return keepMoment(
    {
      database,
      surroundings,
      addressOf: async () => SEARCH_ADDRESS,
      askPage: async () => SEARCH_PAGE,
      ...change,
    },
    TAB,
  )
}

function never(): Promise<undefined> {
  return new Promise(() => {})
}

function walkIn(tabIds: number[]): Promise<KeptWalk> {
  return startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: 'Wi-Fi', firstTime: null },
    { tabIds, origins: [] },
  )
}

test('one key is a note on the disk, and only then is the panel told', async () => {
  const { note } = await pressKeyOn({ askPage: never })

  expect(await listNotes(database)).toMatchObject([
    {
      id: note.id,
      state: 'kept',
      words: '',
      firstWords: null,
      mood: 'embarrassed',
      walkId: null,
      place: FIRST_PLACE,
    },
  ])
  expect(await getMeta(database, 'moment')).toMatchObject({
    noteId: note.id,
    tabId: 7,
    windowId: 1,
  })
})

test('an address is kept without what the organisation listed', async () => {
  await pairTo(database, surroundings, { privateWords: ['Ward 7B'] })

  await pressKeyOn({
    addressOf: async () => `${SEARCH_PAGE.origin}/wards/Ward%207b/beds`,
    askPage: never,
  })

  expect(await listNotes(database)).toMatchObject([{ place: { route: '/wards/:private/beds' } }])
})

test('a moment on a walk belongs to it and carries its service', async () => {
  const walk = await walkIn([7])

  await pressKeyOn()

  expect(await listNotes(database)).toMatchObject([{ walkId: walk.id, service: 'Wi-Fi' }])
})

test('a moment has the time of the key, not of what came after it', async () => {
  const clock = surroundingsAt()
  const pressedAt = clock.now()
  const addressOf = async () => {
    clock.pass(900)
    return undefined
  }

  await pressKeyOn({ surroundings: clock, addressOf })

  expect(await listNotes(database)).toMatchObject([{ at: pressedAt }])
})

describe('the place of a moment', () => {
  test('is put on when the page has answered, and the page is asked before anything is written', async () => {
    let answer: (place: typeof SEARCH_PAGE) => void = () => {}
    const asked = vi.fn<MomentDeps['askPage']>(() => new Promise((settle) => (answer = settle)))
    const pressed = pressKeyOn({ askPage: asked })
    expect(asked).toHaveBeenCalledWith(7)
    const { placed } = await pressed
    expect(await listNotes(database)).toMatchObject([{ place: FIRST_PLACE }])

    answer(SEARCH_PAGE)
    await placed

    expect(await listNotes(database)).toMatchObject([{ place: SEARCH_PAGE }])
  })

  test('stays what it was where the tab went elsewhere before its page answered', async () => {
    const { placed } = await pressKeyOn({ askPage: async () => ({ ...SEARCH_PAGE, route: '/' }) })
    await placed

    expect(await listNotes(database)).toMatchObject([{ place: FIRST_PLACE }])
  })

  test('waits for no browser that does not tell the address', async () => {
    await pressKeyOn({ addressOf: never, askPage: never })

    expect(await listNotes(database)).toMatchObject([{ place: { kind: 'unseen' } }])
  })

  test('is put on where the browser tells no address and the page answers', async () => {
    const { placed } = await pressKeyOn({ addressOf: async () => undefined })
    await placed

    expect(await listNotes(database)).toMatchObject([{ place: SEARCH_PAGE }])
  })

  test.each(['chrome://newtab/', 'about:blank', 'file:///home/me/form.pdf'])(
    'is unseen at %s',
    async (address) => {
      await pressKeyOn({ addressOf: async () => address, askPage: async () => undefined })

      expect(await listNotes(database)).toMatchObject([{ place: { kind: 'unseen' } }])
    },
  )

  test('is the address alone on an error page of the browser, with nothing of the walk', async () => {
    const walk = await walkIn([7])
    await appendStep(database, surroundings, walk.id, { ...PAGE_STEP, route: '/home' })

    await pressKeyOn({ askPage: async () => undefined })

    expect(await listNotes(database)).toMatchObject([{ place: FIRST_PLACE }])
  })

  test('has the title that the walk has seen there', async () => {
    const walk = await walkIn([7, 8])
    await appendStep(database, surroundings, walk.id, PAGE_STEP)
    await appendStep(database, surroundings, walk.id, { kind: 'click', role: 'button', name: null })

    await pressKeyOn({ askPage: never })

    expect(await listNotes(database)).toMatchObject([{ place: { ...SEARCH_PAGE, anchor: null } }])
  })

  test('is the walk’s last page where the browser tells no address of its one tab', async () => {
    const walk = await walkIn([7])
    await appendStep(database, surroundings, walk.id, PAGE_STEP)

    await pressKeyOn({ addressOf: async () => undefined, askPage: never })

    expect(await listNotes(database)).toMatchObject([{ place: { ...SEARCH_PAGE, anchor: null } }])
  })

  test.each([
    ['another tab', [8], false],
    ['one of two tabs', [7, 8], false],
    ['a tab that went where nothing is seen', [7], true],
  ])('is not the walk’s last page for %s', async (_, tabIds, isUnseen) => {
    const walk = await walkIn(tabIds)
    await appendStep(database, surroundings, walk.id, PAGE_STEP)
    if (isUnseen)
      await appendStep(database, surroundings, walk.id, { kind: 'unseen', origin: null })

    await pressKeyOn({ addressOf: async () => undefined, askPage: never })

    expect(await listNotes(database)).toMatchObject([{ place: { kind: 'unseen' } }])
  })

  test.each([
    ['was sent', { state: 'queued' }],
    ['got another place', { place: { kind: 'desk', reason: 'Wi-Fi' } }],
  ] as const)('is left alone once the note %s', async (_, change) => {
    let answer: (place: typeof SEARCH_PAGE) => void = () => {}
    const { note, placed } = await pressKeyOn({
      askPage: () => new Promise((settle) => (answer = settle)),
    })
    await database.put('note', { ...note, ...change })

    answer(SEARCH_PAGE)
    await placed

    expect(await listNotes(database)).toEqual([{ ...note, ...change }])
  })

  test('is on a note that was removed meanwhile and comes back', async () => {
    let answer: (place: typeof SEARCH_PAGE) => void = () => {}
    const { note, placed } = await pressKeyOn({
      askPage: () => new Promise((settle) => (answer = settle)),
    })
    await removeNote(database, note.id)

    answer(SEARCH_PAGE)
    await placed

    expect(await database.get('note', note.id)).toMatchObject({
      state: 'removed',
      place: SEARCH_PAGE,
    })
  })

  test('outlives whoever read the note before the page had answered', async () => {
    const { note, placed } = await pressKeyOn()
    await placed

    await keepNote(database, surroundings, { ...note, words: 'Typed wifi, got nothing.' })

    expect(await listNotes(database)).toMatchObject([
      { words: 'Typed wifi, got nothing.', place: SEARCH_PAGE },
    ])
  })
})

describe('while a walk is at their answer', () => {
  const answer = {
    channel: 'email',
    system: 'ServiceNow',
    subject: 'Closed',
  } as const
  const reply = { kind: 'reply', channel: 'email', system: 'ServiceNow', subject: 'Closed' }

  test('a moment is at the answer, whatever the tab says of itself', async () => {
    const walk = await walkIn([7])
    await parkWalk(database, surroundings, walk.id)
    await resumeWalk(database, surroundings, walk.id, [7], answer)

    const { placed } = await pressKeyOn()
    await placed

    expect(await listNotes(database)).toMatchObject([{ place: reply }])
  })

  test('a moment on a site of the walk is on its page', async () => {
    const walk = await startWalk(
      database,
      surroundings,
      { errand: null, persona: null, service: null, firstTime: null },
      { tabIds: [7], origins: [SEARCH_PAGE.origin] },
    )
    await parkWalk(database, surroundings, walk.id)
    await resumeWalk(database, surroundings, walk.id, [7], answer)

    const { placed } = await pressKeyOn()
    await placed

    expect(await listNotes(database)).toMatchObject([{ place: SEARCH_PAGE }])
  })
})
