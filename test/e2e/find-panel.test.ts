import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { hasScreen } from '../support/screen'
import { startErrand } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'
import { saveNote, winceAt } from './story/panel'

let portal: Portal
let browser: LaunchedChromium
beforeAll(async () => {
  portal = await startPortal()
  if (hasScreen) browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await portal.stop()
})

describe.runIf(hasScreen)('the element of a note', () => {
  test('is found from the panel on its own page, and honestly not when it has gone', async () => {
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/requests/new`)
    const panel = await browser.openPanel(tab)
    await startErrand(browser, panel)
    await tab.getByRole('button', { name: 'Submit request' }).hover()
    await winceAt(browser, tab, panel)
    await panel.getByRole('button', { name: 'Look at the masked picture' }).waitFor()
    const find = panel.getByRole('button', { name: /^Find it on the page/ })
    await find.click()
    await panel.getByText('Found it', { exact: true }).waitFor()
    expect(await tab.evaluate(() => document.documentElement.lastElementChild?.localName)).toBe(
      'div',
    )
    await saveNote(panel, { words: 'Nobody on a ward knows a MAC address.', kind: 'Wrong name' })

    await tab.evaluate(() => document.querySelector('form > button')?.remove())
    await find.click()
    await panel.getByText('Could not find it any more. Here is the picture.').waitFor()
    await expectAxeClean(panel)

    await tab.goto(`${portal.origin}/names`)
    await find.waitFor({ state: 'detached' })
    await tab.goto(`${portal.origin}/requests/new`)
    await find.click()
    await panel.getByText('Found it', { exact: true }).waitFor()
  })
})
