import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { parseCsv } from '#shared/csv'

import { expectAxeClean } from '../support/axe'
import type { RunningWorker } from '../support/worker'
import { useKeyboard } from './keyboard-steps'
import { expectGood, MARKUP, openRegister, type OpenRegister } from './register-steps'

let register: OpenRegister
let worker: RunningWorker
let page: Page

beforeAll(async () => {
  register = await openRegister()
  ;({ worker, page } = register)
}, 240_000)

afterAll(() => register?.close())

const focusedTitle = () => page.evaluate(() => document.activeElement?.textContent ?? '')
const toast = () => page.locator('.toast')

test('tabs are counted, and the first order says why', async () => {
  await page.goto(`${worker.origin}/register`)
  await page.getByRole('table', { name: /high impact first/ }).waitFor()
  const tabs = page.getByRole('navigation', { name: 'Views' })
  await tabs.getByRole('link', { name: /^No owner 47$/ }).waitFor()
  await tabs.getByRole('link', { name: /^Customers waiting 3 late$/ }).waitFor()
  await tabs.getByRole('link', { name: /^Quiet for 30 days 7$/ }).waitFor()
  await page.getByText('70 open entries').waitFor()
  await page.getByText('1 to 50 of 70').waitFor()
  await page.getByRole('button', { name: 'Why this order' }).click()
  await page
    .getByText('Impact 4, a week or two, 120 customers a month by the desk’s count', {
      exact: false,
    })
    .or(page.getByText(/120 customers a month by the desk’s count, noted by 1 leader/))
    .first()
    .waitFor()
  expect(await page.locator('tbody').textContent()).toContain(MARKUP)
  await expectGood(page, 'd3-register')
  await page.getByRole('button', { name: 'Why this order' }).click()
})

test('everything is done by keyboard: walked through, chosen, judged, handed on, taken back', async () => {
  const keyboard = useKeyboard(page)
  await page.goto(`${worker.origin}/register`)
  await page.getByRole('table').waitFor()
  await page.keyboard.press('j')
  const first = await focusedTitle()
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  expect(await focusedTitle()).toBe(first)

  await page.keyboard.press('x')
  await page.getByText('1 entry chosen').waitFor()
  await page.keyboard.press('e')
  await page.getByLabel('Effort', { exact: true }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('judge-effort')
  await expectAxeClean(page)
  await page.keyboard.type('XL')
  await keyboard.tabTo('button "Save"')
  await page.keyboard.press('Enter')
  await toast().getByText('1 entry changed').waitFor()
  await page.getByText('1 entry chosen').waitFor()
  await toast().getByRole('button', { name: 'Undo' }).press('Enter')
  await toast().waitFor({ state: 'hidden' })

  const bar = page.getByRole('region', { name: 'Chosen entries' })
  await expect.poll(() => bar.getByRole('button', { name: 'Owner' }).isEnabled()).toBe(true)
  await bar.getByRole('button', { name: 'Owner' }).press('Enter')
  const owner = page.getByRole('dialog').getByLabel('Owner', { exact: true })
  await owner.getByRole('option', { name: 'Olive Owner' }).waitFor({ state: 'attached' })
  await page.keyboard.type('Olive')
  await keyboard.tabTo('button "Save"')
  await page.keyboard.press('Enter')
  await toast().getByText('1 entry changed').waitFor()
  await page.getByRole('link', { name: /^Mine 1$/ }).waitFor()
  await page.getByRole('button', { name: 'Clear', exact: true }).press('Enter')

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'All keys' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('njx problem')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.waitForURL(/q=njx/)
  await page.goto(`${worker.origin}/register`)
  await page.getByRole('table').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/register\/\d+$/)
})

test('two chosen entries are merged, and taken apart again; what is chosen outlives a page', async () => {
  await page.goto(`${worker.origin}/register?sort=newest`)
  await page.getByRole('table', { name: /newest first/ }).waitFor()
  await page.getByLabel('Choose 70', { exact: true }).check()
  await page.getByRole('link', { name: 'Next page' }).click()
  await page.getByText('51 to 70 of 70').waitFor()
  await page.getByText('1 not on this page').waitFor()
  await page.getByLabel('Choose 7', { exact: true }).check()
  await page.getByRole('button', { name: 'Merge these 2' }).click()
  await page.getByRole('dialog', { name: 'Merge these 2' }).waitFor()
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await toast().getByText('70 is part of 7 now').waitFor()
  await page.getByText('69 open entries').waitFor()
  await toast().getByRole('button', { name: 'Undo' }).click()
  await page.getByText('70 open entries').waitFor()
})

test('chosen entries leave as a file', async () => {
  await page.goto(`${worker.origin}/register?sort=newest`)
  await page.getByLabel('Choose 69', { exact: true }).check()
  await page.getByLabel('Choose 68', { exact: true }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export 2', exact: true }).click(),
  ])
  const text = readFileSync(await download.path(), 'utf8').replaceAll('\r\n', '\n')

  expect(parseCsv(text, ',').map(({ fields }) => fields[0])).toEqual(['\uFEFFNumber', '69', '68'])
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
})

test('an entry is opened by hand, in the customer’s words', async () => {
  await page.goto(`${worker.origin}/register`)
  await page.getByRole('table').waitFor()
  await page.keyboard.press('n')
  await page.getByRole('dialog', { name: 'New entry' }).waitFor()
  await expectAxeClean(page)
  await page.keyboard.type('My badge opens nothing')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Help line')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /My badge opens nothing/ }).waitFor()

  expect(
    worker.query(
      "SELECT number, title_confirmed, service FROM entry JOIN event ON event.entry_id = entry.id WHERE what = 'opened-by-hand' AND number > 70",
    ),
  ).toEqual([{ number: 71, title_confirmed: 1, service: 'Help line' }])
})

test('a view is kept, shared, opened with, and deleted with a way back', async () => {
  await page.goto(`${worker.origin}/register?impact=4&free=1&sort=due`)
  await page.getByRole('button', { name: 'Save this view' }).click()
  await page.getByLabel('What it is called').fill('For the budget talk')
  await page.getByLabel('Everybody here sees it').check()
  await expectAxeClean(page)
  await page.keyboard.press('Enter')
  const tab = page.getByRole('link', { name: /For the budget talk/ })
  await tab.waitFor()

  await page.getByRole('button', { name: 'This view' }).click()
  await page.getByRole('button', { name: 'Open the register with it' }).click()
  await toast()
    .getByText(/opens with/)
    .waitFor()
  await page.goto(`${worker.origin}/register`)
  await page.waitForURL(/impact=4/)

  await page.getByRole('button', { name: 'This view' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await tab.waitFor({ state: 'hidden' })
  await toast().getByRole('button', { name: 'Undo' }).click()
  await tab.waitFor()
})

test('the matrix shades quick wins, tells the rest, and is judged by click and by key', async () => {
  await page.goto(`${worker.origin}/register?as=matrix`)
  const matrix = page.getByRole('table', { name: /quick wins/ })
  await matrix.waitFor()
  expect(await matrix.getByRole('row').count()).toBe(5)
  await page.getByRole('heading', { name: /Not judged yet, 6/ }).waitFor()
  expect(await matrix.locator('td').first().locator('li').count()).toBeLessThanOrEqual(6)
  await expectGood(page, 'd3-register.matrix')

  const unjudged = page.getByRole('region', { name: 'Not judged yet' })
  await unjudged.getByRole('button', { name: 'Impact and effort of 2', exact: true }).click()
  await page.getByLabel('Impact', { exact: true }).last().selectOption('4')
  await page.getByLabel('Effort', { exact: true }).last().selectOption('XL')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name: /Not judged yet, 5/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('i')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await matrix.getByRole('link', { name: /more$/ }).first().click()
  await page.getByRole('table', { name: /high impact first/ }).waitFor()
})

test('the board has a column for each state, and an entry leads to its own page', async () => {
  await page.goto(`${worker.origin}/register?as=board`)
  await page.getByRole('region', { name: /^New, \d+$/ }).waitFor()
  expect(await page.locator('.board section').count()).toBe(7)
  await expectGood(page, 'd3-register.board')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/register\/\d+$/)
})

test('a review meeting goes through what is stuck by keyboard, and remembers where it is', async () => {
  await page.goto(`${worker.origin}/meeting`)
  const current = page.locator('.agenda nav [aria-current]')
  await current.getByText('Customers waiting').waitFor()
  const heading = page.locator('.meeting article h2')
  const first = await heading.textContent()
  await page.keyboard.press('j')
  await expect.poll(() => heading.textContent()).not.toBe(first)
  await page.waitForURL(/at=waiting&entry=\d+/)
  const second = await heading.textContent()
  await page.reload()
  await heading.waitFor()
  expect(await heading.textContent()).toBe(second)
  await page.keyboard.press('k')
  await expect.poll(() => heading.textContent()).toBe(first)
  await expectGood(page, 'd3-register.meeting')

  const keyboard = useKeyboard(page)
  for (const item of [
    'Day has passed',
    'On hold past its day',
    'Review day has come',
    'No owner',
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one item after the other
    await keyboard.tabTo(`link "${item}`)
    // oxlint-disable-next-line no-await-in-loop -- see above
    await page.keyboard.press('Enter')
    // oxlint-disable-next-line no-await-in-loop -- see above
    await current.getByText(item).waitFor()
    // oxlint-disable-next-line no-await-in-loop -- see above
    await heading.waitFor()
  }
  const title = () => heading.getByRole('link').innerText()
  const unowned = await title()
  await page.keyboard.press('o')
  const owner = page.getByLabel('Owner', { exact: true })
  await owner.getByRole('option', { name: 'Desk manager' }).waitFor({ state: 'attached' })
  await page.keyboard.type('Desk')
  await keyboard.tabTo('button "Save"')
  await page.keyboard.press('Enter')
  await toast().getByText('1 entry changed').waitFor()
  // It has an owner now; the next one that has none stands here.
  await expect.poll(title).not.toBe(unowned)
  await keyboard.tabTo(`link "${await title()}`)
  await page.keyboard.press('Enter')
  expect(keyboard.troubles()).toBe('')
  await page.waitForURL(/\/register\/\d+$/)
})

test('no page threw, and nothing broke the content security policy', () => {
  expect(register.complaints).toEqual([])
})
