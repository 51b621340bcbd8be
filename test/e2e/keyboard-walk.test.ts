import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { useKeyboard } from './keyboard-steps'
import { WORDS, pairWith, startListener } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

let portal: Portal
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(() => portal.stop())

test.each([
  { name: 'a panel of 400 × 880', width: 400, height: 880 },
  { name: 'the same at 200 % zoom', width: 200, height: 440 },
])(
  'a whole walk by keyboard alone, each stop named, ringed and in sight: $name',
  async ({ width, height }) => {
    const team = await startListener()
    const browser = await launchChromium()
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/search?q=wifi`)
    const panel = await browser.openPanel(tab)
    await panel.setViewportSize({ width, height })
    await pairWith(panel, team.origin)
    await panel.bringToFront()
    const keyboard = useKeyboard(panel)
    let screens = 0
    const expectFit = async () => {
      await expectAxeClean(panel)
      await takeScreenshots(panel, `walk-${width}-${(screens += 1)}`)
    }
    const heading = (name: string | RegExp) => panel.getByRole('heading', { name }).waitFor()

    await expectFit()
    await keyboard.tabTo('button "Walk a service')
    await keyboard.press('Enter')
    await heading('Walk a service')
    await keyboard.tabTo('textbox "Your errand')
    await keyboard.type('My laptop stays offline.')
    await keyboard.tabTo('radio "New starter')
    await keyboard.press('Space')
    await keyboard.tabTo('combobox "Service')
    await keyboard.type('Wi-Fi')
    await keyboard.tabTo('radio "First time here')
    await keyboard.press('Space')
    await expectFit()
    await keyboard.tabTo('button "Start walking')
    await keyboard.press('Enter')
    await browser.acceptPermissionPrompt()
    await panel.getByRole('button', { name: 'End walk' }).waitFor()
    await expectFit()

    await panel.bringToFront()
    await keyboard.press('e')
    await panel.getByRole('radio', { name: 'Embarrassing' }).waitFor()
    await keyboard.press('3')
    await keyboard.tabTo('radio "Wrong name')
    await keyboard.press('Space')
    await keyboard.tabTo('textbox "What happened?')
    await keyboard.type(WORDS)
    await expectFit()
    await keyboard.press('Control+Enter')
    await panel.getByRole('button', { name: 'Liked' }).waitFor()

    await keyboard.tabTo('button "Call a number on this walk')
    await keyboard.press('Enter')
    await panel.getByLabel('The number you call').waitFor()
    await keyboard.tabTo('textbox "The number you call')
    await keyboard.type('4357')
    await keyboard.tabTo('button "I’m dialling now')
    await keyboard.press('Enter')
    await panel.getByRole('button', { name: 'On hold' }).waitFor()
    await keyboard.press('2', '1')
    await keyboard.tabTo('button "On hold')
    await keyboard.press('Enter')
    await panel.getByRole('timer', { name: 'Time on hold' }).waitFor()
    await expectFit()
    await keyboard.tabTo('button "Gave up')
    await keyboard.press('Enter')
    await panel.locator(':focus', { hasText: 'Go on walking' }).waitFor()
    await keyboard.press('Enter')

    await panel.getByRole('button', { name: 'End walk' }).waitFor()
    await keyboard.tabTo('button "End walk')
    await keyboard.press('Enter')
    await heading('Sixty-second debrief')
    await keyboard.tabTo('radio "Yes')
    await keyboard.press('ArrowRight')
    expect(await panel.getByRole('radio', { name: 'Partly' }).isChecked()).toBe(true)
    await keyboard.tabTo('radio "1"')
    await keyboard.press('ArrowRight', 'ArrowRight')
    await keyboard.tabTo('combobox "The one thing to fix first')
    await keyboard.press('ArrowDown')
    await keyboard.tabTo('textbox "In one line')
    await keyboard.type('The names lost me.')
    await panel.locator('summary', { hasText: 'See every byte' }).waitFor()
    await keyboard.tabTo('text: See every byte')
    await keyboard.press('Enter')
    await expectFit()
    const send = panel.getByRole('button', { name: /^Send 1 note to/ })
    await waitFor(
      async () => (await send.getAttribute('aria-disabled')) !== 'true' || undefined,
      'Send to wake',
    )
    await keyboard.tabTo('button "Send 1 note to')
    await keyboard.press('Enter')
    await heading(/^Sending 1 note to|reached/)
    await expect.poll(() => team.bodies.join('')).toContain('The names lost me.')
    await keyboard.tabTo('button "See what left this device')
    await keyboard.press('Enter')
    await heading('What left this device')
    await expectFit()

    expect(keyboard.troubles()).toBe('')
    await browser.close()
    team.stop()
  },
)
