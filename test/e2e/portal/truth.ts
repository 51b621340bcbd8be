import type { Locator, Page } from 'playwright-core'

export type Box = [x: number, y: number, width: number, height: number]

/** What is covered wherever it stands; `.data` marks patterns in the fixture. */
export const FIELDS =
  'input:not([type=hidden]):not([type=submit]), select, textarea, [contenteditable], [role=textbox], .data'
/** Pages of the fixture, with what must be covered on each. */
export const PAGES: Record<string, string> = {
  '/search?q=canary': FIELDS,
  '/requests/new': FIELDS,
  '/patient': `${FIELDS}, #badge, #attr, #private, #masked, #pic, #scan, #mail`,
  '/shadow': FIELDS,
  '/frames': `${FIELDS}, #foreign, #sandboxed, canvas, video`,
  '/sign-in': FIELDS,
}

/** Where things are, told by the browser's own inspector: the truth that boxes must cover. */
export async function truthOf(page: Page, selector: string): Promise<Box[]> {
  const locators: Locator[] = []
  for (const frame of page.frames()) {
    // A frame that is written into its page is of its origin.
    const isForeign =
      frame.url() !== 'about:srcdoc' &&
      new URL(page.url()).origin !== new URL(frame.url(), page.url()).origin
    if (!isForeign) locators.push(...(await frame.locator(selector).all()))
  }
  const boxes = (await Promise.all(locators.map((locator) => locator.boundingBox()))).filter(
    (box) => box !== null,
  )
  const closed = await page.evaluate((inner) => {
    const { roots = {} } = globalThis as unknown as { roots?: Record<string, ShadowRoot> }
    return Object.values(roots).flatMap((root) =>
      Array.from(root.querySelectorAll(`${inner}, iframe`), (each) => [
        each.localName,
        each.getBoundingClientRect().toJSON(),
      ]),
    )
  }, selector)
  for (const [name, box] of closed as [
    string,
    { x: number; y: number; width: number; height: number },
  ][]) {
    if (name !== 'iframe') boxes.push(box)
  }
  const { width, height } = await sizeOf(page)
  return boxes
    .map((box) => clip([box.x, box.y, box.width, box.height], width, height))
    .filter((box) => box[2] > 0 && box[3] > 0)
}

export function clip([x, y, wide, high]: Box, width: number, height: number): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  return [left, top, Math.min(width, x + wide) - left, Math.min(height, y + high) - top]
}

export function sizeOf(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
}

/** Boxes of a page as they lie in its picture, in px of the picture. */
export function toPictureBoxes(
  boxes: readonly Box[],
  pageWidth: number,
  { width, height }: { width: number; height: number },
): Box[] {
  const scale = width / pageWidth
  return boxes.map(([x, y, across, down]) => {
    const [left, top] = [Math.floor(x * scale), Math.floor(y * scale)]
    return [
      left,
      top,
      Math.min(width, Math.ceil((x + across) * scale)) - left,
      Math.min(height, Math.ceil((y + down) * scale)) - top,
    ]
  })
}

/** The parts of a box that no other box covers, sampled every half pixel. */
export function uncovered(
  [x, y, width, height]: Box,
  boxes: readonly (readonly number[])[],
): number {
  let count = 0
  for (let across = x + 0.25; across < x + width; across += 0.5) {
    for (let down = y + 0.25; down < y + height; down += 0.5) {
      const isIn = boxes.some(
        ([left = 0, top = 0, wide = 0, high = 0]) =>
          across >= left && across <= left + wide && down >= top && down <= top + high,
      )
      if (!isIn) count += 1
    }
  }
  return count
}
