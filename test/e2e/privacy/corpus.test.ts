import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenLab, openLab } from '../portal/lab'
import type { Portal } from '../portal/portal'
import { type Box, sizeOf, toPictureBoxes } from '../portal/truth'
import { LOOKED_AT, PLANTED, type Planted, startCorpusPortal } from './corpus-portal'
import { boxesToCover } from './covered'
import { KINDS, OWN_LIST, type Secret } from './secrets'

/** `--mask`, and how far lossy WebP may take a channel of it. */
const INK = [0x14, 0x18, 0x1a]
const TOLERANCE = 6

let portal: Portal
let lab: OpenLab
beforeAll(async () => {
  portal = await startCorpusPortal()
  lab = await openLab()
})
afterAll(async () => {
  await lab.close()
  await portal.stop()
})

test('the corpus plants over 300 secrets of every kind over more than 40 pages', () => {
  const names = PLANTED.map(({ container }) => container.name)
  const all = PLANTED.flatMap(({ secrets }) => secrets.map(({ text }) => text))

  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(new Set(names).size).toBe(names.length)
  expect(all.length).toBeGreaterThanOrEqual(300)
  expect(KINDS).toHaveLength(8)
})

test.each(LOOKED_AT.map((planted) => [planted.container.name, planted] as const))(
  'in %s nothing is left to see, and nothing of it is kept as a name or a step',
  async (_name, planted) => {
    const { container, secrets } = planted
    const page = await open(planted)
    const tab = await lab.tabOf(page)
    const rules = { withholdNames: false, privateWords: OWN_LIST }

    const picture = await lab.call('capture', {
      ...tab,
      coverEverything: false,
      privateWords: OWN_LIST,
    })
    if ('reason' in picture) throw new Error(picture.reason)
    const boxes = await boxesToCover(page)
    expect(boxes.length).toBeGreaterThanOrEqual(
      container.html(secrets, portal.otherOrigin).includes('class="n"') ? 0 : 1,
    )
    expect(await worstUnder(page, picture, boxes)).toBeLessThanOrEqual(TOLERANCE)

    const whole = await lab.call('capture', {
      ...tab,
      coverEverything: true,
      privateWords: OWN_LIST,
    })
    if ('reason' in whole) throw new Error(whole.reason)
    const { width, height } = await sizeOf(page)
    expect(await worstUnder(page, whole, [[0, 0, width, height]])).toBeLessThanOrEqual(TOLERANCE)

    const kept = JSON.stringify([
      await lab.call('collect', tab.tabId, { nameCovers: true, ...rules }),
      await describeAll(page, tab.tabId),
      await stepsOf(page, tab.tabId),
    ])
    expect(leaksOf(kept, secrets)).toEqual([])
    await page.close()
  },
)

async function open({ container }: Planted): Promise<Page> {
  const page = await lab.context.newPage()
  await page.goto(`${portal.origin}/page/${container.name}`)
  await page.waitForLoadState('networkidle')
  return page
}

/** What a moment at each thing that can be pointed at or focused would keep. */
async function describeAll(page: Page, tabId: number): Promise<unknown[]> {
  const places: unknown[] = [await lab.call('describe', tabId, false, OWN_LIST)]
  for (const frame of page.frames()) {
    for (const target of await frame.locator('.s, .n, button, a, [id]').all()) {
      await target.hover({ force: true, timeout: 500 }).catch(() => undefined)
      places.push(await lab.call('describe', tabId, false, OWN_LIST))
    }
  }
  return places
}

/** What the trail would write of a walk that clicks all that can be clicked. */
async function stepsOf(page: Page, tabId: number): Promise<unknown[]> {
  await lab.call('startWalk', {
    tabIds: [tabId],
    origins: [portal.origin],
    withholdNames: false,
    privateWords: OWN_LIST,
  })
  await page.waitForTimeout(100)
  for (const target of await page.locator('.s, .n').all())
    await target.click({ force: true, timeout: 500 }).catch(() => undefined)
  await page.waitForTimeout(500)
  return lab.call('steps')
}

/** Also without the spaces that a page or a script may have taken out. */
function leaksOf(kept: string, secrets: readonly Secret[]): string[] {
  const packed = kept.replace(/[\s\u00ad\u200b]/g, '')
  return secrets
    .filter(({ text }) => packed.includes(text.replace(/\s/g, '')))
    .map(({ kind, text }) => `${kind}: ${text}`)
}

async function worstUnder(
  page: Page,
  picture: { base64: string; attachment: { type: string; width: number; height: number } },
  boxes: Box[],
): Promise<number> {
  if (boxes.length === 0) return 0
  const { width } = await sizeOf(page)
  const pixels = toPictureBoxes(boxes, width, picture.attachment)
  const { type } = picture.attachment
  return Math.max(...(await lab.call('farthest', picture.base64, type, pixels, INK)))
}
