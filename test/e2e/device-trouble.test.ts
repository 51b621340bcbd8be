import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { hasScreen } from '../support/screen'
import { pickSeed, seededRandom } from '../support/seeded'
import { waitFor } from '../support/wait-for'
import { readDevice } from './kill/device'
import { pairWith, panelAddress, startErrand } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

const isLong = process.env['WINCE_LONG'] === '1'
const seed = pickSeed()
const random = seededRandom(seed)
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

let portal: Portal
let browser: LaunchedChromium
let tab: Page
let panel: Page
beforeAll(async () => {
  console.log(`SEED=${seed}`)
  portal = await startPortal()
})
afterAll(() => portal.stop())
beforeEach(async () => {
  browser = await launchChromium()
  tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  panel = await browser.openPanel(tab)
  await startErrand(browser, panel)
})
afterEach(() => browser.close())

describe.runIf(hasScreen)('a device in trouble', () => {
  test('with 2 MB keeps the words of 100 notes, and says that a picture has no room', async () => {
    const cdp = await browser.context.newCDPSession(panel)
    await panel.evaluate(keepPictureOf, 1_000_000)
    await allow(cdp, 2_000_000)
    const texts = Array.from({ length: 100 }, (_, index) => `Note ${index}: no words for this 😬`)

    for (const [index, text] of texts.entries()) {
      await panel.getByRole('button', { name: 'Embarrassing', exact: true }).click()
      await panel.getByLabel('What happened?').fill(text)
      if (index === 0)
        await panel.getByText('this device has room for words, not for pictures').waitFor()
      await panel.keyboard.press('Control+Enter')
      await panel.getByLabel('What happened?').waitFor({ state: 'detached' })
    }

    const { notes, pictures } = await readDevice(panel)
    expect(notes.map(({ words }) => words).toSorted()).toEqual(texts.toSorted())
    expect(
      notes.every(({ state, attachments }) => state === 'kept' && attachments.length === 0),
    ).toBe(true)
    expect(pictures).toHaveLength(1)
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByRole('button', { name: 'Send it later' }).click()
    await panel.getByRole('heading', { name: 'Room for words, not for pictures' }).waitFor()
    await expectAxeClean(panel)
  })

  test('upgrades its database under a full outbox, and an older Wince saves it as a file', async () => {
    await pairWith(panel, 'http://127.0.0.1:9')
    for (let index = 1; index <= 3; index += 1) {
      await panel.getByRole('button', { name: 'Embarrassing', exact: true }).click()
      await panel.getByLabel('What happened?').fill(`Waits ${index}`)
      await panel.keyboard.press('Control+Enter')
      await panel.getByLabel('What happened?').waitFor({ state: 'detached' })
    }
    await panel.getByRole('button', { name: 'End walk' }).click()
    const send = panel.getByRole('button', { name: /^Send/ }).and(panel.locator('.primary'))
    await waitFor(
      async () => (await send.getAttribute('aria-disabled')) !== 'true' || undefined,
      'Send to wake',
    )
    await send.click()
    await panel.getByRole('button', { name: 'Done' }).waitFor()
    const before = JSON.stringify((await readDevice(panel)).outbox)

    const newer = await browser.context.newPage()
    await newer.goto(`chrome-extension://${browser.extensionId}/manifest.json`)
    const upgradedMs = await newer.evaluate(upgradeDatabase)

    expect(upgradedMs).toBeLessThan(5_000)
    expect(JSON.stringify((await readDevice(newer)).outbox)).toBe(before)
    await panel.getByRole('heading', { name: 'Wince cannot open its notes' }).waitFor()
    await expectAxeClean(panel)
    const saving = panel.waitForEvent('download')
    await panel.getByRole('button', { name: /as a file/ }).click()
    const zip = unzipSync(readFileSync(await (await saving).path()))
    const file = strFromU8(zip['wince.json'] ?? new Uint8Array())
    for (const words of ['Waits 1', 'Waits 2', 'Waits 3']) expect(file).toContain(words)
    expect(JSON.stringify((await readDevice(newer)).outbox)).toBe(before)
  })

  test('that dies while somebody types loses half a second of keys at most', async () => {
    await panel.close()
    const rounds = isLong ? 20 : 6
    let worstMs = 0
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.context.newPage()
      await page.goto(panelAddress(browser))
      await page.getByRole('button', { name: 'Liked', exact: true }).click()
      await page.getByLabel('What happened?').focus()
      const typed: { key: string; at: number }[] = []
      const endsAt = Date.now() + 300 + random() * 2_200
      while (Date.now() < endsAt) {
        const key = String.fromCharCode(97 + Math.floor(random() * 26))
        await page.keyboard.press(key)
        typed.push({ key, at: Date.now() })
        await sleep(random() * 60)
      }
      // A crash takes every page of the extension and its background with it.
      if (round % 2 === 0) await page.close()
      else await crash(page)
      const diedAt = Date.now()

      const after = await browser.context.newPage()
      await after.goto(panelAddress(browser))
      const drafts = (await readDevice(after)).notes.toSorted((one, other) => other.at - one.at)
      const kept = drafts[0]?.words ?? ''
      const text = typed.map(({ key }) => key).join('')
      expect(text.startsWith(kept), `SEED=${seed}: “${kept}” of “${text}”`).toBe(true)
      const firstLost = typed[kept.length]
      const lostMs = firstLost === undefined ? 0 : diedAt - firstLost.at
      worstMs = Math.max(worstMs, lostMs)
      expect(lostMs, `SEED=${seed}, round ${round}`).toBeLessThanOrEqual(500)
      await after.close()
    }
    console.log(`${rounds}/${rounds} drafts: ${Math.round(worstMs)} ms of keys lost at most`)
  })

  test('that is asked for ten moments at once keeps each, and takes two pictures a second at most', async () => {
    const failures: string[] = []
    panel.on('pageerror', (error) => failures.push(String(error)))
    browser.context.on('weberror', (error) => failures.push(String(error.error())))
    await panel.evaluate(watchShots)
    await tab.bringToFront()

    await browser.pressKeys(...Array.from({ length: 10 }, () => 'alt+shift+s'))

    await waitFor(
      async () => (await readDevice(panel)).notes.length === 10 || undefined,
      'ten moments',
    )
    const shots = await waitFor(async () => {
      const before = await panel.evaluate(listShots)
      await sleep(2_500)
      const after = await panel.evaluate(listShots)
      return after.length > 0 && after.length === before.length ? after : undefined
    }, 'the last picture')
    for (const [index, at] of shots.entries()) {
      const third = shots[index + 2]
      if (third !== undefined) expect(third - at).toBeGreaterThan(1_000)
    }
    expect(failures).toEqual([])
    console.log(`${shots.length} pictures for ten keys`)
  })
})

async function allow(cdp: CDPSession, quotaSize: number): Promise<void> {
  const origin = `chrome-extension://${browser.extensionId}`
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
}

/** The process of a page ends; playwright hears of it by an event. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const cdp = await browser.context.newCDPSession(page)
  cdp.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}

/** In the panel: a picture that takes so much of the room. */
function keepPictureOf(bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('wince')
    opening.addEventListener('error', () => reject(new Error('no database')))
    opening.addEventListener('success', () => {
      const transaction = opening.result.transaction('picture', 'readwrite')
      const noise = Uint8Array.from({ length: bytes }, () => Math.random() * 256)
      const blob = new Blob([noise], { type: 'image/webp' })
      transaction.objectStore('picture').put({ sha256: 'f'.repeat(64), blob, state: 'kept' })
      transaction.addEventListener('complete', () => {
        opening.result.close()
        resolve()
      })
    })
  })
}

/** In a page of the extension: what the next version of Wince may do; gives back how long it took. */
function upgradeDatabase(): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('wince', 1_000)
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('later'))
    opening.addEventListener('error', () => reject(new Error('not upgraded')))
    opening.addEventListener('success', () => {
      opening.result.close()
      resolve(performance.now() - startedAt)
    })
  })
}

interface Watched {
  shots?: number[]
  chrome: { tabs: { captureVisibleTab: (...given: unknown[]) => unknown } }
}

/** In the panel: remembers when the browser was asked for a picture. */
function watchShots(): void {
  const page = globalThis as unknown as Watched
  const shots: number[] = (page.shots = [])
  const real = page.chrome.tabs.captureVisibleTab
  page.chrome.tabs.captureVisibleTab = (...given) => {
    shots.push(Date.now())
    return real(...given)
  }
}

function listShots(): number[] {
  return [...((globalThis as unknown as Watched).shots ?? [])]
}
