import { afterAll, beforeAll, expect, test } from 'vitest'

import type { CallersCall } from '#shared/menu-tree'

import { expectAxeClean } from '../support/axe'
import { callBy, ends, menuCalls, offers, press, stepsOf } from '../support/menu-calls'
import { newPart, newWalk } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { HELP_LINE, HELP_LINE_DESIGN, helpLineCalls, helpLineNotes } from './story/help-line'
import { type Leader, openDesk, sidewaysOf, type TriageDesk } from './story/triage'

/** From the click to the drawn tree, in the page. */
const DRAWN_WITHIN_MS = 1_000
const BIG = '1300'

let desk: TriageDesk
const leaders = new Map<string, Leader>()

beforeAll(async () => {
  desk = await openDesk()
  await desk.page.addInitScript(watchTree)
}, 180_000)

afterAll(() => desk?.close())

/** Runs in the page: notes when the first node of the tree had been painted. */
function watchTree(): void {
  const seen = globalThis as unknown as { drawnAt?: number }
  const observer = new MutationObserver(() => {
    if (document.querySelector('.tree .n') === null) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => (seen.drawnAt = performance.now())))
  })
  observer.observe(document, { childList: true, subtree: true })
}

async function call(calls: readonly CallersCall[], number: string): Promise<void> {
  for (const each of calls) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const leader = leaders.get(each.callerId) ?? (await desk.addLeader(each.callerId))
    leaders.set(each.callerId, leader)
    const walk = newWalk({ startedAt: each.call.dialledAt })
    // oxlint-disable-next-line no-await-in-loop -- see above
    await leader.sendPart(newPart({ walk, steps: stepsOf(each, number) }))
  }
}

test('before anybody called, the page says how a map comes about', async () => {
  const { page, worker } = desk
  await page.goto(worker.origin)

  await page.getByRole('link', { name: 'Voice menus' }).click()

  await page.getByRole('heading', { name: 'No menu has been walked yet' }).waitFor()
  await expectAxeClean(page)
  await takeScreenshots(page, 'menu-empty')
})

test('the map of 300 calls of 12 steps is drawn within a second', async () => {
  const { page, worker } = desk
  await call(menuCalls(300), BIG)

  await page.goto(`${worker.origin}/menus`)
  const link = page.getByRole('link', { name: BIG })
  await link.waitFor()
  const cdp = await desk.browser.context.newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const cpuMs = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  const before = await cpuMs()

  await link.click()

  await page.getByRole('button', { name: 'Greeting' }).waitFor()
  await page.waitForFunction(() => 'drawnAt' in globalThis)
  const workedMs = (await cpuMs()) - before
  const { arrivedMs, drawnMs, nodes } = await page.evaluate((address) => {
    const answer = performance.getEntriesByName(address)[0] as PerformanceResourceTiming
    const { drawnAt } = globalThis as unknown as { drawnAt: number }
    return {
      arrivedMs: answer.responseEnd - answer.requestStart,
      drawnMs: drawnAt - answer.responseEnd,
      nodes: document.querySelectorAll('.tree .n').length,
    }
  }, `${worker.origin}/app/menus/${BIG}`)
  console.info(
    `300 calls of 12 steps: answered in ${Math.round(arrivedMs)} ms, ${nodes} nodes drawn ${Math.round(drawnMs)} ms after it; ` +
      `from the click ${Math.round(workedMs)} ms of CPU`,
  )
  expect(nodes).toBeGreaterThan(100)
  // What a clock on the wall says is the machine's load as much as ours.
  expect(workedMs).toBeLessThanOrEqual(DRAWN_WITHIN_MS)
  await expectAxeClean(page)
  await takeScreenshots(page, 'menu-300')
}, 180_000)

test('a map says what matters first, and a place opens its notes by keyboard', async () => {
  const { page, worker } = desk
  await call(helpLineCalls(['ada', 'ben', 'cem', 'dora']), HELP_LINE)
  await leaders.get('ada')?.send(helpLineNotes())

  await page.goto(`${worker.origin}/menus`)
  await page.getByRole('link', { name: HELP_LINE }).click()

  await page.getByText('15 of 23 calls never reached a person.').waitFor()
  await page.getByText('23 calls by 4 leaders, November').waitFor()
  await page.getByText('The quickest way to one is 4, Clinical systems: 0:58.').waitFor()

  const isAtNode = () => page.evaluate(() => document.activeElement?.matches('.n') ?? false)
  for (let tab = 0; tab < 40 && !(await isAtNode()); tab += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one key after the other
    await desk.press('Tab')
  }
  expect(await isAtNode()).toBe(true)
  await desk.press('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown')
  await desk.press('ArrowDown', 'Enter')
  const place = page.getByRole('region', { name: 'A person' })
  await place.getByText('It is a voicemail that is full.').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('1 › 3 › 0A person')
  expect(await place.getByRole('definition').allTextContents()).toContain('Voicemail 6')
  await expectAxeClean(page)
  await takeScreenshots(page, 'menu-place')
  await desk.press('Escape')
  await place.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(
    'Voicemail, 8:11',
  )
}, 120_000)

test('of a menu that changed the newest version is shown, and each of the others is a choice', async () => {
  const { page, worker } = desk
  const [problem, request] = [offers('1', 'A problem'), offers('1', 'A request')]
  await call(
    [
      callBy('ada', 1, problem, press('1'), ends('dropped')),
      callBy('ben', 2, problem, press('1'), ends('dropped')),
      callBy('cem', 12, request, press('1'), ends('callback')),
      callBy('dora', 13, request, press('1'), ends('callback')),
    ],
    '1500',
  )
  await page.goto(`${worker.origin}/menus/1500`)

  await page.getByText('What changed: 1 was “A problem”, now it is “A request”.').waitFor()
  await page.getByRole('button', { name: '1 A request Callback' }).waitFor()
  await page.getByLabel('Version').selectOption({ label: 'Until 2 November' })

  await page.getByRole('button', { name: '1 A problem Dropped' }).waitFor()
  await page.getByText('2 calls by 2 leaders, November').waitFor()
  expect(new URL(page.url()).search).toBe('?version=0')
  await expectAxeClean(page)
  await takeScreenshots(page, 'menu-version')
}, 60_000)

test('a design with a bad line is refused by its line, a good one shows what nobody reached', async () => {
  const { page, worker, complaints } = desk
  await page.goto(`${worker.origin}/menus/helpline4357`)
  await page.getByRole('button', { name: 'Import the design' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import the design' })

  await dialog.getByLabel('The menu as it was designed').fill(`${HELP_LINE_DESIGN}\nnonsense`)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()

  const problem = dialog.getByRole('alert')
  await problem.getByText('Nothing was imported.').waitFor()
  expect(await problem.getByRole('listitem').allTextContents()).toEqual([
    'Line 14 “nonsense” begins with no key. Write it as “1 A problem”.',
  ])
  await expectAxeClean(page)
  await takeScreenshots(page, 'menu-import')
  expect(worker.query('SELECT * FROM menu_design')).toEqual([])

  await dialog.getByLabel('Or a file').setInputFiles({
    name: 'menu.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(HELP_LINE_DESIGN),
  })
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()

  await page.getByText('The design has 12 options.').waitFor()
  await page.getByRole('button', { name: '4 Printing never reached' }).waitFor()
  await page.getByText('Printing is 1 › 4. Nobody reached it.').waitFor()
  await page.getByRole('row', { name: /1 › 4 Printing In the design, never reached/ }).waitFor()
  await page.getByRole('button', { name: 'Close this message' }).click()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'menu-map')
  await page.setViewportSize({ width: 640, height: 400 })
  await takeScreenshots(page, 'menu-map-200')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByText('List', { exact: true }).click()
  await page.getByRole('table', { name: 'Every option of the menu' }).waitFor()
  expect(await page.getByRole('table', { name: 'Every option' }).getByRole('row').count()).toBe(14)
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'menu-list')
  expect(complaints).toEqual([])
}, 120_000)
