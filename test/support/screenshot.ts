import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../../scripts/tools.mjs'

/** For a person to look at: `test-results/<name>.png` and `<name>.dark.png`, whole page. */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await takeScreenshot(page, colorScheme === 'dark' ? `${name}.dark` : name)
  }
  await page.emulateMedia({ colorScheme: null })
}

/** `test-results/<name>.200.png`: at half of 1280 × 800, which is what 200 % zoom leaves. */
export async function takeZoomedScreenshot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 640, height: 400 })
  await takeScreenshot(page, `${name}.200`)
  if (before) await page.setViewportSize(before)
}

async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(root, 'test-results')
  mkdirSync(folder, { recursive: true })
  // A colour that is still on its way to the other scheme is nobody's.
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    animations: 'disabled',
  })
}
