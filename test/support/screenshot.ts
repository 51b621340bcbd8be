import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../../scripts/tools.mjs'

/** For a person to look at: `test-results/<name>.png` and `<name>.dark.png`, whole page. */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  const folder = join(root, 'test-results')
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const ending = colorScheme === 'dark' ? '.dark.png' : '.png'
    await page.screenshot({ path: join(folder, name + ending), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: null })
}
