import type { Page } from 'playwright-core'

import type { LaunchedChromium } from '../../support/chromium'
import { waitFor } from '../../support/wait-for'
import type { Ledger } from './ledger'

/** What somebody does from Start to Send. */
export interface Script {
  errand: string
  notes: { words: string; mood: 'Embarrassing' | 'Liked'; isOnPage: boolean }[]
}

/** A walk with a note on the page, which has a picture, and one or two others. */
export function scriptOf(name: string, random: () => number): Script {
  const length = random() < 0.5 ? 2 : 3
  return {
    errand: `Errand of ${name}`,
    notes: Array.from({ length }, (_, index) => ({
      words: `${name}, note ${index + 1}: it didn’t “work” 😬 ${Math.floor(random() * 1e6)}`,
      mood: random() < 0.3 ? ('Liked' as const) : ('Embarrassing' as const),
      isOnPage: index === 0 || random() < 0.3,
    })),
  }
}

export interface Scene {
  browser: LaunchedChromium
  tab: Page
  panel: Page
  ledger: Ledger
}

/** Walks, notes and sends, and writes down what the panel says. */
export async function perform(scene: Scene, { errand, notes }: Script): Promise<void> {
  const { panel } = scene
  await startWalk(scene, errand)
  for (const note of notes) {
    if (note.isOnPage) await press(scene)
    else await panel.getByRole('button', { name: note.mood, exact: true }).click()
    await write(scene, note.words, note.mood)
    if (note.isOnPage) scene.ledger.worded += 1
  }
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByText('Partly', { exact: true }).click()
  await send(
    scene,
    notes.map(({ words }) => words),
  )
}

async function startWalk({ browser, tab, panel }: Scene, errand: string): Promise<void> {
  await tab.bringToFront()
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByLabel('Your errand, in a customer’s words').fill(errand)
  await panel.getByText(/Wince will see 127\.0\.0\.1:\d+ only/).waitFor()
  const isAllowed = await panel.getByText('You allowed this site').isVisible()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  if (!isAllowed) await browser.acceptPermissionPrompt()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
}

/** Presses on the page until the composer opens: a press that falls on a dying background is lost. */
async function press({ browser, tab, panel, ledger }: Scene): Promise<void> {
  const words = panel.getByLabel('What happened?')
  for (;;) {
    ledger.pressed += 1
    await browser.clickAction(tab)
    try {
      await words.waitFor({ timeout: 4_000 })
      break
    } catch (error) {
      if (panel.isClosed() || ledger.pressed > 1_000) throw error
    }
  }
  await panel
    .getByRole('button', { name: /Look at the masked picture/ })
    .or(panel.locator('.why-none'))
    .waitFor()
}

async function write({ panel, ledger }: Scene, text: string, mood: string): Promise<void> {
  ledger.typed.add(text)
  await panel.locator('form.composer').getByText(mood, { exact: true }).click()
  await panel.getByLabel('What happened?').fill(text)
  // Until the next frame the panel still shows what it said of the draft before.
  await panel.waitForTimeout(50)
  await panel.getByText('Draft kept on this device').waitFor()
  ledger.kept.add(text)
  await panel.getByRole('button', { name: /^Save note/ }).click()
  await panel.getByLabel('What happened?').waitFor({ state: 'detached' })
}

/** Presses Send once it is awake, and waits for what the panel says to it. */
async function send({ panel, ledger }: Scene, texts: readonly string[]): Promise<void> {
  const button = panel.getByRole('button', { name: /^Send/ }).and(panel.locator('.primary'))
  await waitFor(
    async () => (await button.getAttribute('aria-disabled')) !== 'true' || undefined,
    'Send to wake',
  )
  await button.click()
  await panel.getByRole('button', { name: 'Done' }).waitFor()
  for (const text of texts) ledger.sent.add(text)
}

/** Back to home, whatever the panel shows; a walk that goes on is ended, everything kept is sent. */
export async function sendWhatIsLeft(scene: Scene): Promise<void> {
  const { panel } = scene
  const done = panel.getByRole('button', { name: 'Done' })
  const end = panel.getByRole('button', { name: 'End walk' })
  const home = panel.getByRole('button', { name: 'Walk a service' })
  await done.or(end).or(home).waitFor()
  if (await done.isVisible()) await done.click()
  if (await end.isVisible()) {
    await end.click()
    await panel.getByRole('button', { name: 'Send it later' }).click()
  }
  await home.waitFor()
  const review = panel.getByRole('button', { name: /^Review/ })
  // What is kept is read from the disk a moment after the screen is there.
  await panel.waitForTimeout(300)
  if (!(await review.isVisible())) return
  await review.click()
  await send(scene, [])
  await done.click()
  await home.waitFor()
}
