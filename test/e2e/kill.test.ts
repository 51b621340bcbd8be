import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { ApiClient } from '#shared/api-client'

import { type LaunchedChromium, killBackground, launchChromium } from '../support/chromium'
import { openWorkspace } from '../support/first-run'
import { type Line, openLine } from '../support/line'
import { hasScreen } from '../support/screen'
import { pickSeed, seededRandom } from '../support/seeded'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { readDevice, waitUntilDrained } from './kill/device'
import { type Ledger, arrivedWords, differences, missingOn, newLedger } from './kill/ledger'
import { type Scene, type Script, perform, scriptOf, sendWhatIsLeft } from './kill/session'
import { badgeOf } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'
import { connectPanel } from './story/panel'

/** `npm run e2e -- --long test/e2e/kill.test.ts`; without it a few of each. */
const isLong = process.env['WINCE_LONG'] === '1'
const [KILLS, SIGKILLS, TOGGLES] = isLong ? [50, 12, 20] : [4, 2, 2]
const PATIENCE_MS = isLong ? 2_400_000 : 180_000
/** An answer takes so long that a kill often falls between a request and its answer. */
const DELAY_MS = 60

const seed = pickSeed()
const random = seededRandom(seed)

let portal: Portal
let worker: RunningWorker
let client: ApiClient
let line: Line
let profile: string
let opened: LaunchedChromium | undefined
let ledger: Ledger
beforeAll(async () => {
  console.log(`SEED=${seed}`)
  ;[portal, worker] = await Promise.all([startPortal(), startWorker()])
  ;({ client } = await openWorkspace(worker))
  line = await openLine(worker.origin, DELAY_MS)
})
afterAll(async () => {
  await line?.close()
  await worker?.close()
  await portal?.stop()
})

// A person and a profile for each, so that one test's notes are not another's.
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'wince-kill-'))
  ledger = newLedger((await client.addPerson({ name: 'Lea Leader', role: 'walker' })).id)
})
afterEach(async () => {
  await opened?.close()
  rmSync(profile, { recursive: true, force: true })
})

async function open() {
  const browser = await launchChromium({ profile })
  opened = browser
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/search?q=wifi`)
  // The click that opens the panel is a moment too while a walk goes on.
  ledger.pressed += 1
  return { browser, tab, panel: await browser.openPanel(tab), ledger }
}

async function pair({ panel }: Scene) {
  const { code } = await client.askForPairing(ledger.personId)
  await connectPanel(panel, `${line.origin}/pair#${code}`)
}

const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

describe.runIf(hasScreen)('nothing that was kept is lost or doubled', () => {
  test(
    'when the background is killed at any moment',
    async () => {
      const scene = await open()
      await pair(scene)
      const { panel } = scene
      let sessionMs = 5_000
      let survived = 0
      for (let round = 1; round <= KILLS; round += 1) {
        const startedAt = Date.now()
        // From the first click to a second after Send, when all is under way.
        const killing = sleep(random() * (sessionMs + 1_000)).then(() =>
          killBackground(scene.browser),
        )
        await perform(scene, scriptOf(`Kill ${round}`, random))
        sessionMs = Date.now() - startedAt
        await killing
        // Opening the panel asks for a delivery; nobody has to wait for the alarm here.
        await panel.reload()
        const device = await waitUntilDrained(panel)
        expect(differences(worker, device, ledger), `SEED=${seed}, kill ${round}`).toEqual([])
        survived += 1
        await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
      }
      console.log(`${survived}/${KILLS} kills of the background: ${ledger.sent.size} notes`)
    },
    PATIENCE_MS,
  )

  test(
    'when the browser is killed at any moment',
    async () => {
      let survived = 0
      for (let round = 0; round <= SIGKILLS; round += 1) {
        const scene = await open()
        const { panel } = scene
        if (round === 0) await pair(scene)
        else {
          expect(missingOn(await readDevice(panel), ledger), `SEED=${seed}, ${round}`).toEqual([])
          survived += 1
          await sendWhatIsLeft(scene)
        }
        if (round < SIGKILLS) {
          await performUntilKilled(scene, scriptOf(`Power cut ${round + 1}`, random))
          continue
        }
        const device = await waitUntilDrained(panel)
        expect(differences(worker, device, ledger), `SEED=${seed}`).toEqual([])
      }
      console.log(`${survived}/${SIGKILLS} kills of the browser: ${ledger.kept.size} notes kept`)
    },
    PATIENCE_MS,
  )

  test(
    'when the connection comes and goes, and it is delivered with the panel closed',
    async () => {
      const scene = await open()
      await pair(scene)
      const { browser } = scene
      const waits: number[] = []
      for (let round = 1; round <= TOGGLES; round += 1) {
        // Every second time nobody is awake to notice that the connection is back.
        const isAsleep = round % 2 === 0
        line.cut()
        await perform(scene, scriptOf(`Tunnel ${round}`, random))
        const { notes } = await readDevice(scene.panel)
        const unsent = notes.filter(({ state }) => state !== 'sent').length
        await waitFor(
          async () => (await badgeOf(browser)) === String(unsent) || undefined,
          'the badge',
        )
        if (!isLong && isAsleep) await scene.panel.evaluate(bringAlarmForward)
        await scene.panel.close()
        await sleep(random() * 2_000)
        if (isAsleep) await killBackground(browser)
        line.mend()

        const backAt = Date.now()
        await waitFor(() => hasAllArrived() || undefined, 'delivery without a panel', 90_000)
        waits.push(Date.now() - backAt)
        await waitFor(async () => (await badgeOf(browser)) === '' || undefined, 'no badge')
        scene.panel = await browser.openPanel(scene.tab)
        const device = await waitUntilDrained(scene.panel)
        expect(differences(worker, device, ledger), `SEED=${seed}, tunnel ${round}`).toEqual([])
      }
      const longest = Math.round(Math.max(...waits) / 1_000)
      console.log(`${waits.length}/${TOGGLES} times offline: delivered after ${longest} s at most`)
    },
    PATIENCE_MS,
  )
})

/** Everything ends in the middle of a session; what went wrong before that is no power cut. */
async function performUntilKilled(scene: Scene, script: Script): Promise<void> {
  let isKilled = false
  let failure: unknown
  const session = perform(scene, script).catch((error: unknown) => {
    if (!isKilled) failure = error
  })
  await sleep(1_000 + random() * 7_000)
  isKilled = true
  await scene.browser.kill()
  opened = undefined
  await session
  if (failure !== undefined) throw failure
}

/** The short form cannot wait a minute: the same alarm, its first ring in three seconds. */
function bringAlarmForward(): Promise<void> {
  const { alarms } = (globalThis as unknown as { chrome: { alarms: Alarms } }).chrome
  return alarms.create('courier', { delayInMinutes: 0.05, periodInMinutes: 1 })
}
interface Alarms {
  create(name: string, info: { delayInMinutes: number; periodInMinutes: number }): Promise<void>
}

function hasAllArrived(): boolean {
  const there = new Set(arrivedWords(worker, ledger.personId))
  return [...ledger.sent].every((each) => there.has(each))
}
