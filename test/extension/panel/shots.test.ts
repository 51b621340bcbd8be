import { NO_POLICY } from '../../../extension/policy/policy'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { keepMoment } from '../../../extension/gesture/moments'
import { PanelModel } from '../../../extension/panel/panel'
import { proofOf } from '../../../extension/picture/proof'
import { write } from '../../../extension/storage/write'
import { endWalk, startWalk } from '../../../extension/walk/walks'
import { SEARCH_PAGE, emptyDevice, surroundingsAt } from '../device'
import { shotOf } from '../picture/shots'

const surroundings = surroundingsAt()
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
let database: Awaited<ReturnType<typeof emptyDevice>>
let panel: InstanceType<typeof PanelModel> | undefined
beforeEach(async () => {
  database = await emptyDevice()
})
afterEach(() => panel?.[Symbol.dispose]())

/** A panel that has taken the picture of a moment. */
async function pressKey({ hasRoom = true } = {}) {
  const shot = shotOf()
  const opened = new PanelModel({
    database,
    surroundings,
    tabs: {
      findInFront: async () => undefined,
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
    takePicture: async () => ({
      ok: true,
      attachment,
      picture: { sha256: attachment.sha256, blob: new Blob(['abc']), state: 'kept' },
      proof: proofOf(attachment, []),
      shot,
    }),
    hasRoomFor: async () => hasRoom,
    findShortcut: async () => 'Alt Shift S',
    findPolicy: async () => NO_POLICY,
    watchPolicy: () => () => {},
    requestSync: async () => {},
    tellWalkChanged: async () => {},
  })
  panel = opened
  await vi.waitFor(() => expect(opened.isLoading.value).toBe(false))
  const { note } = await keepMoment(
    {
      database,
      surroundings,
      addressOf: async () => undefined,
      askPage: async () => SEARCH_PAGE,
    },
    { id: 7, windowId: 1 },
  )
  const { id } = note
  if (hasRoom) await vi.waitFor(() => expect(opened.shots.held.value).toMatchObject({ noteId: id }))
  return { panel: opened, bitmap: shot.bitmap, id }
}

describe('the shot that a picture was made of', () => {
  test('is held while its note is open, and goes when that is saved', async () => {
    const { panel: opened, bitmap } = await pressKey()
    expect(bitmap.isClosed()).toBe(false)

    await opened.composer.save()

    expect(bitmap.isClosed()).toBe(true)
  })

  test('goes when its note is removed', async () => {
    const { panel: opened, bitmap } = await pressKey()

    await opened.composer.remove()

    await vi.waitFor(() => expect(bitmap.isClosed()).toBe(true))
  })

  test('goes when its note is sent', async () => {
    const { bitmap, id } = await pressKey()

    await write(database, ['note'], async (transaction) => {
      const note = await transaction.objectStore('note').get(id)
      if (note) await transaction.objectStore('note').put({ ...note, state: 'queued' })
    })

    await vi.waitFor(() => expect(bitmap.isClosed()).toBe(true))
  })

  test('goes when its picture is left out', async () => {
    const { panel: opened, bitmap, id } = await pressKey()

    await opened.removePicture(id, attachment.sha256)

    expect(bitmap.isClosed()).toBe(true)
  })

  test('goes when the walk ends', async () => {
    const walk = await startWalk(
      database,
      surroundings,
      { errand: null, persona: null, service: null, firstTime: null },
      { tabIds: [], origins: [] },
    )
    const { bitmap } = await pressKey()
    expect(bitmap.isClosed()).toBe(false)

    await endWalk(database, surroundings, walk.id)

    await vi.waitFor(() => expect(bitmap.isClosed()).toBe(true))
  })

  test('is closed at once where its picture could not be kept', async () => {
    const { panel: opened, bitmap } = await pressKey({ hasRoom: false })

    await vi.waitFor(() => expect(bitmap.isClosed()).toBe(true))
    expect(opened.shots.held.value).toBeNull()
  })
})
