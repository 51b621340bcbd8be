import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { storyHtml } from '#shared/story'
import { totalsOf, type WalkPart } from '#shared/walk'

import { root } from '../../scripts/tools.mjs'
import { expectAxeClean } from '../support/axe'
import {
  daysWalk,
  ERRAND,
  juneWalk,
  longWalk,
  type PlayedWalk,
  wifiWalk,
} from '../support/played-walk'
import { newPart } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { openDesk, sidewaysOf, type TriageDesk } from './story/triage'

/** What takes longer is felt, in ms. */
const LONGEST_TASK_MS = 100
const TRIES = 3
const STEPS = 2_000
const STEPS_A_PART = 1_000

let desk: TriageDesk
const [wifi, june, days, long] = [wifiWalk(), juneWalk(), daysWalk(), longWalk(STEPS)]

beforeAll(async () => {
  desk = await openDesk()
  for (const played of [june, days, wifi, long]) {
    // oxlint-disable-next-line no-await-in-loop -- in their order, as a browser sends them
    await sendWalk(played)
  }
}, 300_000)

afterAll(() => desk?.close())

async function sendWalk({ walk, steps, notes }: PlayedWalk): Promise<void> {
  const totals = totalsOf(walk, steps, walk.startedAt)
  const debrief: WalkPart['debrief'] = { done: 'no', effort: 6, line: 'Not today.', fixFirst: null }
  for (let from = 0, part = 1; from < steps.length; from += STEPS_A_PART, part += 1) {
    const chunk = steps.slice(from, from + STEPS_A_PART)
    // oxlint-disable-next-line no-await-in-loop -- one part after the other
    await desk.leader.sendPart(newPart({ walk, part, steps: chunk, totals, debrief }))
  }
  await desk.leader.send(notes)
}

async function open({ walk }: PlayedWalk): Promise<void> {
  await desk.page.goto(`${desk.worker.origin}/walks/${walk.id}`)
  await desk.page.getByRole('heading', { level: 1, name: walk.errand ?? '' }).waitFor()
  await desk.page.getByRole('region', { name: 'The chosen moment' }).waitFor()
}

const here = () => desk.page.locator('.lines [aria-current=step]')
const where = () => desk.page.locator('.stage .where')

const isSmooth = ({ tasks }: { tasks: number[] }) => Math.max(0, ...tasks) <= LONGEST_TASK_MS

/** Scrolls the list and then the page from top to end, a turn a frame, and hears of long tasks. */
function scrollToEnd(): Promise<{ tasks: number[]; frames: number; height: number }> {
  return desk.page.evaluate(async () => {
    const tasks: number[] = []
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    )
    const box = document.querySelector('.lines')
    if (!box) throw new Error('no list')
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const scrollers = [box, document.scrollingElement ?? document.body]
    for (const scroller of scrollers) scroller.scrollTop = 0
    await nextFrame()
    await nextFrame()
    observer.observe({ entryTypes: ['longtask'] })
    let frames = 0
    for (const scroller of scrollers) {
      let before = -1
      while (scroller.scrollTop !== before) {
        before = scroller.scrollTop
        scroller.scrollTop += 400
        frames += 1
        await nextFrame()
      }
    }
    await nextFrame()
    await nextFrame()
    observer.disconnect()
    return { tasks, frames, height: box.scrollHeight }
  })
}

test('the walks are a list, the newest first, that leads to each', async () => {
  const { page, worker } = desk
  await page.goto(worker.origin)
  await page.getByRole('link', { name: 'Walks', exact: true }).click()

  const list = page.getByRole('list', { name: 'Walks' })
  await list.getByRole('listitem').first().waitFor()
  expect(await list.getByRole('listitem').count()).toBe(4)
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'walks')
  await list.getByRole('link', { name: ERRAND }).first().click()
  await page.getByRole('region', { name: 'The chosen moment' }).waitFor()
})

test('a walk is played back beside the earlier one, with its exact times', async () => {
  const { page } = desk
  await open(wifi)

  expect(await page.locator('.lead .soft').textContent()).toContain('Not done after 31 min.')
  const times = await page.locator('.lines time').allTextContents()
  expect(times.slice(0, 4)).toEqual(['0:00', '0:40', '0:53', '3:10'])
  expect(times).toContain('21:13')
  const select = page.getByRole('combobox', { name: 'Compared with' })
  await page.getByRole('region', { name: 'Both walks on one time line' }).waitFor()
  expect(await select.inputValue()).toBe(june.walk.id)
  const figures = page.getByRole('region', { name: 'Then and now' })
  expect(await figures.getByRole('row', { name: /Start to end/ }).textContent()).toBe(
    'Start to end38:2031:08less by 7:12',
  )

  await page.locator('.lines button', { hasText: 'voicemail' }).click()
  const moment = page.getByRole('region', { name: 'The chosen moment' })
  expect(await moment.locator('blockquote').textContent()).toContain('Nearly seven minutes')
  expect(await moment.locator('.call').textContent()).toBe('4357130on hold6:39')
  expect(await moment.textContent()).toContain(
    'the same keys led to 7:36 on hold, a transfer and then a dropped call',
  )
  expect(await moment.getByRole('link', { name: /^Open #\d+$/ }).count()).toBe(1)
  expect(await moment.getByRole('link', { name: 'See it on the map' }).getAttribute('href')).toBe(
    '/menus/4357',
  )
  expect(await where().textContent()).toMatch(/^21:13Step \d+ of \d+, on the phone$/)

  await page.getByText('The same as a table').click()
  const table = page.getByRole('table', { name: 'The time line as a table' })
  await table
    .getByRole('row', { name: /On hold/ })
    .first()
    .waitFor()
  expect(await table.getByRole('row', { name: /On hold/ }).allTextContents()).toContainEqual(
    expect.stringContaining('14:34On hold6:39'),
  )
  await expectAxeClean(page)
  await page.getByText('The same as a table').click()
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'd6-walk-playback')
  await page.setViewportSize({ width: 640, height: 400 })
  await takeScreenshots(page, 'd6-walk-playback.200')
  await expectAxeClean(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  await select.selectOption('')
  await page.getByRole('region', { name: 'In figures' }).waitFor()
})

test('everything moves by keyboard', async () => {
  const { page, press } = desk
  await open(wifi)
  await press('Home')
  expect(await where().textContent()).toContain('0:00Step 1 of')
  await press('ArrowRight', 'ArrowRight', 'ArrowLeft')
  expect(await where().textContent()).toContain('0:40Step 2 of')
  await press('End')
  expect(await here().textContent()).toContain('My items')

  await press('Home', 'Space')
  await page.getByRole('button', { name: 'Pause, space' }).waitFor()
  await page.getByText('Step 2 of').waitFor()
  await press('Space')
  await page.getByRole('button', { name: 'Play, space' }).waitFor()

  // The list is one stop of the Tab key, and the arrows go on from there.
  await here().focus()
  await press('ArrowDown')
  await expect.poll(() => here().evaluate((line) => line === document.activeElement)).toBe(true)
  expect(await page.locator('.lines [tabindex="0"]').count()).toBe(1)
})

test('days of waiting are a gap that says how long it was', async () => {
  const { page } = desk
  await open(days)

  expect(await page.locator('.lines .gap').allTextContents()).toEqual(['2 days 3 h later'])
  expect(await page.locator('.stage .trace').textContent()).toContain('2 days 3 h')
  expect(await page.locator('.lines time').allTextContents()).toContain('51:05:00')
  await expectAxeClean(page)
  await takeScreenshots(page, 'walk-over-days')
})

test('the story is one page that prints on one sheet, and nothing written in it runs', async () => {
  const { page, worker, browser } = desk
  await open(wifi)
  await page.getByRole('link', { name: 'Show in a meeting' }).click()
  const frame = page.frameLocator('iframe[title="The story of the walk"]')
  await frame.getByRole('heading', { level: 1, name: ERRAND }).waitFor()
  expect(await frame.locator('.note').count()).toBe(6)
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'story-page')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save as a file' }).click()
  expect((await download).suggestedFilename()).toBe('walk.html')
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.tagName)).toBe('IFRAME')
  await page.evaluate(() => document.exitFullscreen())

  // The same page by itself, as it is printed and projected.
  const alone = await browser.context.newPage()
  await alone.goto(`${worker.origin}/app/walks/${wifi.walk.id}/story`)
  await alone.screenshot({ path: join(root, 'test-results/story.png'), fullPage: true })
  const pdf = await alone.pdf({ preferCSSPageSize: true, printBackground: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)

  const refused: string[] = []
  alone.on('console', (message) => refused.push(message.text()))
  alone.on('dialog', () => refused.push('a dialog'))
  const hostile = JSON.parse(
    readFileSync(join(root, 'test/shared/hostile-texts.json'), 'utf8'),
  ) as string[]
  const html = storyHtml(
    {
      walk: { ...wifi.walk, errand: hostile.join(' '), persona: hostile[0] ?? '' },
      steps: wifi.steps,
      totals: totalsOf(wifi.walk, wifi.steps, 0),
      debrief: { done: 'no', line: hostile.join(' '), fixFirst: wifi.notes[0]?.id ?? null },
      notes: wifi.notes.map((note, index) => ({
        ...note,
        words: hostile[index] ?? '',
        expected: hostile[index + 7] ?? '',
      })),
    },
    ({ words }) => ({ address: words, width: 1, height: 1 }),
  )
  // Without any policy but the one that it carries itself.
  await alone.route('https://story.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  )
  await alone.goto('https://story.example/walk.html')
  await alone.locator('.note').first().hover()
  await alone.waitForTimeout(500)
  expect(await alone.title()).toBe(hostile.join(' ').replace(/\s+/g, ' ').trim())
  expect(await alone.locator('script, iframe, base, a, img, [onerror], [onload]').count()).toBe(0)
  expect(refused).toEqual([])
  await alone.close()
})

test(`a walk of ${STEPS} steps scrolls to its end without a task of over ${LONGEST_TASK_MS} ms`, async () => {
  const { page } = desk
  await open(long)
  expect(await page.locator('.lines li').count()).toBeGreaterThan(STEPS - 1)
  await page.waitForTimeout(1_000)

  // A busy machine makes any task long: one that is long by itself is so each time.
  const runs: Awaited<ReturnType<typeof scrollToEnd>>[] = []
  while (runs.length < TRIES && !runs.some(isSmooth)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const run = await scrollToEnd()
    const tasks = run.tasks.join(' ') || 'none'
    console.info(`${STEPS} steps, ${run.height} px, ${run.frames} frames: long tasks (ms) ${tasks}`)
    expect(run.frames).toBeGreaterThan(100)
    runs.push(run)
  }
  expect(runs.filter(isSmooth)).toHaveLength(1)

  // The end of the list by its key.
  await desk.press('End')
  await expect.poll(() => here().textContent()).toContain(`${STEPS - 1}`)
  expect(await here().isVisible()).toBe(true)
  mkdirSync(join(root, 'test-results'), { recursive: true })
  await page.screenshot({ path: join(root, 'test-results/walk-2000-steps.png') })
})

test('nothing complained', () => {
  expect(desk.complaints).toEqual([])
})
