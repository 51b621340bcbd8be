import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { openLocalDatabase } from '../support/local-data'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { type Portal, startPortal } from './portal/portal'
import { firstRunByPasskey, pairingLinkOn } from './story/dashboard'
import { connectPanel, endAndSend, saveNote, startErrand, winceAt } from './story/panel'
import { sidewaysOf } from './story/triage'

const ERRAND = 'My laptop won’t join the ward Wi-Fi'
const WORDS = 'Nobody knows what a MAC address is.'
const CHANGED = 'The form asks for your name, and finds the rest itself.'

let worker: RunningWorker
let portal: Portal
let browser: LaunchedChromium

beforeAll(async () => {
  ;[worker, portal] = await Promise.all([startWorker(), startPortal()])
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
  await worker?.close()
})

/** One request of the signed-in page; answers the entry as it is then. */
async function send(
  page: Page,
  method: 'PATCH' | 'POST',
  path: string,
  change: object,
): Promise<void> {
  const { status, text } = await page.evaluate(
    async ([how, where, json]) => {
      const entry = (await (await fetch('/app/entries/1')).json()) as { entry: { version: number } }
      const body = JSON.stringify({ version: entry.entry.version, ...JSON.parse(json) })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(where, { method: how, headers, body })
      return { status: answer.status, text: await answer.text() }
    },
    [method, path, JSON.stringify(change)] as const,
  )
  expect(status, text).toBe(200)
}

async function moveToCheck(page: Page): Promise<void> {
  const [owner] = worker.query<{ id: string }>("SELECT id FROM person WHERE role = 'owner'")
  await send(page, 'PATCH', '/app/entries/1', { owner: owner?.id, impact: 2, effort: 'S' })
  for (const to of ['accepted', 'analyse']) await send(page, 'POST', '/app/entries/1/moves', { to })
  const reviewOn = '2027-01-10'
  await send(page, 'PATCH', '/app/entries/1', { whyObvious: 'The form asks for it.', reviewOn })
  for (const to of ['progress', 'check']) await send(page, 'POST', '/app/entries/1/moves', { to })
}

/** Closed, with what customers are told, as the end of an entry leaves it; one of them still waits. */
function close(): void {
  const database = openLocalDatabase(worker.folder, { readOnly: false })
  try {
    database.exec(`
      INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
      SELECT entry.id, entry.workspace_id, entry.id, 'changed', 1, '', '${CHANGED}', person.id, 1
      FROM entry JOIN person ON person.role = 'owner' WHERE number = 1;
      UPDATE entry_work SET close_code = 'successful';
      UPDATE workspace SET seq = seq + 1;
      UPDATE entry SET state = 'closed', version = version + 1, seq = (SELECT seq FROM workspace),
        changed_at = unixepoch() * 1000 WHERE number = 1;
      INSERT INTO follow_up (id, workspace_id, entry_id, customer, person_id, seen_through_by, since, due_at)
      SELECT person.id, entry.workspace_id, entry.id, 'A ward nurse', person.id, person.id, 1,
        unixepoch() * 1000 - 7200000 FROM entry JOIN person ON person.role = 'owner' WHERE number = 1;`)
  } finally {
    database.close()
  }
}

/** Asks the background for news until the panel shows something. */
async function heard(panel: Page, text: string): Promise<void> {
  await waitFor(
    async () => {
      await panel.evaluate('chrome.runtime.sendMessage("wince/sync")')
      return (await panel.getByText(text).count()) > 0 || undefined
    },
    text,
    60_000,
  )
}

const grouped = (notes: number) =>
  waitFor(
    () => worker.query('SELECT 1 FROM note WHERE grouped = 1').length === notes || undefined,
    `${notes} grouped notes`,
    90_000,
  )

async function noteAtButton(tab: Page, panel: Page): Promise<void> {
  await tab.bringToFront()
  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(browser, tab, panel)
  await saveNote(panel, { words: WORDS, kind: 'Wrong name' })
}

/** px that anything sticks out to the right, at each width of a panel at 200 % zoom. */
async function cutAt(panel: Page): Promise<string[]> {
  const cut: string[] = []
  for (const width of [200, 320, 480]) {
    await panel.setViewportSize({ width, height: 440 })
    const beyond = await panel.evaluate(() =>
      [...document.body.querySelectorAll('*')]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => `${each.localName}.${each.getAttribute('class')}`),
    )
    cut.push(...beyond.map((each) => `${width}: ${each}`))
  }
  await panel.setViewportSize({ width: 400, height: 880 })
  return cut
}

test('what a leader noted is fixed, walked again, laid beside the first walk, and comes back', async () => {
  onTestFailed(async () => {
    for (const [index, page] of browser.context.pages().entries())
      await takeScreenshots(page, `failed-again-${index}`)
  })
  const dashboard = await browser.context.newPage()
  await dashboard.setViewportSize({ width: 1440, height: 900 })
  await dashboard.emulateMedia({ reducedMotion: 'reduce' })
  await firstRunByPasskey(dashboard, worker, 'Example Health · IT')
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  const panel = await browser.openPanel(tab)
  await connectPanel(panel, await pairingLinkOn(dashboard, worker))
  await tab.bringToFront()
  await startErrand(browser, panel, ERRAND, 'Wi-Fi')
  await noteAtButton(tab, panel)
  await endAndSend(panel)
  await grouped(1)
  await panel.getByRole('button', { name: 'Done' }).click()

  // Somebody fixes it, and asks.
  await moveToCheck(dashboard)
  await dashboard.goto(`${worker.origin}/register/1`)
  const proof = dashboard.getByRole('region', { name: 'Prove it' })
  await proof.getByRole('button', { name: 'Ask for a second walk' }).press('Enter')
  await proof.getByText('1 leader is asked. It stands on top of their panel.').waitFor()

  // The panel says so on top, and on the screen of its own.
  await heard(panel, 'Your team asks')
  await panel.setViewportSize({ width: 400, height: 880 })
  await panel.emulateMedia({ reducedMotion: 'reduce' })
  expect(await panel.getByRole('region', { name: 'Your next four minutes' }).innerText()).toContain(
    ERRAND,
  )
  await takeScreenshots(panel, 'again-home')
  await expectAxeClean(panel)
  await panel.getByRole('button', { name: 'What became of my notes' }).press('Enter')
  const again = panel.getByRole('button', { name: /^Fixed: walk it again\?/ })
  await again.waitFor()
  expect(await panel.getByRole('listitem').innerText()).toMatch(
    /Fixed, and being checked\s+New\s+“Nobody knows what a MAC address is.”/,
  )
  await takeScreenshots(panel, 'again-fates')
  await expectAxeClean(panel)
  expect(await cutAt(panel)).toEqual([])
  await panel.getByRole('button', { name: /^Not now/ }).press('Enter')
  await panel.getByRole('button', { name: 'Undo' }).press('Enter')
  await panel.getByRole('button', { name: /^Not now/ }).waitFor()
  await panel.getByRole('button', { name: 'Back to home' }).press('Enter')

  // One tap, everything filled in.
  await tab.bringToFront()
  await panel.getByRole('button', { name: `Walk it again: ${ERRAND}` }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await endAndSend(panel)
  await waitFor(
    () => worker.query("SELECT 1 FROM second_walk WHERE state = 'walked'").length || undefined,
    'the ask to be answered',
  )
  await panel.getByRole('button', { name: 'Done' }).click()

  await dashboard.reload()
  await proof.getByRole('table').waitFor()
  expect(await proof.getByRole('rowheader').allTextContents()).toEqual([
    'Start to end',
    'Waiting',
    'Pages',
    'Winces',
    'Got it done',
  ])
  expect(await proof.getByRole('row', { name: /^Winces/ }).innerText()).toMatch(/1\s+0/)
  await dashboard.getByText('Walked again after the fix').waitFor()
  await takeScreenshots(dashboard, 'again-entry')
  await expectAxeClean(dashboard)
  expect(await sidewaysOf(dashboard)).toEqual({})
  await proof.getByRole('link', { name: 'Play both, side by side' }).click()
  await dashboard.getByRole('heading', { name: 'Then and now' }).waitFor()

  // Closed: the leader hears what changed. Then somebody meets it again.
  close()
  await dashboard.goto(`${worker.origin}/`)
  const week = dashboard.getByRole('heading', { level: 1 })
  await week.getByText('One thing got better.').waitFor()
  expect(await week.innerText()).toBe(
    'One thing got better. One customer has waited longer than 24 hours to hear from us. One note waits for triage.',
  )
  const better = dashboard.getByRole('region', { name: 'Better since last week' })
  await better.getByText(CHANGED).waitFor()
  const late = dashboard.getByRole('region', { name: 'Waiting over 24 hours' })
  expect(await late.getByRole('listitem').innerText()).toMatch(
    /A ward nurse\s+First contact · #1 · Service desk manager\s+2 h 0\d over/,
  )
  await takeScreenshots(dashboard, 'again-week')
  await expectAxeClean(dashboard)
  expect(await sidewaysOf(dashboard)).toEqual({})
  await heard(panel, 'Fixed today')
  await panel.getByRole('button', { name: 'What became of my notes' }).click()
  await panel.getByText(CHANGED).waitFor()
  await takeScreenshots(panel, 'again-fates-closed')
  await panel.getByRole('button', { name: 'Back to home' }).click()
  await tab.bringToFront()
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await noteAtButton(tab, panel)
  await endAndSend(panel)
  await grouped(2)
  await panel.getByRole('button', { name: 'Done' }).click()
  await heard(panel, 'It came back: open again')

  await dashboard.goto(`${worker.origin}/register/1`)
  await proof.getByText('It was closed, and a new note opened it again once.').waitFor()
  await dashboard.getByText('It came back: reopened by a note from a walk').waitFor()
  await dashboard.goto(`${worker.origin}/register`)
  await dashboard.getByRole('cell', { name: /^Reopened 1× by new notes/ }).waitFor()
})
