import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { parseCsv } from '#shared/csv'

import hostileTexts from '../shared/hostile-texts.json'
import { expectAxeClean } from '../support/axe'
import { launchChromium, type LaunchedChromium } from '../support/chromium'
import { openWorkspace } from '../support/first-run'
import { openInSpreadsheet } from '../support/spreadsheet'
import { startWorker, type RunningWorker } from '../support/worker'
import { useKeyboard } from './keyboard-steps'
import { expectGood } from './register-steps'

const LIST = [
  'Ref;Problem;System;Impact;Effort;Responsible;Deadline',
  '1;The form is called “db admin support”;Forms;4;S;Olive Owner;31/12/2026',
  '2;The voice menu ends in voicemail;Help line;high;M;;15/01/2027',
  '3;Nobody answers after ten minutes;Help line;9;M;;',
  '4;;Help line;2;S;;',
  '5;"Ward 3: Mrs Example waited, again";Help line;2;L;;',
].join('\r\n')

let worker: RunningWorker
let browser: LaunchedChromium
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  worker = await startWorker()
  const { recoveryCodes } = await openWorkspace(worker)
  browser = await launchChromium({ extension: false, headed: false })
  page = await browser.context.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text())
  })
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(worker.origin)
  await page.getByLabel('Or with a code').fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await worker?.close()
})

async function choose(name: string, bytes: string | Buffer): Promise<void> {
  await page.goto(`${worker.origin}/register/import`)
  await page
    .getByLabel('A CSV, as a spreadsheet saves it')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) })
}

const count = () =>
  worker.query<{ entries: number }>('SELECT count(*) AS entries FROM entry')[0]?.entries
const sums = (words: string) => page.getByRole('status').getByText(words)

test('a list is looked at, its bad lines are named and kept, and the rest comes in', async () => {
  await page.goto(`${worker.origin}/register`)
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.getByRole('heading', { name: /^Import a list/ }).waitFor()
  await choose('improvements.csv', LIST)
  await page.getByText('improvements.csv, 5 lines').waitFor()
  expect(await page.getByLabel('Ref is').inputValue()).toBe('key')
  expect(await page.getByLabel('Deadline is').inputValue()).toBe('due')
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'See what would happen' }).click()

  await sums(
    '3 new · 0 differ from what is here · 0 are here as they are · 2 cannot be taken',
  ).waitFor()
  await page.getByText('“9” is no impact. Write 1 to 4; 4 stops work or care.').waitFor()
  await page.getByText('It has no title.').waitFor()
  await page.getByText(/On line 6, “Mrs Example” looks like a person’s name/).waitFor()
  await expectGood(page, 'd3-import')
  expect(count()).toBe(0)

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save these lines' }).click(),
  ])
  const lines = parseCsv(readFileSync(await saved.path(), 'utf8').replaceAll('\r\n', '\n'), ',')
  expect(lines.map(({ fields }) => fields[1])).toEqual(['Ref', '3', '4'])

  await page.getByRole('button', { name: 'Import 3 new' }).click()
  await page.getByText('3 entries are open, 0 changed.').waitFor()
  await expectGood(page, 'd3-imported')
  await page.getByRole('link', { name: 'Show the newest' }).click()
  await page.getByRole('link', { name: 'The form is called “db admin support”' }).click()
  await page.getByText('“Line 2 of improvements.csv”').waitFor()
  expect(
    worker.query(
      'SELECT number, impact, effort, due, owner_person IS NOT NULL AS owned FROM entry ORDER BY number',
    ),
  ).toEqual([
    { number: 1, impact: 4, effort: 'S', due: '2026-12-31', owned: 1 },
    { number: 2, impact: 3, effort: 'M', due: '2027-01-15', owned: 0 },
    { number: 3, impact: 2, effort: 'L', due: null, owned: 0 },
  ])
})

test('the list comes again with changes: nothing twice, and what differs only when asked', async () => {
  await choose(
    'improvements.csv',
    LIST.replace('Help line;9;M', 'Help line;3;M').replace('2;L', '3;L'),
  )
  const keys = useKeyboard(page)
  await keys.tabTo('button "See what would happen')
  await page.keyboard.press('Enter')
  await sums(
    '1 new · 1 differs from what is here · 2 are here as they are · 1 cannot be taken',
  ).waitFor()
  await page.getByText('impact 2 → 3').waitFor()
  await page.getByRole('button', { name: 'Import 1 new', exact: true }).waitFor()
  await keys.tabTo('checkbox "Also change the 1 entry that differs')
  await page.keyboard.press('Space')
  await keys.tabTo('button "Import 1 new, change 1')
  await page.keyboard.press('Enter')
  await page.getByText('1 entry is open, 1 changed.').waitFor()

  expect(worker.query('SELECT impact FROM entry WHERE number = 3')).toEqual([{ impact: 3 }])
  expect(count()).toBe(4)
})

test('what left as a file, went through a spreadsheet and comes back, changes nothing', async () => {
  const answer = await page.request.get(`${worker.origin}/app/entries/export.csv?state=all`, {
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(answer.ok()).toBe(true)
  const saved = openInSpreadsheet(await answer.text(), { as: 'csv' })

  await choose('from-a-spreadsheet.csv', saved)
  await page.getByRole('button', { name: 'See what would happen' }).click()

  await sums(
    '0 new · 0 differ from what is here · 4 are here as they are · 0 cannot be taken',
  ).waitFor()
}, 240_000)

test('a file of hostile texts is shown as it is, on every step, and nothing of it runs', async () => {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const titles = hostileTexts.filter((text) => text.trim() !== '')
  const head = hostileTexts.slice(0, 3).map(cell).join(',')
  await choose(
    '<img src=x onerror=alert(1)>.csv',
    `Title,Service,${head}\n${titles.map((text) => `${cell(text)},${cell(text)},x,x,x`).join('\n')}`,
  )
  await page.getByText('<img src=x onerror=alert(1)>.csv, ').waitFor()
  await page.getByRole('button', { name: 'See what would happen' }).click()
  await page.getByRole('button', { name: `Import ${titles.length} new` }).click()
  await page.getByText(`${titles.length} entries are open, 0 changed`).waitFor()
  await page.getByRole('link', { name: 'Show the newest' }).click()
  await page.getByRole('table', { name: /newest first/ }).waitFor()
  await expectAxeClean(page)

  expect(
    worker
      .query<{ title: string }>('SELECT title FROM entry ORDER BY number DESC')
      .slice(0, titles.length),
  ).toEqual(titles.toReversed().map((text) => ({ title: text.trim() })))
  expect(complaints).toEqual([])
})

test('a file that is none says what to do, and a line of the network that breaks loses nothing', async () => {
  await choose('list.xlsx', Buffer.from('PK\u0003\u0004\0\0'))
  await page.getByText('In the spreadsheet, choose “Save as” and CSV').waitFor()
  await choose('once-more.csv', 'Key,Title\nx1,One more\nx2,And another\n')
  await page.getByRole('button', { name: 'See what would happen' }).click()
  await sums('2 new').waitFor()
  const before = count() ?? 0
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Import 2 new' }).click()
  await page.getByText('What is in stays in; go on when you like.').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Go on: import 2 new' }).click()
  await page.getByText('2 entries are open, 0 changed.').waitFor()
  expect(count()).toBe(before + 2)
})
