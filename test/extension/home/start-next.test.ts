import { beforeEach, describe, expect, test, vi } from 'vitest'

import { StartNextModel } from '../../../extension/home/start-next'
import type { TabInFront } from '../../../extension/panel/tabs'
import type { WinceDatabase } from '../../../extension/storage/database'
import { findActiveWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'
import { WALKED, walkedWith } from './walked'

const ENTRY = '019aab3a-0000-7000-8000-0000000000e1'
let database: WinceDatabase
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
})

describe('one tap', () => {
  const PORTAL: TabInFront = {
    id: 7,
    windowId: 1,
    origin: 'https://help.example.org',
    isWebPage: true,
    isOffLimits: false,
  }

  async function modelOn(tab: TabInFront, answer = true, maySee = true) {
    const asked: string[] = []
    const opened: string[] = []
    const model = new StartNextModel({
      database,
      surroundings,
      tabs: {
        findInFront: async () => tab,
        watchInFront: () => () => {},
        askFor: async (origin) => {
          asked.push(origin)
          return answer
        },
        maySee: async () => maySee,
        open: async (page) => {
          opened.push(page)
          return 9
        },
      },
      tellWalkChanged: async () => {},
      say: () => {},
    })
    await vi.waitFor(() => expect(model.next.value).not.toBeNull())
    return { model, asked, opened }
  }

  test('starts on the tab in front, and asks for its site before anything is awaited', async () => {
    const { model, asked, opened } = await modelOn(PORTAL)

    const starting = model.start(WALKED, null)
    expect(asked).toEqual(['https://help.example.org'])
    await starting

    expect(opened).toEqual([])
    expect(await findActiveWalk(database)).toMatchObject({
      ...WALKED,
      tabIds: [7],
      origins: ['https://help.example.org'],
    })
  })

  test('opens the site of the earlier walk where another one is in front', async () => {
    const { model, asked, opened } = await modelOn({ ...PORTAL, origin: 'https://news.example' })

    await model.start(WALKED, 'https://help.example.org/wifi')

    expect([asked, opened]).toEqual([
      ['https://help.example.org'],
      ['https://help.example.org/wifi'],
    ])
    expect(await findActiveWalk(database)).toMatchObject({ tabIds: [9] })
  })

  test('is not for the site of the earlier walk where the organisation keeps Wince away from it', async () => {
    const { note, fate } = await walkedWith(database, surroundings)
    const rows = [
      { type: 'note', id: note.id, seq: 1, entryId: ENTRY },
      {
        type: 'entry',
        id: ENTRY,
        seq: 2,
        number: fate.number,
        mood: fate.mood,
        state: fate.state,
        title: fate.title,
        changedAt: fate.changedAt,
      },
    ]
    for (const row of rows)
      await database.put('mirror', { ...row, key: `${row.type}/${row.id}`, row })

    const kept = await modelOn(PORTAL, true, false)
    expect(kept.model.next.value).toMatchObject({ kind: 'walk-again', page: null })
    const open = await modelOn(PORTAL)
    expect(open.model.next.value).toMatchObject({
      kind: 'walk-again',
      page: 'https://help.example.org/',
    })
  })

  test('after a no, or where no site may be seen, walks without a trail; pressed twice, once', async () => {
    const { model, asked } = await modelOn({ ...PORTAL, isOffLimits: true }, false)

    await Promise.all([model.start(WALKED, null), model.start(WALKED, null)])

    expect(asked).toEqual([])
    expect(await database.count('walk')).toBe(1)
    expect(await findActiveWalk(database)).toMatchObject({ origins: [] })
  })
})
