import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, killBackground, launchChromium } from '../support/chromium'
import { openWorkspace } from '../support/first-run'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { readDevice, waitUntilDrained } from './kill/device'
import { useKeyboard } from './keyboard-steps'
import {
  countKeys,
  expectArrived,
  expectFit,
  fillCard,
  keepCard,
  keysSince,
  lastShift,
  meet,
  send,
} from './shift-steps'
import { connectPanel } from './story/panel'

const REFERENCE = 'INC0067001'
let worker: RunningWorker
let profile: string
let browser: LaunchedChromium
let panel: Page
beforeAll(async () => {
  worker = await startWorker()
  const { client, ownerId } = await openWorkspace(worker)
  profile = mkdtempSync(join(tmpdir(), 'wince-shift-'))
  await open()
  const { code } = await client.askForPairing(ownerId)
  await connectPanel(panel, `${worker.origin}/pair#${code}`)
  await panel.bringToFront()
})
afterAll(async () => {
  await browser?.close()
  await worker?.close()
  rmSync(profile, { recursive: true, force: true })
})

async function open(): Promise<void> {
  browser = await launchChromium({ profile })
  await openPanel()
}

async function openPanel(): Promise<void> {
  const tab = await browser.context.newPage()
  panel = await browser.openPanel(tab)
  await panel.setViewportSize({ width: 400, height: 880 })
  await countKeys(panel)
  await panel.bringToFront()
}

const need = () => panel.getByLabel('What did they need, in their words?')
async function goOn(): Promise<void> {
  await panel.getByRole('button', { name: 'Go on with your desk shift' }).focus()
  await panel.keyboard.press('Enter')
  await need().waitFor()
  await keysSince(panel)
}
const typesNext = () => panel.locator('#need:focus').waitFor()
async function startShift(): Promise<void> {
  await panel.getByRole('button', { name: 'Work a desk shift' }).focus()
  await panel.keyboard.press('Enter')
  await typesNext()
  await keysSince(panel)
}
/** In the pause that autosave promises. */
const pause = () => panel.waitForTimeout(500)

test('what somebody told is one card from home, and so is what was met elsewhere', async () => {
  const keyboard = useKeyboard(panel)
  const begin = async () => {
    await keyboard.tabTo('button "Someone told me')
    await panel.keyboard.press('Enter')
    await panel.locator('#told:focus').waitFor()
    await keysSince(panel)
  }
  const save = async () => {
    await panel.keyboard.press('Control+Enter')
    await panel.getByText('Note kept on this device').waitFor()
    await panel.getByRole('heading', { name: 'Wince', exact: true }).waitFor()
  }
  await begin()
  await panel.keyboard.type('Mothers wait a week for a badge.')
  await panel.keyboard.press('Escape')
  await panel.keyboard.press('2')
  await expectFit(panel, 'someone-told')
  await save()
  const keys = await keysSince(panel)
  console.log(`keys of what somebody told, besides its words: ${keys}`)
  expect(keys).toBeLessThanOrEqual(4)
  await begin()
  await panel.keyboard.type('The bakery knew my name.')
  for (const key of ['Escape', 'm', 'l']) await panel.keyboard.press(key)
  await panel.getByRole('heading', { name: 'Met elsewhere' }).waitFor()
  await expectFit(panel, 'met-elsewhere')
  await save()

  await keyboard.tabTo('button "Review 2 notes')
  await panel.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'Review and send' }).waitFor()
  await send(panel, 'Send 2 notes to')
  await waitUntilDrained(panel)
  await panel.keyboard.press('Enter')

  const arrived = worker.query(
    'SELECT source, mood, wince, words FROM note WHERE walk_id IS NULL ORDER BY at',
  )
  expect(arrived.map((row) => Object.values(row))).toEqual([
    ['told', 'embarrassed', 2, 'Mothers wait a week for a badge.'],
    ['elsewhere', 'liked', null, 'The bakery knew my name.'],
  ])
  expect(keyboard.troubles()).toBe('')
})

test('a card by keys: hint, exception, promise, undo and change, fitting and clean, and what leaves is what was shown', async () => {
  const keyboard = useKeyboard(panel)
  const bodies: string[] = []
  browser.context.on('request', (request) => {
    if (request.url().startsWith(`${worker.origin}/v1/`))
      bodies.push(request.postDataBuffer()?.toString('latin1') ?? '')
  })
  await takeScreenshots(panel, 'shift-home')
  await keyboard.tabTo('button "Work a desk shift')
  await panel.keyboard.press('Enter')
  await typesNext()
  await panel.getByText('This notes the process, not you').waitFor()
  await expectFit(panel, 'shift-first')

  // what looks like somebody's number is covered by two keys
  await panel.keyboard.type('I can’t see my rota. Call me on 555 123 4567.')
  await keyboard.tabTo('button "Cover it')
  await panel.keyboard.press('Enter')
  expect(await need().inputValue()).toBe('I can’t see my rota. Call me on [phone number].')
  for (const key of ['Escape', 'l', 'g', '2', '+', '+', 's', 'r', 'x'])
    await panel.keyboard.press(key)
  await panel.getByLabel('Which rule did not fit').focus()
  await panel.keyboard.type('Rotas open on Mondays only.')
  await keyboard.tabTo('button "Improve the process')
  await panel.keyboard.press('Enter')
  await panel.keyboard.press('a')
  await keyboard.tabTo('checkbox "They agreed')
  await panel.keyboard.press('Space')
  await keyboard.tabTo('textbox "The desk tool')
  await panel.keyboard.type(REFERENCE)
  await expectAxeClean(panel)
  await takeScreenshots(panel, 'shift-unfolded')
  await keepCard(panel, 1)

  // back in the form by one key, and kept again
  await panel.keyboard.press('Escape')
  await panel.keyboard.press('z')
  await panel.getByRole('heading', { name: 'Contact 1' }).waitFor()
  await waitFor(
    async () => (await need().inputValue()).startsWith('I can’t see my rota') || undefined,
    'the contact in the form again',
  )
  expect((await lastShift(panel)).steps).toEqual([])
  expect(await panel.getByLabel('The desk tool’s own reference').inputValue()).toBe(REFERENCE)
  await keepCard(panel, 1)
  await panel.keyboard.type('Half of the ne')
  await panel.keyboard.press('Escape')
  await takeScreenshots(panel, 'shift-card')

  // an earlier one is changed from the list, and what was begun comes up again
  await panel.locator('summary', { hasText: '1 contact so far' }).focus()
  await panel.keyboard.press('Enter')
  await keyboard.tabTo('button "Change contact 1')
  await panel.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'Change contact 1' }).waitFor()
  await panel.keyboard.press('Escape')
  await panel.keyboard.press('n')
  await keepCard(panel, 1)
  expect(await need().inputValue()).toBe('Half of the ne')
  await panel.setViewportSize({ width: 200, height: 440 })
  await expectAxeClean(panel)
  await takeScreenshots(panel, 'shift-zoomed')
  await panel.setViewportSize({ width: 400, height: 880 })

  // the toolbar on the desk's own page takes no picture and no moment
  await browser.clickAction(await browser.context.newPage())
  await panel.bringToFront()
  await panel.getByRole('button', { name: 'End shift' }).focus()
  await panel.keyboard.press('Enter')
  await panel.getByText('1 card not kept, so it stays here').waitFor()
  await panel.getByLabel('In one line').focus()
  await panel.keyboard.type('Rotas are the day.')
  await expectFit(panel, 'shift-debrief')
  await panel.locator('summary', { hasText: 'See every byte' }).click()
  const shown = await panel.locator('pre.exact').allTextContents()
  await panel.locator('.payloads summary').first().click()
  await panel
    .getByText(/solved no · treated well yes · left −1 · 2 screens .*improve the process/)
    .waitFor()
  await takeScreenshots(panel, 'shift-preview')
  await send(panel, 'Send 1 note to')
  await waitUntilDrained(panel)

  const { notes } = await readDevice(panel)
  expect(notes.filter(({ source }) => source !== 'told' && source !== 'elsewhere')).toMatchObject([
    { kind: 'locked', owed: { reference: REFERENCE }, attachments: [] },
  ])
  expect(
    worker.query<{ reference: string; settled_at: number | null }>(
      'SELECT reference, settled_at FROM follow_up',
    ),
  ).toEqual([{ reference: REFERENCE, settled_at: null }])
  // The log of what was received, which nobody can empty, has none of it.
  expect(worker.query('SELECT 1 FROM op WHERE instr(payload, ?) > 0', REFERENCE)).toEqual([])
  expect(shown).toHaveLength(2)
  const pushed = bodies.join('\n')
  for (const text of shown)
    expect(pushed).toContain(`"payload":${Buffer.from(text).toString('latin1')}`)
  expect(pushed).not.toContain('555 123')
  expect(pushed).not.toContain('Half of the ne')
  expect(keyboard.troubles()).toBe('')
  await panel.keyboard.press('Enter')
})

test('forty contacts by keys alone, through a closed panel and two kills, arrive as they were met and without a time', async () => {
  const met = meet(40)
  const counted: number[] = []
  await startShift()

  for (const [index, each] of met.entries()) {
    const number = index + 1
    await fillCard(panel, each)
    if (number === 10) {
      await pause()
      await panel.close()
      await openPanel()
      await goOn()
      expect(await need().inputValue()).toBe(each.contact.need)
    }
    if (number === 20) await killBackground(browser)
    if (number === 30) {
      await pause()
      await browser.kill()
      await open()
      await goOn()
      expect(await need().inputValue()).toBe(each.contact.need)
    }
    await keepCard(panel, number)
    const keys = await keysSince(panel)
    // A card that was interrupted is not typical.
    if (number !== 10 && number !== 30) counted.push(keys)
  }
  const sorted = counted.toSorted((one, other) => one - other)
  console.log(
    `keys a card besides its words: median ${sorted[Math.floor(sorted.length / 2)]}, most ${sorted.at(-1)}, of ${sorted.length} cards`,
  )
  expect(sorted).toHaveLength(38)
  expect(sorted.at(-1)).toBeLessThanOrEqual(12)
  expect(sorted[0]).toBeGreaterThanOrEqual(6)

  await panel.getByText('40 contacts so far').waitFor()
  const { shift, steps, notes } = await lastShift(panel)
  expect(steps).toHaveLength(40)
  expect(notes.every(({ at, source }) => at === shift.startedAt && source === 'shift')).toBe(true)
  await panel.getByRole('button', { name: 'End shift' }).focus()
  await panel.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'Sixty-second debrief' }).waitFor()
  await send(panel, `Send ${notes.length} notes to`)
  await waitUntilDrained(panel)

  expectArrived(worker, shift, met, notes.length)
})
