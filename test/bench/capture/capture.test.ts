import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { root } from '../../../scripts/tools.mjs'
import { startErrand } from '../../e2e/panel-steps'
import { type Portal, startPortal } from '../../e2e/portal/portal'
import { type LaunchedChromium, launchChromium } from '../../support/chromium'
import { openExtensionClock, timeMoment, watchShift } from '../../support/extension-clock'
import { type WorldScript, watchExtensionWorld } from '../../support/extension-world'
import {
  clickTimes,
  costOfLoad,
  median,
  percentile,
  timeScript,
  watchClicks,
  watchMoments,
} from './page-costs'

const PRESSES = 40
const COLD_STARTS = 5
const ROUNDS = 7
const CLICKS = 30
const MASK_RUNS = 25
/** So long after a load what it started is over. In ms. */
const REST_MS = 2_500

/** In the order of the line that they end up in. */
const FIGURES = [
  'keyToDurableP50Ms',
  'keyToDurableP95Ms',
  'injectedGzBytes',
  'idleInjectedBytes',
  'clickOverheadMs',
  'loadOverheadMs',
  'maskMs',
] as const
/** Lines of their own, before that one. */
const told: string[] = []
const figures: Partial<Record<(typeof FIGURES)[number], number>> = {}
let portal: Portal
let browser: LaunchedChromium
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal?.stop())
// A browser of its own for each: nothing of one measurement goes on in the next.
beforeEach(async () => {
  browser = await launchChromium()
})
afterEach(() => browser?.close())

async function openTab(path: string): Promise<Page> {
  const tab = await browser.context.newPage()
  await tab.goto(portal.origin + path)
  await tab.bringToFront()
  return tab
}

function tell(what: string, times: readonly number[]): void {
  const words = times.map((ms) => ms.toFixed(2)).join(' ')
  console.log(`${what}: median ${median(times).toFixed(2)} ms of ${words}`)
}

function sizeOf(scripts: readonly WorldScript[]): { bytes: number; gzBytes: number } {
  const bytes = scripts.reduce((sum, { source }) => sum + Buffer.byteLength(source), 0)
  return { bytes, gzBytes: scripts.reduce((sum, { source }) => sum + gzipSync(source).length, 0) }
}

test('without a walk nothing is put into a page', async () => {
  const tab = await browser.context.newPage()
  const world = await watchExtensionWorld(browser, tab)
  await tab.goto(`${portal.origin}/large`)
  await tab.waitForTimeout(1_000)
  figures.idleInjectedBytes = sizeOf(await world.scripts()).bytes
  expect(await world.listeners()).toEqual([])
})

test('from the key to the disk', async () => {
  const clock = await openExtensionClock(browser)
  const tab = await openTab('/requests/new')
  await watchShift(tab)
  await tab.getByRole('button', { name: 'Submit request' }).hover()
  const times: number[] = []
  for (let press = 0; press < PRESSES; press += 1) {
    times.push(await timeMoment(browser, clock, tab))
    // What a moment starts, its picture above all, is over before the next.
    await tab.waitForTimeout(1_200)
  }
  // The first one finds the panel closed.
  tell('key to durable', times)
  figures.keyToDurableP50Ms = percentile(times, 0.5)
  figures.keyToDurableP95Ms = percentile(times, 0.95)
  expect(await clock.notes()).toHaveLength(PRESSES)
})

test('from the first key of a cold browser, whose panel is closed, to the disk', async () => {
  const durable: number[] = []
  const heard: number[] = []
  for (let start = 0; start < COLD_STARTS; start += 1) {
    if (start > 0) browser = await launchChromium()
    const clock = await openExtensionClock(browser)
    const tab = await openTab('/requests/new')
    await watchShift(tab)
    await watchMoments(await browser.serviceWorker())
    heard.push(await timeMoment(browser, clock, tab))
    const endedAt = await (await browser.serviceWorker()).evaluate<number>('momentEndedAt')
    durable.push(endedAt - ((await tab.evaluate<number[]>('shifts'))[0] ?? Number.NaN))
    expect(await clock.notes()).toHaveLength(1)
    // The last one is closed like all others.
    if (start < COLD_STARTS - 1) await browser.close()
  }
  tell('key to durable, cold', durable)
  tell('key to durable, cold, until another tab hears of it', heard)
  told.push(
    `cold first key: ${median(durable).toFixed(0)} ms until the transaction has ended, ${median(heard).toFixed(0)} ms until a tab behind hears of it (medians of ${COLD_STARTS} browsers)`,
  )
})

test('what a walk costs a page of ten thousand elements', async () => {
  const costs = { clicks: [[], []], load: [[], []] } as Record<
    'clicks' | 'load',
    [number[], number[]]
  >
  const tab = await browser.context.newPage()
  await watchClicks(tab)
  await tab.goto(`${portal.origin}/large`)
  await tab.bringToFront()
  const world = await watchExtensionWorld(browser, tab)
  const panel = await browser.openPanel(tab)
  await world.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })

  const measure = async (isWalking: 0 | 1) => {
    costs.load[isWalking].push(await costOfLoad(world.cdp, REST_MS, tab))
    // Pages tell time in steps of 0.1 ms: only the mean of many says more.
    const spans = await clickTimes(tab, CLICKS)
    costs.clicks[isWalking].push(spans.reduce((sum, ms) => sum + ms, 0) / spans.length)
  }
  await startErrand(browser, panel)
  await tab.bringToFront()
  await expect.poll(() => world.contexts().length).toBe(1)
  await tab.waitForTimeout(1_000)
  figures.injectedGzBytes = sizeOf(await world.scripts()).gzBytes
  // A debugger makes scripts slower: only the page is asked from here on.
  await world.cdp.send('Debugger.disable')
  await world.cdp.send('Runtime.disable')
  // In turn, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    await panel.getByRole('button', { name: 'Pause the walk' }).click()
    await measure(0)
    await panel.getByRole('button', { name: 'Go on walking' }).click()
    await measure(1)
  }

  tell('listeners at a click without a walk', costs.clicks[0])
  tell('listeners at a click during a walk', costs.clicks[1])
  tell('load without a walk, CPU', costs.load[0])
  tell('load during a walk, CPU', costs.load[1])
  figures.clickOverheadMs = median(costs.clicks[1]) - median(costs.clicks[0])
  figures.loadOverheadMs = median(costs.load[1]) - median(costs.load[0])
  await expect.poll(() => panel.locator('ol.tl').textContent()).toContain('Rate article 0')

  await world.cdp.send('Runtime.enable')
  await expect.poll(() => world.contexts().length).toBeGreaterThan(0)
  const contextId = world.contexts().at(-1) ?? 0
  const mask = readFileSync(join(root, 'dist/extension/chrome-mv3/page-mask.js'), 'utf8')
  const times = await timeScript(world, contextId, mask, MASK_RUNS)
  tell('mask, CPU', times)
  figures.maskMs = median(times)
})

afterAll(() => {
  const path = process.env['WINCE_BENCH_RESULT']
  const rounded = FIGURES.map((name) => [
    name,
    Math.round((figures[name] ?? Number.NaN) * 100) / 100,
  ])
  if (path) writeFileSync(path, [...told, JSON.stringify(Object.fromEntries(rounded))].join('\n'))
})
