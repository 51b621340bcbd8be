import { beforeEach, describe, expect, test, vi } from 'vitest'

import type { TabInFront } from '../../../extension/panel/tabs'
import { StartFormModel } from '../../../extension/walk/start-form'
import { findActiveWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const PORTAL: TabInFront = {
  id: 7,
  windowId: 1,
  origin: 'https://help.example.org',
  isWebPage: true,
  isOffLimits: false,
}

async function formOn(tab: TabInFront | undefined, answer: boolean) {
  const asked: string[] = []
  const started: boolean[] = []
  const form = new StartFormModel({
    database,
    surroundings,
    tabs: {
      findInFront: async () => tab,
      watchInFront: () => () => {},
      isAllowed: async () => false,
      askFor: async (origin) => {
        asked.push(origin)
        return answer
      },
    },
    tellWalkChanged: async () => {},
    onStarted: (_id, seesPortal) => void started.push(seesPortal),
  })
  await vi.waitFor(() => expect(form.portal.value).toEqual(tab ?? null))
  return { form, asked, started }
}

describe('Start', () => {
  test('works with everything empty', async () => {
    const { form, asked, started } = await formOn(undefined, false)

    await form.start()

    expect(await findActiveWalk(database)).toMatchObject({
      errand: null,
      persona: null,
      service: null,
      firstTime: null,
    })
    expect([asked, started]).toEqual([[], [false]])
  })

  test('asks for the portal within the click itself, before anything is awaited', async () => {
    const { form, asked } = await formOn(PORTAL, true)

    const starting = form.start()
    expect(asked).toEqual(['https://help.example.org'])
    await starting

    expect(await findActiveWalk(database)).toMatchObject({
      tabIds: [7],
      origins: ['https://help.example.org'],
    })
  })

  test('a no to the portal starts the walk without a trail', async () => {
    const { form, started } = await formOn(PORTAL, false)
    form.errand.value = '  I can’t print. '

    await form.start()

    expect(await findActiveWalk(database)).toMatchObject({ errand: 'I can’t print.', origins: [] })
    expect(started).toEqual([false])
  })

  test('a site that the organisation keeps Wince away from is not asked for', async () => {
    const { form, asked, started } = await formOn({ ...PORTAL, isOffLimits: true }, true)

    await form.start()

    expect([asked, started]).toEqual([[], [false]])
    expect(await findActiveWalk(database)).toMatchObject({ tabIds: [7], origins: [] })
  })

  test('pressed twice, starts once', async () => {
    const { form } = await formOn(PORTAL, true)

    await Promise.all([form.start(), form.start()])

    expect(await database.count('walk')).toBe(1)
  })
})
