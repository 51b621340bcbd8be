import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { lab, open, portal, sharp, useLab } from './portal/lab-on-portal'
import { type Box, FIELDS, PAGES, sizeOf, toPictureBoxes, truthOf } from './portal/truth'

/** `--mask`. */
const INK = [0x14, 0x18, 0x1a]
/**
 * Lossy WebP may leave a channel of a box some levels off, most at its edges; the boxes reach
 * 4 px over what they hide, so inside it stays below this.
 */
const TOLERANCE = 6
/** What WebP makes of ink alone: its colours are stored in steps. */
const FLAT = 2

useLab({ isSharpToo: true })

async function collect(page: Page) {
  const { tabId } = await lab.tabOf(page)
  const mask = await lab.call('collect', tabId)
  if (!mask) throw new Error('nothing collected')
  return mask
}

async function capture(page: Page, { coverEverything = false, where = lab } = {}) {
  const picture = await where.call('capture', { ...(await where.tabOf(page)), coverEverything })
  if ('reason' in picture) throw new Error(`no picture: ${picture.reason}`)
  return picture
}

/** The worst channel of every box of the page, in the picture as it was encoded. */
async function worstUnder(
  page: Page,
  picture: Awaited<ReturnType<typeof capture>>,
  boxes: Box[],
): Promise<number> {
  const { width } = await sizeOf(page)
  const { type } = picture.attachment
  const pixels = toPictureBoxes(boxes, width, picture.attachment)
  return Math.max(...(await lab.call('farthest', picture.base64, type, pixels, INK)))
}

test.each(Object.entries(PAGES))(
  'a picture of %s is ink under every box, read again from its bytes',
  async (path, selector) => {
    const page = await open(path)
    const picture = await capture(page)

    expect(picture.attachment).toMatchObject({
      type: 'image/webp',
      everythingCovered: false,
      width: 1_000,
      height: 700,
    })
    expect(picture.attachment.covered + picture.attachment.uninspected).toBeGreaterThan(0)
    expect(await worstUnder(page, picture, await truthOf(page, selector))).toBeLessThanOrEqual(
      TOLERANCE,
    )
    // And it is a picture: what needs no cover is to be seen.
    const headings = await truthOf(page, 'h1')
    expect(await worstUnder(page, picture, headings.slice(0, 1))).toBeGreaterThan(100)
  },
)

test('what an organisation listed is ink in the picture, and a placeholder in names', async () => {
  const page = await open('/names')
  await page.setContent(
    '<title>Ward 7B rota</title><h1>Rota</h1><p><span id="own">Ward <b>7b</b></span> needs K123456</p>' +
      '<button id="go">Print for Ward 7B</button>',
  )
  const privateWords = ['Ward 7B', 'K######']
  const tab = await lab.tabOf(page)
  const picture = await lab.call('capture', { ...tab, coverEverything: false, privateWords })
  if ('reason' in picture) throw new Error(picture.reason)
  await page.locator('#go').focus()
  const described = await lab.call('describe', tab.tabId, false, privateWords)

  expect(await worstUnder(page, picture, await truthOf(page, '#own'))).toBeLessThanOrEqual(
    TOLERANCE,
  )
  expect(await worstUnder(page, picture, await truthOf(page, 'h1'))).toBeGreaterThan(100)
  expect(described).toMatchObject({
    title: ':private rota',
    anchor: { name: 'Print for :private' },
  })
  expect(JSON.stringify(described)).not.toMatch(/7B/i)
})

test('a picture at two device pixels per CSS pixel is made smaller, and its boxes still fit', async () => {
  const page = await open('/frames', sharp)
  const picture = await capture(page, { where: sharp })

  expect(picture.attachment).toMatchObject({ width: 1_600, everythingCovered: false })
  expect(await page.evaluate(() => devicePixelRatio)).toBe(2)
  expect(
    await worstUnder(page, picture, await truthOf(page, PAGES['/frames'] ?? '')),
  ).toBeLessThanOrEqual(TOLERANCE)
})

test('a crop at two device pixels per CSS pixel keeps them, its covers and its shown parts fit', async () => {
  const page = await open('/requests/new', sharp)
  const request = { ...(await sharp.tabOf(page)), coverEverything: false }
  const crop = [100, 50, 400, 300] as const
  const burned = await sharp.call('burn', request, {
    ink: [[200, 100, 50, 40]],
    shown: [[150, 80, 200, 150]],
    crop,
  })
  if ('reason' in burned) throw new Error(burned.reason)
  const [around, box, shown] = await lab.call(
    'farthest',
    burned.base64,
    'image/webp',
    [
      // All of it below the shown part, the box in that without its edge, the rest of that.
      [0, 374, 800, 226],
      [204, 104, 92, 72],
      [104, 64, 90, 290],
    ],
    INK,
  )

  expect(burned.attachment).toMatchObject({ width: 800, height: 600 })
  expect(around).toBeLessThanOrEqual(TOLERANCE)
  expect(box).toBeLessThanOrEqual(TOLERANCE)
  expect(shown).toBeGreaterThan(100)
})

test.each([0.67, 1.1, 1.75])(
  'the boxes of a picture fit with the page at zoom %s',
  async (zoom) => {
    const page = await open('/frames')
    const { tabId } = await lab.tabOf(page)
    await lab.call('setZoom', tabId, zoom)
    await page.waitForTimeout(300)
    const picture = await capture(page)
    const mask = await collect(page)
    await lab.call('setZoom', tabId, 1)

    const boxes = mask.boxes
      .map(([x, y, width, height]): Box => [x + 4, y + 4, width - 8, height - 8])
      .filter(([, , width, height]) => width > 0 && height > 0)
    const scale = picture.attachment.width / mask.print.width
    const pixels = boxes.map(([x, y, width, height]) => [
      Math.ceil(x * scale),
      Math.ceil(y * scale),
      Math.floor(width * scale),
      Math.floor(height * scale),
    ])
    expect(mask.print.width).toBeCloseTo(1_000 / zoom, -1)
    expect(picture.attachment.everythingCovered).toBe(false)
    expect(
      Math.max(...(await lab.call('farthest', picture.base64, 'image/webp', pixels, INK))),
    ).toBeLessThanOrEqual(TOLERANCE)
  },
)

test('a picture of a page that moves every 50 ms is covered whole', async () => {
  const page = await open('/moving')
  const picture = await capture(page)
  const { width, height } = picture.attachment

  expect(picture.attachment.everythingCovered).toBe(true)
  expect(
    await lab.call('farthest', picture.base64, 'image/webp', [[0, 0, width, height]], INK),
  ).toEqual([FLAT])
})

test('a picture is covered whole when everything is to be covered', async () => {
  const page = await open('/requests/new')
  const picture = await capture(page, { coverEverything: true })
  const { width, height } = picture.attachment

  expect(picture.attachment.everythingCovered).toBe(true)
  expect(
    await lab.call('farthest', picture.base64, 'image/webp', [[0, 0, width, height]], INK),
  ).toEqual([FLAT])
})

test('a picture of a tab that goes elsewhere meanwhile is thrown away, and taken of the new page', async () => {
  const page = await open('/names')
  const request = { ...(await lab.tabOf(page)), coverEverything: false }
  const picture = await lab.call('captureLeaving', request, [`${portal.origin}/sign-in`])
  if ('reason' in picture) throw new Error(picture.reason)

  expect(picture.attachment.everythingCovered).toBe(false)
  expect(await worstUnder(page, picture, await truthOf(page, FIELDS))).toBeLessThanOrEqual(
    TOLERANCE,
  )
})

test('no picture is left of a tab that keeps going elsewhere', async () => {
  const page = await open('/names')
  const request = { ...(await lab.tabOf(page)), coverEverything: false }
  const urls = [`${portal.origin}/sign-in`, `${portal.origin}/patient`]

  expect(await lab.call('captureLeaving', request, urls)).toEqual({ reason: 'failed' })
})

test('no picture is taken of a tab that is not in front', async () => {
  const behind = await open('/names')
  const tab = await lab.tabOf(behind)
  await (await open('/sign-in')).bringToFront()

  expect(await lab.call('capture', { ...tab, coverEverything: false })).toEqual({
    reason: 'failed',
  })
})

test.each(['chrome://version/', 'http://127.0.0.1:9/'])(
  'no picture is taken of %s',
  async (address) => {
    const page = await lab.context.newPage()
    await page.goto(address).catch(() => undefined)
    const tab = await lab.tabOf(page)

    expect(await lab.call('capture', { ...tab, coverEverything: false })).toEqual({
      reason: 'not-inspectable',
    })
  },
)

test('five pictures at once are all taken, none refused for haste', async () => {
  const page = await open('/requests/new')
  const tab = await lab.tabOf(page)
  const pictures = await Promise.all(
    [1, 2, 3, 4, 5].map(() => lab.call('capture', { ...tab, coverEverything: false })),
  )

  expect(pictures.every((picture) => 'attachment' in picture)).toBe(true)
  const times = (await lab.call('shotTimes')).slice(-5)
  // A clock may be a little early; the browsers' limit is two a second.
  for (const [index, time] of times.slice(1).entries())
    expect(time - (times[index] ?? 0)).toBeGreaterThan(590)
})

test('a picture has nothing behind its last byte and names its own hash', async () => {
  const page = await open('/requests/new')
  const { base64, attachment } = await capture(page)
  const bytes = Buffer.from(base64, 'base64')
  const hash = await crypto.subtle.digest('SHA-256', bytes)

  expect(bytes.readUInt32LE(4) + 8).toBe(bytes.length)
  expect(/VP8X|EXIF|XMP |ICCP/.test(bytes.toString('latin1'))).toBe(false)
  expect(bytes.toString('latin1', 12, 16)).toBe('VP8 ')
  expect(attachment).toMatchObject({
    bytes: bytes.length,
    sha256: Buffer.from(hash).toString('hex'),
  })
})

test('a picture of a page zoomed with two fingers is covered whole', async () => {
  const page = await open('/patient')
  const cdp = await lab.context.newCDPSession(page)
  await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 })

  expect((await capture(page)).attachment.everythingCovered).toBe(true)
})
