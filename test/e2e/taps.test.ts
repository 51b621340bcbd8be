import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { launchChromium } from '../support/chromium'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { pairWith, startListener } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

let portal: Portal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal.stop())

test('a prepared walk, two notes, one of them silent, and Send are at most 14 taps and no typing', async () => {
  const team = await startListener()
  const browser = await launchChromium()
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  const panel = await browser.openPanel(tab)
  await panel.setViewportSize({ width: 400, height: 880 })
  await pairWith(panel, team.origin)
  let taps = 0
  const tap = async (name: string | RegExp) => {
    await panel.getByRole('button', { name }).click()
    taps += 1
  }
  await panel.getByRole('heading', { name: 'Your next four minutes' }).waitFor()

  await tap('Start: I forgot my password.')
  await browser.acceptPermissionPrompt()
  taps += 1
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await pressKey(tab)
  await panel.getByRole('button', { name: /Look at the masked picture/ }).waitFor()
  await tap(/^Save note/)
  await tap('Embarrassing')
  await panel.locator('.scale .tile[data-w="2"]').click()
  await panel.locator('.chip', { hasText: 'Confusing' }).click()
  taps += 2
  await tap(/^Save note/)
  await tap('End walk')
  await panel.getByRole('heading', { name: 'Sixty-second debrief' }).waitFor()
  await takeScreenshots(panel, 'debrief')
  expect(await panel.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  const send = panel.getByRole('button', { name: /^Send 2 notes to/ })
  await waitFor(
    async () => (await send.getAttribute('aria-disabled')) !== 'true' || undefined,
    'Send to wake without anybody scrolling',
  )
  await tap(/^Send 2 notes to/)
  await expect.poll(() => team.bodies.join('')).toContain('note.add')

  expect(taps).toBeLessThanOrEqual(14)
  await browser.close()
  team.stop()

  /** One key on the page is one tap. */
  async function pressKey(page: Page): Promise<void> {
    await page.bringToFront()
    if (browser.pressesRealKeys) await browser.pressKeys('alt+shift+s')
    else await browser.clickAction(page)
    taps += 1
  }
})
