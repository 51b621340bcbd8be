import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { callsOf, timesOf } from '#shared/call'
import { toClock } from '#shared/duration'
import type { Step } from '#shared/step'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, killBackground, launchChromium } from '../support/chromium'
import { openWorkspace } from '../support/first-run'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { readDevice, waitUntilDrained } from './kill/device'
import { type Portal, startPortal } from './portal/portal'
import { connectPanel, endAndSend, saveNote, winceAt } from './story/panel'

const ERRAND = 'My laptop won’t join the ward Wi-Fi'
/** So long the panel stays closed while somebody is on hold. */
const AWAY_MS = 3_000

let worker: RunningWorker
let portal: Portal
let leader: LaunchedChromium
let recoveryCode: string
let link: string

beforeAll(async () => {
  ;[worker, portal] = await Promise.all([startWorker(), startPortal()])
  leader = await launchChromium()
  const { client, recoveryCodes } = await openWorkspace(worker)
  const { id } = await client.addPerson({ name: 'Chief nurse', role: 'walker' })
  const due = new Date(Date.now() + 2 * 24 * 3_600_000).toISOString().slice(0, 10)
  await client.addToPlan({ personId: id, kind: 'errand', what: ERRAND, service: 'Wi-Fi', due })
  const { code } = await client.askForPairing(id)
  recoveryCode = recoveryCodes[0] ?? ''
  link = `${worker.origin}/pair#${code}`
})

afterAll(async () => {
  await leader?.close()
  await portal?.stop()
  await worker?.close()
})

test('a planned walk from portal to phone and back, with every tap undone once, is played back as it was', async () => {
  const tab = await leader.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  let panel = await leader.openPanel(tab)
  await connectPanel(panel, link)
  await tab.bringToFront()
  await panel.getByText(/^Planned for you, by/).waitFor()
  await panel.getByRole('button', { name: `Start: ${ERRAND}` }).click()
  await leader.acceptPermissionPrompt()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await tab.goto(`${portal.origin}/search?q=wifi`)

  await panel.getByRole('button', { name: 'Call a number on this walk' }).click()
  await panel.getByLabel('The number you call').fill('4357')
  await panel.getByLabel('Why would a customer call?').fill('Wi-Fi')
  await panel.getByRole('button', { name: 'I’m dialling now' }).click()
  await tapTwice(panel, 'Undo', () => hear(panel, '1 a problem'))
  await tapTwice(panel, 'Undo key 1', () => press(panel, /^1/))
  await tapTwice(panel, 'Undo', () => press(panel, 'Reason'))
  await tapTwice(panel, 'Undo key 3', () => press(panel, '3'))
  await tapTwice(panel, 'Undo key 0', () => press(panel, '0'))
  await tapTwice(panel, 'Undo', () => press(panel, 'On hold'))

  // Neither the panel nor the background is there while they wait on hold.
  const before = await readDevice(panel)
  await killBackground(leader)
  await panel.close()
  const left = Date.now()
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS))
  panel = await leader.openPanel(tab)
  await panel.getByRole('button', { name: 'Back to the call' }).click()
  await panel.getByRole('timer', { name: 'Time on hold' }).waitFor()
  expect((await readDevice(panel)).steps).toEqual(before.steps)
  await tapTwice(panel, 'Undo', () => press(panel, 'On hold'))
  const [call] = callsOf(await stepsOn(panel))
  expect(call?.holds).toHaveLength(1)
  expect(call?.holds[0]?.ms).toBeGreaterThan(Date.now() - left - AWAY_MS)
  expect(call?.holds[0]?.ms).toBeGreaterThanOrEqual(AWAY_MS)

  await tapTwice(panel, 'Undo', () => press(panel, 'Passed on'))
  await panel.getByRole('group', { name: 'Were you told why?' }).getByText('No').click()
  await panel.getByRole('button', { name: 'Mark this moment' }).click()
  await panel.getByRole('button', { name: 'Add words' }).click()
  await saveNote(panel, { words: 'On hold, then a machine.', kind: 'Slow', wince: 3 })
  await tapTwice(panel, 'Undo how it ended', () => press(panel, 'Voicemail'))
  await panel.getByText('No', { exact: true }).click()
  await panel.getByRole('button', { name: /Go on walking|Done/ }).click()

  await tab.goto(`${portal.origin}/requests/new`)
  await tab.getByRole('button', { name: 'Submit request' }).hover()
  await winceAt(leader, tab, panel)
  await saveNote(panel, { words: 'Nobody knows a MAC address.', kind: 'Wrong name', wince: 2 })
  const steps = await stepsOn(panel)
  await endAndSend(panel)
  const device = await waitUntilDrained(panel)
  const walk = device.walks[0]
  if (walk === undefined) throw new Error('no walk was kept')

  expect(worker.query('SELECT state, walk_id FROM plan')).toEqual([
    { state: 'done', walk_id: walk.id },
  ])

  // The same on one page, made on the device, with its pictures and without a name.
  const download = panel.waitForEvent('download')
  await panel.getByRole('button', { name: 'Show it on Monday' }).click()
  const story = readFileSync(await (await download).path(), 'utf8')
  expect(story).toContain('On hold, then a machine.')
  expect(story).toMatch(/<img src="data:image\/\w+;base64,/)
  expect(story).not.toContain('Chief nurse')

  // What arrived is what the device has, step by step.
  const arrived = worker.query<{ data: string }>(
    `SELECT data FROM step WHERE walk_id = '${walk.id}' ORDER BY seq`,
  )
  expect(arrived.map(({ data }) => JSON.parse(data) as Step)).toEqual(await stepsOn(panel))
  expect(kindsOnCall(steps)).toEqual([
    'dial',
    'option',
    'key',
    'asked-again',
    'key',
    'key',
    'hold',
    'transfer',
    'call-end',
  ])

  const [played] = callsOf(steps)
  if (played === undefined) throw new Error('no call was kept')
  const times = timesOf(played, played.end?.at ?? 0)
  expect(times.listeningMs + times.holdingMs + times.talkingMs).toBe(times.lengthMs)
  expect(times).toMatchObject({ toPersonMs: null, askedAgain: 1, isDeadEnd: true })

  const page = await signIn()
  await page.goto(`${worker.origin}/walks/${walk.id}`)
  await page.getByRole('heading', { level: 1, name: ERRAND }).waitFor()
  const lines = await linesOn(page)
  for (const step of steps.filter(({ kind }) => ON_CALL.has(kind))) {
    if (step.kind === 'key' && step.key !== '1' && step.key !== '3') continue
    const time = toClock(step.at - walk.startedAt)
    expect(
      lines.some((line) => line.startsWith(time)),
      `${step.kind} at ${time}`,
    ).toBe(true)
  }
  expect(lines.join('\n')).toContain(`On hold ${toClock(times.holdingMs)}`)
  expect(await channelsOn(page)).toEqual(['Portal', 'Phone, 4357', 'Portal'])
  await expectAxeClean(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await takeScreenshots(page, 'call-walk')
})

const ON_CALL: ReadonlySet<Step['kind']> = new Set([
  'dial',
  'key',
  'option',
  'asked-again',
  'hold',
  'transfer',
  'call-end',
] as const)

const kindsOnCall = (steps: readonly Step[]) =>
  steps.flatMap(({ kind }) => (ON_CALL.has(kind) ? [kind] : []))

/** Does it, takes it back, finds everything as it was, and does it again. */
async function tapTwice(panel: Page, undo: string, tap: () => Promise<void>): Promise<void> {
  const before = await stepsOn(panel)
  await tap()
  await changed(panel, before)
  await panel.getByRole('button', { name: new RegExp(`^${undo}`) }).click()
  await waitFor(
    async () => JSON.stringify(await stepsOn(panel)) === JSON.stringify(before) || undefined,
    `all to be as it was before ${undo}`,
  )
  await tap()
  await changed(panel, before)
}

async function changed(panel: Page, before: readonly Step[]): Promise<void> {
  await waitFor(
    async () => JSON.stringify(await stepsOn(panel)) !== JSON.stringify(before) || undefined,
    'the tap to be on the disk',
  )
}

const press = (panel: Page, name: string | RegExp) =>
  panel
    .getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()

async function hear(panel: Page, words: string): Promise<void> {
  await panel.getByLabel(/What did you hear here/).fill(words)
  await panel.getByRole('button', { name: 'Heard' }).click()
}

async function stepsOn(panel: Page): Promise<Step[]> {
  const { steps } = await readDevice(panel)
  return steps.map(({ step }) => step as Step).toSorted((one, other) => one.seq - other.seq)
}

async function signIn(): Promise<Page> {
  const page = await leader.context.newPage()
  await page.goto(worker.origin)
  await page.getByLabel('Or with a code').fill(recoveryCode)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: 'Triage' }).waitFor()
  return page
}

const linesOn = async (page: Page) =>
  (await page.locator('.lines li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())

const channelsOn = async (page: Page) =>
  (await page.locator('.lines .chan').allInnerTexts()).map((text) => text.trim())
