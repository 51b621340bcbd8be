import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenLab, openLab } from '../portal/lab'
import { type Box, clip, sizeOf, truthOf } from '../portal/truth'
import { CONTAINERS } from './containers'
import type { Container } from './drawing'
import { KINDS, OWN_LIST, type Secret, secretsOf } from './secrets'

const ORIGIN = 'http://portal.test'
/** `--mask`, and how far lossy WebP may take a channel of it. */
const INK = [0x14, 0x18, 0x1a]
const TOLERANCE = 6

/** Every third place is looked at each time, all of them with `--long`. */
const looked = (index: number) => process.env['WINCE_LONG'] === '1' || index % 3 === 0
const planted = CONTAINERS.map((container, index) => ({ container, secrets: secretsOf(index) }))
let lab: OpenLab
beforeAll(async () => {
  lab = await openLab()
  await lab.context.route(/^http:\/\/(?:portal|partner)\.test\//, async (route) => {
    const [, place, name] = new URL(route.request().url()).pathname.split('/')
    const found = planted.find(({ container }) => container.name === name)
    if (!found) return route.fulfill({ status: 404, body: '' })
    const { container, secrets } = found
    const body = place === 'inner' ? container.inner?.(secrets) : container.html(secrets)
    await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><title>${container.name}</title><body style="margin:12px;font:14px sans-serif">${body ?? ''}`,
    })
  })
})
afterAll(() => lab.close())

test('the corpus plants over 300 secrets of every kind over more than 40 pages', () => {
  const all = planted.flatMap(({ secrets }) => secrets.map(({ text }) => text))

  expect(CONTAINERS.length).toBeGreaterThanOrEqual(40)
  expect(new Set(CONTAINERS.map(({ name }) => name)).size).toBe(CONTAINERS.length)
  expect(all.length).toBeGreaterThanOrEqual(300)
  expect(KINDS).toHaveLength(8)
})

test.each(
  planted
    .filter((_each, index) => looked(index))
    .map((each) => [each.container.name, each] as const),
)(
  'in %s nothing is left to see, and nothing of it is kept as a name or a step',
  async (_name, { container, secrets }) => {
    const page = await open(container)
    const tab = await lab.tabOf(page)
    const rules = { withholdNames: false, privateWords: OWN_LIST }

    const picture = await lab.call('capture', {
      ...tab,
      coverEverything: false,
      privateWords: OWN_LIST,
    })
    if ('reason' in picture) throw new Error(picture.reason)
    const boxes = await boxesOf(page)
    expect(boxes.length).toBeGreaterThanOrEqual(
      container.html(secrets).includes('class="n"') ? 0 : 1,
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

async function open({ name }: Container): Promise<Page> {
  const page = await lab.context.newPage()
  await page.goto(`${ORIGIN}/page/${name}`)
  await page.waitForLoadState('networkidle')
  return page
}

/** What must be ink: text line by line where it lies in the page itself, else as a whole. */
async function boxesOf(page: Page): Promise<Box[]> {
  const { width, height } = await sizeOf(page)
  const lines = await page.evaluate(() =>
    Array.from(document.querySelectorAll('.s'), (each) =>
      Array.from(each.getClientRects(), ({ x, y, width: wide, height: high }) => [
        x,
        y,
        wide,
        high,
      ]),
    ).flat(),
  )
  if (lines.length === 0) return truthOf(page, '.s')
  return (lines as Box[])
    .map((box) => clip(box, width, height))
    .filter(([, , wide, high]) => wide > 0 && high > 0)
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
    origins: [ORIGIN],
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
  const { type, width: wide, height: high } = picture.attachment
  const scale = wide / width
  const pixels = boxes.map(([x, y, across, down]) => {
    const [left, top] = [Math.floor(x * scale), Math.floor(y * scale)]
    return [
      left,
      top,
      Math.min(wide, Math.ceil((x + across) * scale)) - left,
      Math.min(high, Math.ceil((y + down) * scale)) - top,
    ]
  })
  return Math.max(...(await lab.call('farthest', picture.base64, type, pixels, INK)))
}
