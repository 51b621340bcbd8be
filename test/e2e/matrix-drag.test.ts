import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openLocalDatabase } from '../support/local-data'
import type { RunningWorker } from '../support/worker'
import { dragOver, openRegister, type OpenRegister } from './register-steps'

let register: OpenRegister
let worker: RunningWorker
let page: Page

beforeAll(async () => {
  register = await openRegister()
  ;({ worker, page } = register)
}, 240_000)

afterAll(() => register?.close())

const toast = () => page.locator('.toast')

/** What is stored of an entry. */
const judged = (number: number) =>
  worker.query<{ impact: number | null; effort: string | null }>(
    'SELECT impact, effort FROM entry WHERE number = ?',
    number,
  )[0]

test('a card is dragged to another cell, which judges it, and taken back', async () => {
  await page.goto(`${worker.origin}/register?as=matrix`)
  const matrix = page.getByRole('table', { name: /quick wins/ })
  await matrix.getByText('Drag an entry').waitFor()
  const card = (number: number) => page.locator(`.card:has([data-number="${number}"])`)
  const cell = (impact: number, effort: number) =>
    matrix
      .getByRole('row')
      .nth(5 - impact)
      .getByRole('cell')
      .nth(effort - 1)
  const target = matrix.locator('td.over')

  await dragOver(page, card(3), cell(1, 4))
  expect(await target.count()).toBe(1)
  expect(await cell(1, 4).evaluate((td) => getComputedStyle(td).outlineStyle)).toBe('solid')
  await page.screenshot({ path: 'test-results/d3-register.drag.png' })
  await page.mouse.up()
  await toast().getByText('1 entry changed').waitFor()
  await cell(1, 4).locator(card(3)).waitFor()
  expect(judged(3)).toEqual({ impact: 1, effort: 'XL' })

  // Beside its own cell: the effort differs, the impact does not.
  const before = judged(16)
  await dragOver(page, card(16), cell(4, 3))
  await page.mouse.up()
  await cell(4, 3).locator(card(16)).waitFor()
  expect(
    worker.query(
      'SELECT what FROM event JOIN entry ON entry.id = event.entry_id WHERE number = 16 AND actor <> ?',
      register.desk,
    ),
  ).toEqual([{ what: 'effort' }])
  await toast().getByRole('button', { name: 'Undo' }).click()
  await cell(4, 2).locator(card(16)).waitFor()
  expect(before).toEqual({ impact: 4, effort: 'M' })
  expect(judged(16)).toEqual(before)
})

test('a card let go in its own cell, outside or with Escape changes nothing, and who only reads drags nothing', async () => {
  await page.goto(`${worker.origin}/register?as=matrix`)
  const matrix = page.getByRole('table', { name: /quick wins/ })
  const card = page.locator('.card:has([data-number="16"])')
  await card.waitFor()
  const cells = matrix.getByRole('row').nth(1).getByRole('cell')
  const changes: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') changes.push(request.url())
  })

  await dragOver(page, card, cells.nth(1))
  expect(await matrix.locator('td.over').count()).toBe(0)
  await page.mouse.up()
  await dragOver(page, card, page.getByRole('heading', { level: 1 }))
  await page.mouse.up()
  await dragOver(page, card, cells.nth(2))
  expect(await matrix.locator('td.over').count()).toBe(1)
  await page.keyboard.press('Escape')
  await expect.poll(() => matrix.locator('td.over').count()).toBe(0)
  await page.mouse.up()
  await expect.poll(() => page.locator('.card.held').count()).toBe(0)

  const setRole = (role: string) => {
    const database = openLocalDatabase(worker.folder, { readOnly: false })
    database.prepare("UPDATE person SET role = ? WHERE name = 'Olive Owner'").run(role)
    database.close()
  }
  setRole('viewer')
  await page.reload()
  await card.waitFor()
  expect(await page.locator('[draggable=true]').count()).toBe(0)
  expect(await matrix.getByText('Drag an entry').count()).toBe(0)
  await dragOver(page, card, cells.nth(2))
  await page.mouse.up()
  setRole('owner')

  await page.reload()
  await cells.nth(1).locator(card).waitFor()
  expect(judged(16)).toEqual({ impact: 4, effort: 'M' })
  expect(changes).toEqual([])
})
