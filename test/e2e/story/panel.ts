import type { Page } from 'playwright-core'

import type { LaunchedChromium } from '../../support/chromium'
import { takeScreenshots } from '../../support/screenshot'
import { waitFor } from '../../support/wait-for'

/** Connects the panel's browser by a pairing link and comes back to home. */
export async function connectPanel(panel: Page, link: string): Promise<void> {
  await panel.getByRole('button', { name: 'Connect to your team' }).click()
  await panel.getByLabel('Link or code').fill(link)
  await panel.getByRole('button', { name: 'Connect', exact: true }).click()
  await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
}

/** Starts an errand on the tab in front and says yes when the browser asks for its origin. */
export async function startErrand(
  browser: LaunchedChromium,
  panel: Page,
  errand: string,
  service: string,
): Promise<void> {
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByLabel('Your errand, in a customer’s words').fill(errand)
  await panel.getByLabel('Service').fill(service)
  await panel.getByText('First time here').click()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await browser.acceptPermissionPrompt()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
}

/** A wince pressed on the page: real keys on what the mouse points at, or the toolbar where no X server is. */
export async function winceAt(browser: LaunchedChromium, tab: Page, panel: Page): Promise<void> {
  await tab.bringToFront()
  if (browser.pressesRealKeys) await browser.pressKeys('alt+shift+s')
  else await browser.clickAction(tab)
  await panel.getByLabel('What happened?').waitFor()
}

export interface Words {
  words: string
  mood?: 'Embarrassing' | 'Liked'
  kind?: string
  wince?: 1 | 2 | 3
}

/** Fills the composer that is open and saves. */
export async function saveNote(
  panel: Page,
  { words, mood = 'Embarrassing', kind, wince }: Words,
): Promise<void> {
  await panel.getByText(mood, { exact: true }).click()
  if (wince) await panel.locator(`.scale .tile[data-w="${wince}"]`).click()
  if (kind) await panel.locator('.chip', { hasText: kind }).click()
  await panel.getByLabel('What happened?').fill(words)
  await panel.getByRole('button', { name: /^Save note/ }).click()
  await panel.getByLabel('What happened?').waitFor({ state: 'detached' })
}

/** Dials, presses the keys, notes something at that point of the menu and hangs up. */
export async function noteInMenu(
  panel: Page,
  number: string,
  keys: string,
  words: Words,
): Promise<void> {
  await panel.getByRole('button', { name: 'Call a number on this walk' }).click()
  await panel.getByLabel('The number you call').fill(number)
  await panel.getByRole('button', { name: 'I’m dialling now' }).click()
  for (const key of keys) await panel.getByRole('button', { name: key, exact: true }).click()
  await panel.getByRole('button', { name: 'Mark this moment' }).click()
  await panel.getByRole('button', { name: 'Add words' }).click()
  await saveNote(panel, words)
  await panel.getByRole('button', { name: 'I hung up' }).click()
  await panel.getByRole('button', { name: /Go on walking|Done/ }).click()
}

/** Ends the walk and lets everything go; gives back what the preview said would leave, text by text. */
export async function endAndSend(panel: Page): Promise<string[]> {
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByText('Partly').click()
  await takeScreenshots(panel, 'story-debrief-folded')
  await panel.getByText('See every byte').click()
  const send = panel.getByRole('button', { name: /^Send/ }).and(panel.locator('.primary'))
  await waitFor(
    async () => (await send.getAttribute('aria-disabled')) !== 'true' || undefined,
    'Send to wake',
  )
  const texts = await panel.locator('pre.exact').allTextContents()
  await takeScreenshots(panel, 'story-debrief')
  await send.click()
  return texts
}

/** Everything in the extension's database as text, the bytes of its pictures included. */
export async function dumpIndexedDb(panel: Page): Promise<string> {
  return panel.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('wince')
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
    })
    const rows: unknown[] = []
    for (const name of database.objectStoreNames) {
      const all = await new Promise<unknown[]>((resolve, reject) => {
        const request = database.transaction(name).objectStore(name).getAll()
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('not read')))
      })
      rows.push(name, ...all)
      for (const row of all) {
        if (typeof row === 'object' && row !== null && 'blob' in row && row.blob instanceof Blob) {
          rows.push(new TextDecoder('latin1').decode(await row.blob.arrayBuffer()))
        }
      }
    }
    database.close()
    return JSON.stringify(rows)
  })
}
