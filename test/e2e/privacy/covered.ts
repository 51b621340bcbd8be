import type { Page } from 'playwright-core'

import { type Box, clip, sizeOf, truthOf } from '../portal/truth'

/** What must be ink: text line by line where it lies in the page itself, else as a whole. */
export async function boxesToCover(page: Page): Promise<Box[]> {
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
