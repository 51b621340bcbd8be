import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { type Portal, startPortal } from './portal/portal'
import { askCodeForLeader, firstRunByPasskey, pairingLinkOn } from './story/dashboard'
import {
  connectPanel,
  dumpIndexedDb,
  endAndSend,
  noteInMenu,
  saveNote,
  startErrand,
  winceAt,
} from './story/panel'
import { boxesOf, uncovered } from './story/pixels'

/** Typed into the portal by the walker; it may be nowhere afterwards. */
const SECRET = 'Zebra-quartz-1987'

let worker: RunningWorker
let portal: Portal
let owner: LaunchedChromium
let leader: LaunchedChromium

beforeAll(async () => {
  ;[worker, portal] = await Promise.all([startWorker(), startPortal()])
  owner = await launchChromium()
  leader = await launchChromium()
})

afterAll(async () => {
  await owner?.close()
  await leader?.close()
  await portal?.stop()
  await worker?.close()
})

test('a wince on a real page becomes an entry in the register, and its masked picture is the evidence', async () => {
  onTestFailed(keepWhatIsOnScreen)
  const dashboard = await owner.context.newPage()
  await firstRunByPasskey(dashboard, worker, 'Example Health · IT')

  // the owner's own browser, connected by the code that the page shows
  const tab = await owner.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  const panel = await owner.openPanel(tab)
  await connectPanel(panel, await pairingLinkOn(dashboard, worker))
  await dashboard.getByText('That code was used.').waitFor()

  // an errand over every kind of page
  const sent = recordBodies(owner)
  await tab.bringToFront()
  await startErrand(owner, panel, 'My laptop won’t join the ward Wi-Fi', 'Wi-Fi')
  await walkThePortal(tab)

  // two notes on pages, one of them with the picture whose covers are checked
  await tab.goto(`${portal.origin}/search?q=${encodeURIComponent(SECRET)}`)
  const covered = await boxesOf(tab, 'input, .data')
  expect(covered.boxes.length).toBeGreaterThanOrEqual(7)
  await tab.getByRole('button', { name: 'Search' }).hover()
  await winceAt(owner, tab, panel)
  await panel.getByRole('button', { name: /covered\. Look at the masked picture/ }).waitFor()
  await takeScreenshots(panel, 'story-composer')
  await saveNote(panel, {
    words: 'Typed wifi and got a list of patients instead of help.',
    kind: 'Confusing',
    wince: 3,
  })

  await tab.goto(`${portal.origin}/requests/new`)
  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(owner, tab, panel)
  await saveNote(panel, {
    words: 'Nobody on a ward knows a MAC address.',
    kind: 'Wrong name',
    wince: 2,
  })

  await noteInMenu(panel, '4357', '21', {
    words: 'Two minutes of news before the menu.',
    kind: 'Slow',
    wince: 1,
  })
  await takeScreenshots(panel, 'story-walking')
  const preview = await endAndSend(panel)

  await expectOps(sent, preview)
  await waitFor(() => worker.blobs().length >= 2 || undefined, 'both pictures in R2')
  await waitFor(
    () => worker.query('SELECT 1 FROM note WHERE grouped = 0').length === 0 || undefined,
    'grouping',
    90_000,
  )
  await expectNoSecret(panel, sent)
  const picture = pictureOf(worker, 'list of patients')
  expect(await uncovered(dashboard, picture.bytes, picture.type, covered)).toEqual([])

  // another leader, in other words, at the same places
  await askCodeForLeader(dashboard, worker, 'Medical director')
  await secondWalk(await pairingLinkOn(dashboard, worker))
  await waitFor(
    () => worker.query('SELECT 1 FROM note WHERE grouped = 1').length === 6 || undefined,
    'six notes',
    90_000,
  )

  await expectRegister(dashboard)
})

/** What a person would have seen when it went wrong. */
async function keepWhatIsOnScreen(): Promise<void> {
  for (const [name, { context }] of Object.entries({ owner, leader })) {
    for (const [index, page] of context.pages().entries())
      await takeScreenshots(page, `failed-${name}-${index}`)
  }
}

async function walkThePortal(tab: Page): Promise<void> {
  await tab.goto(`${portal.origin}/`)
  await tab.getByLabel('User name').fill('nurse')
  await tab.getByLabel('Password').fill(SECRET)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.getByRole('searchbox', { name: 'Search the portal' }).fill(SECRET)
  await tab.getByRole('button', { name: 'Search' }).click()
  await tab.goto(`${portal.origin}/requests/new`)
  await tab.getByLabel('MAC address').fill('aa:bb:cc:dd:ee:ff')
  await tab.getByLabel('Business justification').fill(SECRET)
  await tab.getByLabel('I have read policy NET-7').check()
  await tab.getByRole('button', { name: 'Submit request' }).click()
  await tab.getByRole('link', { name: 'Back to start' }).click()
  await tab.getByRole('link', { name: 'My requests' }).click()
  await tab.goBack()
  await tab.getByRole('link', { name: 'Service catalogue' }).click()
  await tab.goto(`${portal.origin}/shadow`)
  await tab.goto(`${portal.origin}/frames`)
}

async function secondWalk(link: string): Promise<void> {
  const tab = await leader.context.newPage()
  await tab.goto(`${portal.origin}/sign-in?return=/requests/new`)
  await tab.getByLabel('User name').fill('doctor')
  await tab.getByLabel('Password').fill('anything')
  await tab.getByRole('button', { name: 'Sign in' }).click()
  const panel = await leader.openPanel(tab)
  await connectPanel(panel, link)
  await tab.bringToFront()
  await startErrand(leader, panel, 'I need my own device online', 'Wi-Fi')

  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(leader, tab, panel)
  await saveNote(panel, {
    words: 'Gave up here, this form is for engineers.',
    kind: 'Broken',
    wince: 3,
  })

  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(leader, tab, panel)
  await saveNote(panel, { mood: 'Liked', words: 'The button says what it does.' })

  await noteInMenu(panel, '4357', '21', {
    words: 'The news before the menu cannot be skipped.',
    kind: 'Slow',
    wince: 2,
  })
  await endAndSend(panel)
}

async function expectRegister(dashboard: Page): Promise<void> {
  await dashboard.goto(`${worker.origin}/register`)
  const row = dashboard.getByRole('row', { name: /MAC address/ })
  await row.waitFor()
  expect(await row.getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['2']))
  expect(
    await dashboard
      .getByRole('row', { name: /news before the menu/ })
      .getByRole('cell')
      .allTextContents(),
  ).toEqual(expect.arrayContaining(['2']))
  expect(await dashboard.getByRole('row', { name: /says what it does/ }).count()).toBe(0)
  await takeScreenshots(dashboard, 'story-register')
  await expectAxeClean(dashboard)

  await dashboard.getByRole('link', { name: /MAC address/ }).click()
  await dashboard.getByText('Gave up here, this form is for engineers.').waitFor()
  await dashboard
    .getByText(/Same button on the same page/)
    .first()
    .waitFor({ state: 'attached' })
  const image = dashboard.locator('button.thumb img').first()
  await waitFor(
    async () =>
      (await image.evaluate((each: HTMLImageElement) => each.complete && each.naturalWidth > 0)) ||
      undefined,
    'the picture to be drawn',
  )
  await takeScreenshots(dashboard, 'story-entry')
  await expectAxeClean(dashboard)

  await dashboard.goto(`${worker.origin}/register?mood=liked`)
  await dashboard.getByRole('row', { name: /says what it does/ }).waitFor()
}

interface Bodies {
  /** Every request body that left this browser for the worker, as text. */
  texts: string[]
}

function recordBodies({ context }: LaunchedChromium): Bodies {
  const bodies: Bodies = { texts: [] }
  context.on('request', (request) => {
    if (!request.url().startsWith(`${worker.origin}/v1/`)) return
    bodies.texts.push(request.postDataBuffer()?.toString('latin1') ?? '')
  })
  return bodies
}

/** What was sent is what was shown, byte for byte. */
async function expectOps({ texts }: Bodies, preview: string[]): Promise<void> {
  expect(preview).toHaveLength(4)
  await waitFor(() => texts.some((text) => text.includes('"ops"')) || undefined, 'a push')
  const pushed = texts.filter((text) => text.includes('"ops"')).join('\n')
  for (const text of preview)
    expect(pushed).toContain(`"payload":${Buffer.from(text).toString('latin1')}`)
}

async function expectNoSecret(panel: Page, { texts }: Bodies): Promise<void> {
  const inDatabase = worker
    .query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
    )
    .map(({ name }) => JSON.stringify(worker.query(`SELECT * FROM "${name}"`)))
  const inBucket = worker.blobs().map(({ key, bytes }) => key + bytes.toString('latin1'))
  const everywhere = {
    indexedDb: await dumpIndexedDb(panel),
    requests: texts.join(),
    d1: inDatabase.join(),
    r2: inBucket.join(),
  }
  for (const [where, text] of Object.entries(everywhere)) {
    expect(text.length, where).toBeGreaterThan(1_000)
    expect(text.includes(SECRET), `the secret is in ${where}`).toBe(false)
    expect(text.includes(encodeURIComponent(SECRET)), `the secret is in ${where}`).toBe(false)
  }
}

function pictureOf(
  { query, blobs }: RunningWorker,
  words: string,
): { bytes: Buffer; type: string } {
  const [row] = query<{ sha256: string; type: string }>(
    'SELECT attachment.sha256, attachment.type FROM attachment JOIN note ON note.id = attachment.note_id WHERE note.words LIKE ?',
    `%${words}%`,
  )
  if (!row) throw new Error('the note has no picture')
  const blob = blobs().find(({ key }) => key.endsWith(row.sha256))
  if (!blob) throw new Error('the picture is not in R2')
  return { bytes: blob.bytes, type: row.type }
}
