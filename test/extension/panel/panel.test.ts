import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { keepMoment } from '../../../extension/gesture/moments'
import { findNote, listNotes } from '../../../extension/note/notes'
import { NO_POLICY } from '../../../extension/policy/policy'
import type { Taken } from '../../../extension/note/picture-taker'
import { proofOf } from '../../../extension/picture/proof'
import { PanelModel } from '../../../extension/panel/panel'
import { getMeta } from '../../../extension/storage/meta'
import { startWalk } from '../../../extension/walk/walks'
import { SEARCH_PAGE, emptyDevice, keptNote, surroundingsAt } from '../device'

let surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
let panel: InstanceType<typeof PanelModel> | undefined
beforeEach(async () => {
  surroundings = surroundingsAt()
  database = await emptyDevice()
})
afterEach(() => {
  panel?.[Symbol.dispose]()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const TAB = { id: 7, windowId: 1 }
const attachment = {
  sha256: 'c'.repeat(64),
  type: 'image/webp' as const,
  bytes: 3,
  width: 1,
  height: 1,
  covered: 5,
  uninspected: 0,
  everythingCovered: false,
}
const PICTURE: Taken = {
  ok: true,
  attachment,
  picture: { sha256: attachment.sha256, blob: new Blob(['abc']), state: 'kept' },
  proof: proofOf(attachment, []),
  shot: null,
}

async function openPanel(taken: Taken = PICTURE, hasRoom = true) {
  const pictured: number[] = []
  const opened = new PanelModel({
    database,
    surroundings,
    tabs: {
      findInFront: async () => ({
        ...TAB,
        origin: 'https://help.example.org',
        isWebPage: true,
        isOffLimits: false,
      }),
      watchInFront: () => () => {},
      isAllowed: async () => true,
      askFor: async () => true,
      maySee: async () => true,
      open: async () => undefined,
      giveBack: async () => {},
      listAllowed: async () => [],
    },
    connection: { isOnline: () => true, watch: () => () => {} },
    windowId: 1,
    addressOf: async () => undefined,
    askPage: async () => SEARCH_PAGE,
    findOnPage: async () => true,
    takePicture: async ({ tabId }) => {
      pictured.push(tabId)
      return taken
    },
    hasRoomFor: async () => hasRoom,
    findShortcut: async () => 'Alt Shift S',
    findPolicy: async () => NO_POLICY,
    watchPolicy: () => () => {},
    requestSync: async () => {},
    tellWalkChanged: async () => {},
  })
  panel = opened
  await vi.waitFor(() => expect(opened.isLoading.value).toBe(false))
  return { panel: opened, pictured }
}

async function pressKey(tab = TAB) {
  const { note } = await keepMoment(
    {
      database,
      surroundings,
      addressOf: async () => undefined,
      askPage: async () => SEARCH_PAGE,
    },
    tab,
  )
  return note
}

describe('a moment that comes from a key', () => {
  test('opens in the composer and gets its picture', async () => {
    const { panel: opened, pictured } = await openPanel()

    const { id } = await pressKey()

    await vi.waitFor(() =>
      expect(opened.composer.note.value).toMatchObject({ id, attachments: [attachment] }),
    )
    expect(pictured).toEqual([7])
    expect(opened.screen.value).toMatchObject({ at: 'note' })
    expect(await getMeta(database, 'moment')).toBeNull()
    expect(await findNote(database, id)).toMatchObject({ state: 'kept', attachments: [attachment] })
  })

  test('never takes the words of a note that is being written', async () => {
    const { panel: opened } = await openPanel()
    await opened.composer.begin('embarrassed', null, null)
    opened.composer.change({ words: 'Typed wifi' })

    const { id } = await pressKey()

    await vi.waitFor(async () =>
      expect(await findNote(database, id)).toMatchObject({ attachments: [attachment] }),
    )
    expect(opened.composer.note.value).toMatchObject({ words: 'Typed wifi' })
    expect(opened.toast.content.value?.text).toBe('Moment kept')
    await opened.composer.flush()
  })

  test('waits in To finish when somebody is about to send', async () => {
    const { panel: opened } = await openPanel()
    opened.go({ at: 'review', walkId: null })

    const { id } = await pressKey()

    await vi.waitFor(async () =>
      expect(await findNote(database, id)).toMatchObject({ attachments: [attachment] }),
    )
    expect(opened.screen.value).toEqual({ at: 'review', walkId: null })
  })

  test('of another window is left to the panel there', async () => {
    await openPanel()

    await pressKey({ id: 9, windowId: 2 })

    await vi.waitFor(async () =>
      expect(await getMeta(database, 'moment')).toMatchObject({ windowId: 2 }),
    )
    expect(await listNotes(database)).toMatchObject([{ attachments: [] }])
  })

  test('that is older than the page it was of gets no picture', async () => {
    await pressKey()
    surroundings.pass(60_000)

    const { panel: opened, pictured } = await openPanel()

    await vi.waitFor(() => expect(opened.composer.isOpen.value).toBe(true))
    expect(pictured).toEqual([])
  })

  test('keeps its words and no picture where there is room for words only', async () => {
    const opened = await openPanel(PICTURE, false)
    const { id } = await pressKey()

    await vi.waitFor(() =>
      expect(opened.panel.pictures.attempt.value).toMatchObject({ noteId: id, reason: 'no-room' }),
    )
    opened.panel.composer.change({ words: 'No room for pictures.' })
    await opened.panel.composer.save()

    expect(await database.get('note', id)).toMatchObject({
      state: 'kept',
      words: 'No room for pictures.',
      attachments: [],
    })
    expect(await database.count('picture')).toBe(0)
  })

  test('stands without a picture where the browser allows none', async () => {
    const { panel: opened } = await openPanel({ ok: false, reason: 'no-grant' })

    const { id } = await pressKey()

    await vi.waitFor(() =>
      expect(opened.pictures.attempt.value).toMatchObject({ noteId: id, reason: 'no-grant' }),
    )
    expect(await findNote(database, id)).toMatchObject({ state: 'kept', attachments: [] })
  })
})

describe('the panel', () => {
  test('finishes a note of the walk in its dock, any other on a screen of its own', async () => {
    const walk = await startWalk(
      database,
      surroundings,
      { errand: null, persona: null, service: null, firstTime: null },
      { tabIds: [], origins: [] },
    )
    const here = await keptNote(database, surroundings, { walkId: walk.id })
    const elsewhere = await keptNote(database, surroundings)
    const { panel: opened } = await openPanel()

    await opened.finish(here.id)
    expect(opened.screen.value).toEqual({ at: 'home' })
    await opened.finish(elsewhere.id)

    expect(opened.screen.value).toMatchObject({ at: 'note' })
  })

  test('takes a picture off its note, and puts it back', async () => {
    const note = await keptNote(database, surroundings, { attachments: [attachment] })
    const { panel: opened } = await openPanel()

    await opened.removePicture(note.id, attachment.sha256)
    expect(await findNote(database, note.id)).toMatchObject({ attachments: [] })
    opened.toast.undo()

    await vi.waitFor(async () =>
      expect(await findNote(database, note.id)).toMatchObject({ attachments: [attachment] }),
    )
  })

  test('its own button keeps a moment at once, picture or not', async () => {
    const { panel: opened } = await openPanel({ ok: false, reason: 'no-grant' })

    await opened.mark()

    expect(await listNotes(database)).toMatchObject([
      { state: 'kept', words: '', place: SEARCH_PAGE },
    ])
  })
})

test('words for a moment of a call lead back to the call', async () => {
  const walk = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: null, firstTime: null },
    { tabIds: [], origins: [] },
  )
  const note = await keptNote(database, surroundings, { walkId: walk.id, words: '' })
  const { panel: opened } = await openPanel()
  opened.go({ at: 'call' })

  await opened.finish(note.id)

  expect(opened.screen.value).toEqual({ at: 'note', from: { at: 'call' } })
})

test('a note is saved though what looks for others’ entries cannot be loaded', async () => {
  vi.resetModules()
  vi.stubGlobal('localStorage', undefined)
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const note = await keptNote(database, surroundings)
  const { panel: opened } = await openPanel()
  await opened.finish(note.id)

  await opened.composer.save()

  await vi.waitFor(() => expect(said).toHaveBeenCalledOnce())
  expect(await findNote(database, note.id)).toMatchObject({ state: 'kept' })
  expect(opened.meToo.value).toBeNull()
})

test('undoing Save brings the note back to the screen', async () => {
  const note = await keptNote(database, surroundings)
  const { panel: opened } = await openPanel()
  await opened.finish(note.id)
  await opened.composer.save()
  opened.go({ at: 'home' })

  opened.toast.undo()

  await vi.waitFor(() => expect(opened.screen.value).toMatchObject({ at: 'note' }))
  expect(opened.composer.note.value).toMatchObject({ id: note.id })
})
