import type { Page } from 'playwright-core'

import type { LaunchedChromium } from '../../support/chromium'
import { waitFor } from '../../support/wait-for'
import { type Box, sizeOf } from '../portal/truth'
import { saveNote, winceAt } from '../story/panel'
import { type Planted, type Way, typedAt, walkedPath } from './corpus-portal'
import { boxesToCover } from './covered'
import { readRows } from './stores'

export interface Scene {
  browser: LaunchedChromium
  origin: string
  tab: Page
  panel: Page
}

/** A place that was walked over, and what its picture must cover. */
export interface Visit {
  name: string
  width: number
  boxes: Box[]
}

/** Walks over places one by one: a note with words at the first one, a silent moment at all others. */
export async function walkOver(
  scene: Scene,
  places: readonly Planted[],
  way: Way,
  words: string,
): Promise<Visit[]> {
  const visits: Visit[] = []
  for (const place of places) {
    visits.push(await visit(scene, place, way, visits.length === 0 ? words : ''))
  }
  return visits
}

/** Points, presses the key, clicks all that can be clicked, and is refused by the form. */
async function visit(
  { browser, origin, tab, panel }: Scene,
  place: Planted,
  way: Way,
  words: string,
): Promise<Visit> {
  await tab.goto(origin + walkedPath(place, way))
  const { width } = await sizeOf(tab)
  const [boxes, middles, before] = await Promise.all([
    boxesToCover(tab),
    middlesOf(tab),
    countPictures(panel),
  ])
  // At another kind of secret in each place.
  await tab.mouse.move(...(middles[place.index % middles.length] ?? [1, 1]))
  if (words !== '') await winceAt(browser, tab, panel)
  else if (browser.pressesRealKeys) await browser.strikeKeys('alt+shift+s')
  else await browser.clickAction(tab)
  await waitFor(
    async () => (await countPictures(panel)) > before || undefined,
    `a picture of ${place.container.name}`,
  )
  if (words !== '') await saveNote(panel, { words, kind: 'Confusing', wince: 2 })

  for (const middle of middles) await tab.mouse.click(...middle)
  await tab.keyboard.press('Escape')
  await tab.locator('#number').evaluate((field: HTMLElement) => field.focus())
  await tab.keyboard.insertText(typedAt(place))
  await tab.keyboard.press('Enter')
  await tab.locator('#refused:not(:empty)').waitFor({ state: 'attached' })
  return { name: place.container.name, width, boxes }
}

/** Where the mouse hits what is planted, in every frame; CSS px of the top viewport. */
async function middlesOf(tab: Page): Promise<[x: number, y: number][]> {
  const { width, height } = await sizeOf(tab)
  const middles = await Promise.all(
    tab.frames().map(async (frame) => {
      const around = frame.parentFrame() && (await (await frame.frameElement()).boundingBox())
      const inside = await frame.locator('.s, .n').evaluateAll((all) =>
        all.map((each) => {
          const box = each.getBoundingClientRect()
          return [box.x + box.width / 2, box.y + box.height / 2] as const
        }),
      )
      return inside.map(([x, y]): [number, number] => [x + (around?.x ?? 0), y + (around?.y ?? 0)])
    }),
  )
  return middles.flat().filter(([x, y]) => x > 0 && y > 0 && x < width && y < height)
}

/** How many notes of the extension's database have their picture. */
async function countPictures(panel: Page): Promise<number> {
  const { note } = await readRows(panel, ['note'])
  return note.filter(({ attachments }) => (attachments as unknown[]).length > 0).length
}
