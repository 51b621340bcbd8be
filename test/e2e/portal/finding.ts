import type { Page } from 'playwright-core'
import { expect } from 'vitest'

import type { Anchor } from '#shared/anchor'
import type { PagePlace } from '#shared/place'

import type { OpenLab } from './lab'

/** What the extension says of the element under the cursor, or of the focused one. */
export async function anchorUnderCursor(
  lab: OpenLab,
  page: Page,
  withholdNames = false,
): Promise<Anchor> {
  const { tabId } = await lab.tabOf(page)
  const { anchor } = (await lab.call('describe', tabId, withholdNames)) as PagePlace
  if (!anchor) throw new Error('nothing under the cursor')
  return anchor
}

export async function anchorAt(
  lab: OpenLab,
  page: Page,
  selector: string,
  withholdNames = false,
): Promise<Anchor> {
  await page.locator(selector).first().hover({ force: true })
  return anchorUnderCursor(lab, page, withholdNames)
}

export async function find(lab: OpenLab, page: Page, anchor: Anchor) {
  return lab.call('find', (await lab.tabOf(page)).tabId, anchor)
}

/** That the one which was found is this one, by where it is. */
export async function expectFound(
  lab: OpenLab,
  page: Page,
  anchor: Anchor,
  selector: string,
): Promise<void> {
  const found = await find(lab, page, anchor)
  const box = await page.locator(selector).first().boundingBox()

  expect(found, `nothing found of ${anchor.role} ${anchor.name}`).not.toBeNull()
  expect(found?.box.map(Math.round)).toEqual(
    [box?.x, box?.y, box?.width, box?.height].map((side) => Math.round(side ?? -1)),
  )
}
