import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { root } from '../../scripts/tools.mjs'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { watchExtensionWorld } from '../support/extension-world'
import { hasScreen } from '../support/screen'
import { startErrand } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

let portal: Portal
let browser: LaunchedChromium
beforeAll(async () => {
  portal = await startPortal()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await portal.stop()
})

/** Whether the page is what its server sent, and nothing more. */
function isAsSent(tab: Page): Promise<boolean> {
  return tab.evaluate(async () => {
    const sent = await (await fetch(location.href)).text()
    const parsed = new DOMParser().parseFromString(sent, 'text/html')
    const text = (of: Document) => new XMLSerializer().serializeToString(of)
    return text(parsed) === text(document)
  })
}

test('nothing is put into any page by itself', () => {
  for (const build of ['chrome-mv3', 'firefox-mv3']) {
    const manifest = JSON.parse(
      readFileSync(join(root, 'dist/extension', build, 'manifest.json'), 'utf8'),
    ) as object

    expect(manifest).not.toHaveProperty('content_scripts')
    expect(manifest).not.toHaveProperty('host_permissions')
  }
})

test('without a walk a page holds nothing of the extension: no script, no listener, no element', async () => {
  const tab = await browser.context.newPage()
  const world = await watchExtensionWorld(browser, tab)
  await tab.goto(`${portal.origin}/names`)
  await browser.openPanel(tab)
  await tab.bringToFront()
  await tab.getByText('Section one').click()
  await tab.waitForTimeout(1_500)

  expect(world.contexts()).toEqual([])
  expect(await world.scripts()).toEqual([])
  expect(await world.listeners()).toEqual([])
  expect(await isAsSent(tab)).toBe(true)
  await tab.close()
})

describe.runIf(hasScreen)('with a walk', () => {
  test('a page is listened to, still holds no element, and after End walk nobody listens', async () => {
    const tab = await browser.context.newPage()
    const world = await watchExtensionWorld(browser, tab)
    await tab.goto(`${portal.origin}/names`)
    const panel = await browser.openPanel(tab)
    // It is open already; the click lets it see this tab.
    await browser.clickAction(tab)
    await startErrand(browser, panel)
    await expect.poll(() => world.contexts().length).toBe(1)
    const [contextId] = world.contexts()
    await expect.poll(() => world.listeners(contextId)).toContain('click')
    const urls = (await world.scripts()).map(({ url }) => url.split('/').at(-1))

    expect(urls).toContain('page-trail.js')
    expect(await world.listeners()).toEqual([])
    expect(await isAsSent(tab)).toBe(true)

    await panel.getByRole('button', { name: 'End walk' }).click()
    await expect.poll(() => world.listeners(contextId)).toEqual([])
    await tab.goto(`${portal.origin}/sign-in`)
    await tab.waitForTimeout(1_000)

    expect(await world.scripts()).toEqual([])
    for (const context of [undefined, ...world.contexts()])
      expect(await world.listeners(context)).toEqual([])
    expect(await isAsSent(tab)).toBe(true)
  })
})
