import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { takeScreenshots } from '../support/screenshot'
import { WORDS, pairWith, startErrand, startListener } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'
import { saveNote } from './story/panel'

let portal: Portal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal.stop())

const SUBJECT = 'Your request REQ0012345 was closed'

test('an errand waits on home with its clock, is sent so far, and goes on by their e-mail on the same timeline', async () => {
  const team = await startListener()
  const browser = await launchChromium()
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  const panel = await browser.openPanel(tab)
  await panel.setViewportSize({ width: 400, height: 880 })
  await startErrand(browser, panel)
  await panel.keyboard.press('e')
  await saveNote(panel, { words: WORDS, wince: 2 })
  await pairWith(panel, team.origin)
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByRole('button', { name: 'I’m waiting for them' }).click()
  await panel.getByText(/Waiting for them, \d+ s since the start/).waitFor()
  await expectAxeClean(panel)
  await takeScreenshots(panel, 'home-waiting')

  // What is noted so far goes; the errand goes on waiting.
  await panel.getByRole('button', { name: /^Send so far/ }).click()
  await panel.getByRole('button', { name: 'Send 1 note to IT Service Team' }).click()
  await panel.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => team.bodies.join('')).toContain('"state":"waiting"')
  expect(team.bodies.join('')).toContain('"kind":"waiting"')

  // They answer by e-mail, in a tab that Wince does not see.
  await tab.goto(`${portal.otherOrigin}/sign-in`)
  await panel.getByRole('button', { name: /^They answered/ }).click()
  await panel.getByLabel('Which system is it from?').fill('ServiceNow')
  await panel.getByLabel('Its subject line').fill(SUBJECT)
  await panel.getByText('Kept as “Your request :id was closed”').waitFor()
  await expectAxeClean(panel)
  await takeScreenshots(panel, 'answer')
  await panel.getByRole('button', { name: 'Go on with the errand' }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await panel.getByText('“Your request :id was closed”').waitFor()

  // A note here is at the answer, and no picture of it is taken.
  await panel.keyboard.press('e')
  await panel.getByText('ServiceNow, “Your request :id was closed”').first().waitFor()
  expect(await panel.getByRole('button', { name: /masked picture/ }).count()).toBe(0)
  await saveNote(panel, { words: 'Closed, and nobody asked me.', kind: 'Confusing', wince: 3 })
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByRole('button', { name: 'Send 1 note to IT Service Team' }).click()
  await expect.poll(() => team.bodies.join('')).toContain('"kind":"reply"')
  expect(team.bodies.join('')).not.toContain('REQ0012345')

  await browser.close()
  team.stop()
})

test('they never answered: the errand ends with its debrief; and a hint covers a number that was typed', async () => {
  const browser = await launchChromium()
  const panel = await browser.context.newPage()
  await panel.setViewportSize({ width: 400, height: 880 })
  await panel.goto(`chrome-extension://${browser.extensionId}/sidepanel.html`)
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByLabel('Your errand, in a customer’s words').fill('Call me on 555 010 4477')
  await panel.getByText('“555 010 4477” looks like a phone number.').waitFor()
  await expectAxeClean(panel)
  await panel.getByRole('button', { name: 'Cover it' }).click()
  expect(await panel.getByLabel('Your errand, in a customer’s words').inputValue()).toBe(
    'Call me on [phone number]',
  )
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
  await panel.keyboard.press('e')
  await panel.getByRole('textbox', { name: 'What happened?' }).fill('Ask Dr. Okafor, it said')
  await panel.getByText('“Dr. Okafor” looks like a person’s name.').waitFor()
  await expectAxeClean(panel)
  await takeScreenshots(panel, 'composer-hint')
  await panel.getByRole('button', { name: 'It’s fine: “Dr. Okafor”' }).click()
  await panel.getByText('looks like').waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: 'Save note' }).click()
  await panel.getByRole('button', { name: 'End walk' }).click()
  await panel.getByRole('button', { name: 'I’m waiting for them' }).click()
  await panel.getByRole('button', { name: /^They answered/ }).click()
  await panel.getByRole('button', { name: 'They never answered: end it here' }).click()
  await panel.getByRole('heading', { name: 'Sixty-second debrief' }).waitFor()
  await browser.close()
})
