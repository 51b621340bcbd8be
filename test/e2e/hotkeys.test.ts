import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { hasScreen } from '../support/screen'
import { type Portal, startPortal } from './portal/portal'

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

describe.runIf(hasScreen)('on a page with a hotkey on every letter', () => {
  test('neither a moment nor words in the panel fire any of them', async () => {
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/hotkeys`)
    const panel = await browser.openPanel(tab)
    await tab.bringToFront()
    await tab.getByRole('heading').click()
    await browser.pressKeys('alt+shift+s')
    const words = panel.getByLabel('What happened?')
    await words.waitFor()
    // As a click into the panel: keys go there now.
    await panel.bringToFront()
    await words.focus()

    await browser.pressKeys('a', 'w', 's', 'shift+q', 'z')

    await expect.poll(() => words.inputValue()).toBe('awsQz')
    expect(await tab.evaluate('fired')).toEqual([])
    // The page does listen: a key that is meant for it arrives.
    await tab.bringToFront()
    await tab.getByRole('heading').click()
    await browser.pressKeys('a')
    await expect.poll(() => tab.evaluate('fired')).toContain('keydown a')
  })
})
