import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { watchExtensionWorld } from '../support/extension-world'
import { manageExtension } from '../support/managed'
import { waitFor } from '../support/wait-for'
import { panelAddress, startErrand } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

let portal: Portal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal.stop())

test('an organisation’s policy fills the address, keeps sites away and covers everything; no tab opens by itself', async () => {
  const managed = manageExtension({
    server: 'https://wince.example.org',
    allowedPortals: [portal.otherOrigin],
    coverEverything: true,
    retentionDays: 7,
  })
  const browser = await launchChromium({ folder: managed.folder })
  const panel = await browser.context.newPage()
  await panel.goto(panelAddress(browser))
  await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
  expect(browser.context.pages().map((page) => page.url())).toEqual([
    'about:blank',
    panelAddress(browser),
  ])

  // What is set is said.
  await panel.getByRole('button', { name: 'Settings' }).click()
  await panel.getByRole('heading', { name: 'Set by your organisation' }).waitFor()
  await panel.getByText('This browser may connect to wince.example.org only.').waitFor()
  await panel.getByText('Every picture is covered whole.').waitFor()
  await expectAxeClean(panel)
  await panel.getByRole('button', { name: 'Back to home' }).click()

  // A bare code is enough, and a link to anybody else is not.
  await panel.getByRole('button', { name: 'Connect to your team' }).click()
  await panel.getByText('Your organisation’s Wince is at wince.example.org.').waitFor()
  expect(await panel.getByLabel('Address of your team’s Wince').count()).toBe(0)
  await panel.getByRole('button', { name: 'Back to home' }).click()
  await panel.close()

  // A site off the list is not asked for, though the toolbar was clicked there.
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  const side = await browser.openPanel(tab)
  await side.getByRole('button', { name: 'Walk a service' }).click()
  await side.getByText(/^Wince will not see 127\.0\.0\.1/).waitFor()
  await side.getByRole('button', { name: 'Start walking' }).click()
  await side.getByRole('button', { name: 'End walk' }).waitFor()
  await side.getByText(/Your organisation keeps Wince away from/).waitFor()

  // One on it is, and its picture is covered whole.
  await tab.goto(`${portal.otherOrigin}/sign-in`)
  await browser.clickAction(tab)
  await side.getByRole('button', { name: 'Allow this site for this walk' }).click()
  await browser.acceptPermissionPrompt()
  await browser.clickAction(tab)
  await waitFor(
    async () =>
      (await side.getByRole('button', { name: /everything covered/ }).count()) > 0 || undefined,
    'a picture that is covered whole',
  )
  await browser.close()
  managed.remove()
})

test('a site that the organisation takes off its list is followed no further, in the middle of a walk', async () => {
  const managed = manageExtension({ allowedPortals: [portal.origin] })
  const browser = await launchChromium({ folder: managed.folder })
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  const world = await watchExtensionWorld(browser, tab)
  const side = await browser.openPanel(tab)
  await startErrand(browser, side)
  await waitFor(async () => (await world.scripts()).length || undefined, 'the trail')

  managed.set({ allowedPortals: [portal.otherOrigin] })
  const worker = await browser.serviceWorker()
  await waitFor(
    async () =>
      JSON.stringify(await worker.evaluate('chrome.storage.managed.get()')).includes(
        portal.otherOrigin,
      ) || undefined,
    'the browser to hear of the other list',
    60_000,
  )
  await tab.goto(`${portal.origin}/search?q=wifi`)

  await side.locator('ol.tl').getByText('A page that Wince does not see').waitFor()
  expect(await world.scripts()).toEqual([])
  await browser.close()
  managed.remove()
})
