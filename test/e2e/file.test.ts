import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { takeScreenshots } from '../support/screenshot'
import { WORDS, panelAddress, startErrand } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'
import { saveNote, winceAt } from './story/panel'

let portal: Portal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal.stop())

async function openSettings(panel: Page): Promise<void> {
  await panel.getByRole('button', { name: 'Settings' }).click()
  await panel.getByRole('heading', { name: 'Without a server' }).waitFor()
}

test('a walk with its picture goes into one zip without any server, and comes back in another browser', async () => {
  const browser = await launchChromium()
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  const panel = await browser.openPanel(tab)
  await startErrand(browser, panel)
  await winceAt(browser, tab, panel)
  await panel.getByRole('button', { name: /Look at the masked picture/ }).waitFor()
  await saveNote(panel, { words: WORDS, wince: 2 })
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByRole('button', { name: 'Send it later' }).click()
  await openSettings(panel)
  const saving = panel.waitForEvent('download')
  await panel.getByRole('button', { name: 'Save as a file' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^wince-\d{4}-\d{2}-\d{2}\.zip$/)
  const zip = join(mkdtempSync(join(tmpdir(), 'wince-file-')), 'saved.zip')
  await download.saveAs(zip)
  await browser.close()

  const files = Object.keys(unzipSync(readFileSync(zip)))
  expect(files).toEqual(expect.arrayContaining(['wince.json', 'index.html']))
  expect(files.filter((name) => /^pictures\/[0-9a-f]{64}\.webp$/.test(name))).toHaveLength(1)

  const other = await launchChromium()
  const home = await other.context.newPage()
  await home.setViewportSize({ width: 400, height: 880 })
  await home.goto(panelAddress(other))
  await openSettings(home)
  await expectAxeClean(home)
  await takeScreenshots(home, 'settings-file')
  await home.getByLabel('Bring a file back').setInputFiles(zip)
  await home.getByText('1 note and 1 walk are here now.').waitFor()
  await home.getByLabel('Bring a file back').setInputFiles(zip)
  await home.getByText('Nothing new in that file; 2 were here before.').waitFor()
  await home.getByLabel('Bring a file back').setInputFiles({
    name: 'holiday.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK, but no zip'),
  })
  await home.getByText('That file is damaged. Save it again where it came from.').waitFor()
  await home.getByRole('button', { name: 'Back to home' }).click()
  await home.getByText('1 note not sent').waitFor()
  await home.getByRole('button', { name: 'Review 1 note' }).click()
  await home.getByText(WORDS).first().waitFor()
  await home.getByRole('button', { name: /^Look at it: Masked picture/ }).waitFor()
  expect(
    await home.locator('.strip img').evaluate((each: HTMLImageElement) => each.naturalWidth),
  ).toBeGreaterThan(100)

  // The page for people, as a browser shows it.
  const folder = mkdtempSync(join(tmpdir(), 'wince-page-'))
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  const page = await other.context.newPage()
  await page.goto(`file://${folder}/index.html`)
  await page.getByText(WORDS).waitFor()
  expect(
    await page.locator('img').evaluate((each: HTMLImageElement) => each.naturalWidth),
  ).toBeGreaterThan(100)
  await expectAxeClean(page)
  await takeScreenshots(page, 'saved-page')
  await other.close()
})
