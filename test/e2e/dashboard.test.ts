import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, toolEnv } from '../../scripts/tools.mjs'
import { addVirtualAuthenticator } from '../support/authenticator'
import { expectAxeClean } from '../support/axe'
import { launchChromium, type LaunchedChromium } from '../support/chromium'
import { startWorker, type RunningWorker } from '../support/worker'

let worker: RunningWorker
let browser: LaunchedChromium
let page: Page
/** Where the demo looks for a running Wince, and leaves its codes. */
const data = mkdtempSync(join(tmpdir(), 'wince-demo-'))
const complaints: string[] = []

beforeAll(async () => {
  worker = await startWorker()
  browser = await launchChromium({ extension: false, headed: false })
  page = await browser.context.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  // A button fades for 100 ms when the scheme changes: axe would judge the colours in between.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text()))
      complaints.push(message.text())
  })
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await worker?.close()
  rmSync(data, { recursive: true, force: true })
})

/** `npm run demo`, with the first walks only. @returns how to sign in */
async function runDemo(): Promise<{ code: string; entries: number; notes: number }> {
  writeFileSync(join(data, '.dev.vars'), `SETUP_TOKEN=${worker.setupToken}\n`)
  writeFileSync(
    join(data, 'running.json'),
    JSON.stringify({ pid: process.pid, origin: worker.origin }),
  )
  const args = [join(root, 'scripts/demo.mjs'), '--data', data, '--walks', '8', '--json']
  const demo = spawn(process.execPath, args, {
    cwd: root,
    env: toolEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  demo.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = await new Promise((settle) => demo.on('close', settle))
  expect(exitCode, output).toBe(0)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
    code: string
    entries: number
    notes: number
  }
}

/** At 1280 × 800 and at its half, which is what 200 % zoom leaves: the page never scrolls sideways. */
async function expectFits(): Promise<void> {
  for (const size of [
    { width: 1280, height: 800 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(sideways, `${page.url()} at ${size.width} px`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

async function expectGood(): Promise<void> {
  await expectAxeClean(page)
  await expectFits()
}

test('the demo fills a workspace through the real doors, once', async () => {
  const first = await runDemo()
  const again = await runDemo()

  expect(first.notes).toBeGreaterThan(40)
  expect(first.entries).toBeGreaterThan(10)
  expect(again.notes).toBe(first.notes)
  expect(again.entries).toBe(first.entries)
  const [{ notes } = { notes: 0 }] = worker.query<{ notes: number }>(
    'SELECT count(*) AS notes FROM note',
  )
  expect(notes).toBe(first.notes)
  expect(worker.blobs().length).toBeGreaterThan(5)
})

test('every page of a first run reads well in light, dark and at 200 %', async () => {
  await page.goto(`${worker.origin}/setup#not-the-token`)
  await page.getByRole('heading', { name: 'Who is this for?' }).waitFor()
  await expectGood()
  await page.getByLabel('Organisation').fill('Example Health')
  await page.getByLabel('What you are called here').fill('Desk manager')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => page.title()).toBe('What pictures may show · Wince')
  await page.getByLabel('Cover everything').check()
  await expectGood()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expectGood()
  await page.getByRole('button', { name: 'Recovery codes alone for now' }).click()
  await page.getByRole('heading', { name: 'This link does not open a first run' }).waitFor()
  await expectGood()
})

test('invitations and pairing links that do not work say so', async () => {
  await page.goto(`${worker.origin}/join#nothing`)
  await page.getByRole('heading', { name: 'This invitation does not open' }).waitFor()
  await expectGood()
  await page.goto('about:blank')
  await page.goto(`${worker.origin}/pair#7KQ4`)
  await page.getByText('This link is not complete').waitFor()
  await expectGood()
})

test('a wrong code is one plain sentence; a right one opens the week', async () => {
  await page.goto(worker.origin)
  await page.getByLabel('Or with a code').fill('AAAAA-AAAAA-AAAAA-AAAAA')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('That code does not fit').waitFor()
  await expectGood()

  const { code } = await runDemo()
  await page.getByLabel('Or with a code').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  const unowned = page.getByRole('region', { name: 'Nobody owns these' })
  await unowned.waitFor()
  await expect.poll(() => page.title()).toBe('This week · Wince')
  await expectGood()

  const pick = unowned.getByRole('combobox', { name: /^Give an owner: / })
  const before = await pick.count()
  await pick.first().selectOption({ index: 1 })
  await page.getByText(/ owns #\d+ now\.$/).waitFor()
  expect(await pick.count()).toBe(before - 1)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await page.getByText('Nobody owns it again.').waitFor()
  expect(await pick.count()).toBe(before)
})

test('the register is a table, found, sorted and walked through by keyboard', async () => {
  await page.getByRole('link', { name: 'Register' }).click()
  const table = page.getByRole('table', { name: /high impact first, then low effort/ })
  await table.waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  expect(await table.getByRole('columnheader', { name: 'Impact' }).getAttribute('aria-sort')).toBe(
    'descending',
  )
  await expectGood()

  await page.keyboard.press('/')
  await page.keyboard.type('wifi')
  await page.waitForURL(/q=wifi/)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('nothing is called this')
  await page.getByText('No entry fits these filters.').waitFor()
  await expectGood()
  await page.locator('.wrapper').getByRole('button', { name: 'Clear filters' }).click()
  await table.waitFor()

  await page.getByRole('link', { name: 'Leaders' }).click()
  await page.getByRole('table', { name: /most leaders first/ }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const first = page.locator('tbody tr').first()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
    await first.getByRole('link').textContent(),
  )
  await page.goto(`${worker.origin}/register?mood=liked`)
  await page.getByRole('table', { name: /What to keep/ }).waitFor()
  await expectGood()
})

test('an entry shows its evidence; a picture opens large; a judgement is undone', async () => {
  await page.goto(`${worker.origin}/register?sort=leaders`)
  await page.locator('tbody th a').first().click()
  await page.getByRole('heading', { name: 'Evidence' }).waitFor()
  await page.getByText('Why it is here').first().click()
  await expectGood()

  const impact = page.getByLabel('Impact', { exact: true })
  const before = await impact.inputValue()
  await impact.selectOption(before === '4' ? '1' : '4')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await expectAxeClean(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => impact.inputValue()).toBe(before)

  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByLabel(/customer’s problem/).fill('A name a customer would use')
  await page.getByRole('button', { name: 'Save the title' }).click()
  await page.getByRole('heading', { name: /A name a customer would use/ }).waitFor()
  await page
    .getByText(/Renamed, was/)
    .first()
    .waitFor()

  const [shown] = worker.query<{ number: number }>(
    'SELECT entry.number FROM attachment JOIN entry_note USING (note_id) JOIN entry ON entry.id = entry_id LIMIT 1',
  )
  await page.goto(`${worker.origin}/register/${shown?.number ?? 0}`)
  const thumb = page.getByRole('button', { name: /covered. Open the picture/ }).first()
  await thumb.click()
  const large = page.getByRole('dialog', { name: 'Masked picture' }).getByRole('img')
  await large.waitFor()
  expect(await large.evaluate((img) => (img as HTMLImageElement).decode().then(() => true))).toBe(
    true,
  )
  await expectAxeClean(page)
  await page.keyboard.press('Escape')
  await large.waitFor({ state: 'hidden' })
  await expectGood()
})

test('people are added, invited and connected; a passkey is made and used', async () => {
  await page.getByRole('link', { name: 'Set up' }).click()
  await page.getByLabel('Called').fill('Voice lead')
  await page.getByLabel('Role', { exact: true }).selectOption('reviewer')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Voice lead is here now.').waitFor()
  await page.getByRole('button', { name: 'Invite link for Voice lead' }).click()
  const link = (await page.locator('.handed code').textContent()) ?? ''
  await expectGood()

  await page.getByRole('link', { name: 'Pairing code for CIO' }).click()
  await page.getByRole('heading', { name: 'For CIO' }).waitFor()
  await page.getByRole('timer').waitFor()
  const code = (await page.locator('.symbols span').allTextContents()).join('-')
  await expectGood()
  const paired = await fetch(`${worker.origin}/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, deviceName: 'Edge on a laptop' }),
  })
  expect(paired.status).toBe(201)
  await page.getByText('Edge on a laptop is connected').waitFor()
  await expectAxeClean(page)

  const authenticator = await addVirtualAuthenticator(page)
  await page.getByRole('link', { name: 'Service desk manager' }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: /Remove the passkey/ }).waitFor()
  await expectGood()
  await page.locator('.head').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('heading', { name: 'Nobody owns these' }).waitFor()
  await authenticator.remove()

  await page.goto(link)
  await page.getByRole('heading', { name: /Welcome to/ }).waitFor()
  await expectGood()
  await page.getByRole('button', { name: 'Recovery codes alone for now' }).click()
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
  await expectGood()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('heading', { name: 'Nobody owns these' }).waitFor()
})

test('nothing broke the content security policy, and no page threw', () => {
  expect(complaints).toEqual([])
})
