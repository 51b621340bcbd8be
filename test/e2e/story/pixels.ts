import type { Page } from 'playwright-core'

/** In CSS px of the page's viewport. */
export interface Box {
  what: string
  x: number
  y: number
  width: number
  height: number
}

/** Where on the page is what no picture may show, as the page itself measures it. */
export async function boxesOf(
  tab: Page,
  selector: string,
): Promise<{ viewport: number; boxes: Box[] }> {
  return tab.evaluate((wanted) => {
    const boxes = [...document.querySelectorAll(wanted)]
      .map((element) => ({
        what: `${element.localName} ${element.getAttribute('name') ?? element.textContent}`,
        rect: element.getBoundingClientRect(),
      }))
      .filter(({ rect }) => rect.width > 0 && rect.bottom > 0 && rect.top < innerHeight)
      .map(({ what, rect }) => ({
        what,
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: Math.min(rect.bottom, innerHeight) - rect.y,
      }))
    return { viewport: innerWidth, boxes }
  }, selector)
}

const MASK = [0x14, 0x18, 0x1a]
/** What a lossy encoder may move a channel of a flat colour by. */
const TOLERANCE = 3

/** The boxes that a picture does not cover with the solid colour; read anew from its bytes. */
export async function uncovered(
  page: Page,
  bytes: Buffer,
  type: string,
  { viewport, boxes }: { viewport: number; boxes: Box[] },
): Promise<string[]> {
  const worst = await page.evaluate(
    async ([base64, mime, width, rects, mask]) => {
      const raw = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([raw], { type: mime }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(bitmap, 0, 0)
      const scale = bitmap.width / width
      return rects.map((rect) => {
        const [x, y] = [Math.floor(rect.x * scale), Math.floor(rect.y * scale)]
        const { data } = context.getImageData(
          Math.max(0, x),
          Math.max(0, y),
          Math.ceil(rect.width * scale),
          Math.ceil(rect.height * scale),
        )
        let farthest = 0
        for (let index = 0; index < data.length; index += 1) {
          if (index % 4 === 3 && data[index] === 0) break
          if (index % 4 !== 3)
            farthest = Math.max(farthest, Math.abs((data[index] ?? 0) - (mask[index % 4] ?? 0)))
        }
        return farthest
      })
    },
    [bytes.toString('base64'), type, viewport, boxes, MASK] as const,
  )
  return boxes
    .filter((_, index) => (worst[index] ?? 255) > TOLERANCE)
    .map((box, index) => `${box.what} (off by ${worst[index]})`)
}
