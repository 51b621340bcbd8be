import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'

import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { expectAxeClean } from '../support/axe'
import { type Line, openLine } from '../support/line'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { type Portal, startPortal } from './portal/portal'
import { askCodeForLeader, firstRunByPasskey, pairingLinkOn } from './story/dashboard'
import {
  connectPanel,
  dumpIndexedDb,
  endAndSend,
  saveNote,
  startErrand,
  winceAt,
} from './story/panel'

const CANARY = 'Kanarivogel'
const TITLE = 'The form is for engineers'

let worker: RunningWorker
let portal: Portal
let line: Line
let first: LaunchedChromium
let second: LaunchedChromium

beforeAll(async () => {
  ;[worker, portal] = await Promise.all([startWorker(), startPortal()])
  line = await openLine(worker.origin)
  first = await launchChromium()
  second = await launchChromium()
})

afterAll(async () => {
  await first?.close()
  await second?.close()
  await line?.close()
  await portal?.stop()
  await worker?.close()
})

/** On the portal's request form, with the pointer on its button. */
async function openForm({ context }: LaunchedChromium): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  return tab
}

async function winceAtButton(browser: LaunchedChromium, tab: Page, panel: Page): Promise<void> {
  await tab.bringToFront()
  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(browser, tab, panel)
}

const nearbyOf = (panel: Page): Promise<Record<string, unknown>[]> =>
  panel.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('wince')
        opening.addEventListener('error', () => reject(new Error('no database')))
        opening.addEventListener('success', () => {
          const all = opening.result.transaction('nearby').objectStore('nearby').getAll()
          all.addEventListener('success', () => {
            opening.result.close()
            resolve(all.result as Record<string, unknown>[])
          })
        })
      }),
  )

/** Asks the background to look for news now, as Send and a connection that is back do. */
async function sync(panel: Page): Promise<void> {
  await panel.evaluate('chrome.runtime.sendMessage("wince/sync")')
}

async function nearbyIs(
  panel: Page,
  what: string,
  is: (rows: Record<string, unknown>[]) => boolean,
) {
  await waitFor(
    async () => {
      await sync(panel)
      return is(await nearbyOf(panel)) || undefined
    },
    what,
    60_000,
  )
}

async function changeEntry(dashboard: Page, change: object): Promise<void> {
  const status = await dashboard.evaluate(async (body) => {
    const answer = await fetch('/app/entries/1', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body,
    })
    return answer.status
  }, JSON.stringify(change))
  expect(status).toBe(200)
}

const grouped = (notes: number) =>
  waitFor(
    () => worker.query('SELECT 1 FROM note WHERE grouped = 1').length === notes || undefined,
    `${notes} grouped notes`,
    90_000,
  )

test('a second walker says “me too” to what the first one noted at the same place, offline, with one tap', async () => {
  onTestFailed(async () => {
    for (const { context } of [first, second])
      for (const [index, page] of context.pages().entries())
        await takeScreenshots(page, `failed-me-too-${index}`)
  })
  const dashboard = await first.context.newPage()
  await firstRunByPasskey(dashboard, worker, 'Example Health · IT')
  const tab = await openForm(first)
  const panel = await first.openPanel(tab)
  await connectPanel(panel, await pairingLinkOn(dashboard, worker))
  await tab.bringToFront()
  await startErrand(first, panel, 'My laptop won’t join the ward Wi-Fi', 'Wi-Fi')
  await winceAtButton(first, tab, panel)
  await saveNote(panel, { words: `${CANARY}: nobody knows a MAC address.`, kind: 'Wrong name' })
  await endAndSend(panel)
  await grouped(1)

  await askCodeForLeader(dashboard, worker, 'Medical director')
  const link = (await pairingLinkOn(dashboard, worker)).replace(worker.origin, line.origin)
  const otherTab = await openForm(second)
  const other = await second.openPanel(otherTab)
  await connectPanel(other, link)
  await nearbyIs(other, 'the entry on the second device', (rows) => rows.length === 1)
  line.cut()

  await otherTab.bringToFront()
  await startErrand(second, other, 'I need my own device online', 'Wi-Fi')
  await winceAtButton(second, otherTab, other)
  const card = other.getByRole('region', { name: 'The same as yours?' })
  await other.getByLabel('What happened?').fill('This form is for engineers, I gave up.')
  expect(await card.count()).toBe(0)
  await saveNote(other, { words: 'This form is for engineers, I gave up.', kind: 'Broken' })

  // No title was confirmed, so none is shown; no word of the first walker is on this device.
  await card.getByText('Another leader noted this button').waitFor()
  expect(await card.textContent()).toContain('Same button on the same page.')
  const everything = await dumpIndexedDb(other)
  expect(everything).toContain('I gave up')
  for (const word of [CANARY, 'nobody knows', 'Service desk manager', 'MAC address'])
    expect(everything.toLowerCase()).not.toContain(word.toLowerCase())
  await takeScreenshots(other, 'me-too')
  await expectAxeClean(other)

  const meToo = card.getByRole('button', { name: /^Me too/ })
  await meToo.click()
  await other.getByText('Same as #1, in your words').waitFor()
  expect(await meToo.getAttribute('aria-pressed')).toBe('true')
  await takeScreenshots(other, 'me-too-joined')
  await expectAxeClean(other)
  await other.getByRole('button', { name: /^Undo/ }).click()
  await waitFor(
    async () => (await meToo.getAttribute('aria-pressed')) === 'false' || undefined,
    'it to be taken back',
  )
  await other.keyboard.press('1')
  await waitFor(
    async () => (await meToo.getAttribute('aria-pressed')) === 'true' || undefined,
    'the key to join',
  )

  // What leaves says so; it waits until the line is mended.
  await other.getByRole('button', { name: 'End walk' }).click()
  await other.getByText('See every byte').click()
  await other.locator('.fields div', { hasText: 'Same as' }).getByText('#1').waitFor()
  await other.getByRole('button', { name: 'Send it later' }).click()
  await other.getByRole('button', { name: /^Review 1 note/ }).click()
  const send = other.getByRole('button', { name: /^Send/ }).and(other.locator('.primary'))
  await waitFor(
    async () => (await send.getAttribute('aria-disabled')) !== 'true' || undefined,
    'Send to wake',
  )
  await send.click()
  expect(worker.query('SELECT 1 FROM note')).toHaveLength(1)
  line.mend()
  await grouped(2)

  const placed = worker.query<{ number: number; words: string; by: string; person_id: string }>(
    `SELECT entry.number, note.words, entry_note.placed_by AS by, note.person_id FROM entry_note
     JOIN entry ON entry.id = entry_note.entry_id JOIN note ON note.id = entry_note.note_id
     WHERE current = 1 ORDER BY note.received_at`,
  )
  expect(placed.map(({ number }) => number)).toEqual([1, 1])
  expect(placed[1]?.words).toBe('This form is for engineers, I gave up.')
  expect(placed[1]?.by).toBe(placed[1]?.person_id)
  await dashboard.goto(`${worker.origin}/register/1`)
  await dashboard
    .getByText('Its author said: the same as #1.')
    .first()
    .waitFor({ state: 'attached' })
})

test('a confirmed title is shown; what was taken back is offered no more', async () => {
  const [dashboard] = first.context.pages().filter((page) => page.url().includes('/register/1'))
  const other = second.findPanel()
  const [otherTab] = second.context.pages().filter((page) => page.url().includes('/requests/new'))
  if (!dashboard || !other || !otherTab) throw new Error('the first test left nothing open')
  const [{ version } = {}] = worker.query('SELECT version FROM entry WHERE number = 1')
  await changeEntry(dashboard, { version, title: TITLE })
  await nearbyIs(other, 'the title', (rows) => rows[0]?.['title'] === TITLE)
  await other
    .getByRole('button', { name: /^Done|Back to home/ })
    .first()
    .click()
  await otherTab.bringToFront()
  await startErrandAgain(other)

  await winceAtButton(second, otherTab, other)
  await saveNote(other, { words: 'Again this form.', kind: 'Broken' })

  const card = other.getByRole('region', { name: 'The same as yours?' })
  await card.getByText('Another leader winced here').waitFor()
  await card.getByText(TITLE).waitFor()
  await takeScreenshots(other, 'me-too-title')
  await expectAxeClean(other)

  // It can be ignored, and goes away with the next note.
  await winceAtButton(second, otherTab, other)
  await card.waitFor({ state: 'detached' })
  await other.keyboard.press('Escape')

  const panel = first.findPanel()
  if (!panel) throw new Error('the first panel is gone')
  await panel
    .getByRole('button', { name: /^Take (it|all|them|\d+) back/ })
    .first()
    .click()
  await waitFor(
    () => worker.query('SELECT 1 FROM tombstone').length > 0 || undefined,
    'the first note to be taken back',
    60_000,
  )
  await nearbyIs(other, 'nobody but oneself', (rows) => rows[0]?.['others'] === 0)
  await winceAtButton(second, otherTab, other)
  await saveNote(other, { words: 'And once more this form.', kind: 'Broken' })
  await new Promise((wake) => setTimeout(wake, 500))
  expect(await card.count()).toBe(0)
})

async function startErrandAgain(panel: Page): Promise<void> {
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
}
