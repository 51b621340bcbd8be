import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type LaunchedFirefox, launchFirefox } from '../support/firefox'
import { type Sidebar, openSidebar } from './firefox-steps'
import { startListener, writePairing } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

const WORDS = 'Nobody on a ward knows a MAC address.'

interface SentOp {
  kind: string
  payload: {
    words?: string
    place?: { kind: string; anchor?: { name: string } }
    attachments?: { covered: number; everythingCovered: boolean }[]
    steps?: { kind: string; name?: string; title?: string; message?: string }[]
  }
}

let portal: Portal
let firefox: LaunchedFirefox
beforeAll(async () => {
  portal = await startPortal()
  firefox = await launchFirefox()
})
afterAll(async () => {
  await firefox?.close()
  await portal.stop()
})

test('the panel says what Firefox does not do: hand on keys with Alt', async () => {
  const panel = await openSidebar(firefox)
  await panel.press('Settings')

  await panel.waitToRead('Ctrl Shift F')
  expect(await panel.read()).toContain('Firefox hands no key with Alt in it to extensions')
  await panel.press('Back to home')
})

test('a walk in Firefox: asked for its site, a trail, a silent note, one with words, one on an error page, all sent', async () => {
  const team = await startListener()
  const opened = await firefox.openExtensionPage('sidepanel.html')
  await opened.evaluate(writePairing, [team.origin, false] as const)
  await opened.close()
  const tab = await firefox.browser.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  await tab.bringToFront()
  const panel = await openSidebar(firefox)
  await start(panel)

  await panel.waitToRead('Opened Results for')
  await tab.goto(`${portal.origin}/requests/new`)
  await panel.waitToRead('Opened Network Access Provisioning')
  await tab.click('form button')
  await panel.waitToRead('Submit request')
  await tab.hover('form button')
  await pressMomentKey(tab)
  await panel.waitToRead('covered')
  await save(panel)
  await panel.press('Embarrassing')
  await panel.press('Wrong name')
  await panel.type('#words', WORDS)
  await save(panel)
  await tab.goto('http://127.0.0.1:9/').catch(() => {})
  await pressMomentKey(tab)
  await save(panel)
  await send(panel)
  await expect.poll(() => team.bodies.join(''), { timeout: 15_000 }).toContain('note.add')

  const ops = team.bodies.flatMap((body) => (JSON.parse(body) as { ops: SentOp[] }).ops)
  const [silent, worded, onError] = ops
    .filter(({ kind }) => kind === 'note.add')
    .map(({ payload }) => payload)
  expect(silent?.place?.anchor?.name).toBe('Submit request')
  expect(silent?.attachments).toEqual([
    expect.objectContaining({ covered: 4, everythingCovered: false }),
  ])
  expect(worded?.words).toBe(WORDS)
  expect(onError?.attachments).toEqual([])
  expect(ops.flatMap(({ payload }) => payload.steps ?? [])).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'page', title: 'Network Access Provisioning (L2)' }),
      expect.objectContaining({ kind: 'click', name: 'Submit request' }),
      expect.objectContaining({ kind: 'error', message: 'MAC address: required' }),
    ]),
  )
  team.stop()
})

/** As a person does, with the browser's own question answered yes. */
async function start(panel: Sidebar): Promise<void> {
  await panel.press('Walk a service')
  await panel.press('I forgot my password')
  await panel.waitToRead(/Wince will see 127\.0\.0\.1:\d+ only/)
  await panel.press('Start walking')
  await firefox.acceptPermissionPrompt()
  await panel.waitToRead('End walk')
}

/** Until the composer has gone, so that what is pressed next is the walk’s. */
async function save(panel: Sidebar): Promise<void> {
  await panel.press('Save note')
  await panel.waitToRead('Just mark this moment')
}

/** Send wakes once the preview was in sight. */
async function send(panel: Sidebar): Promise<void> {
  await panel.press('End walk')
  await panel.press('Partly')
  await panel.press('Look at each note')
  await panel.press('Send 3 notes to')
}

async function pressMomentKey(page: Page): Promise<void> {
  await page.bringToFront()
  if (firefox.pressesRealKeys) await firefox.pressKeys('ctrl+shift+f')
  else await firefox.clickAction()
}
