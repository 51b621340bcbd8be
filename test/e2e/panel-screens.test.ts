import { describe, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { WORDS, pairWith, panelAddress, startListener } from './panel-steps'

describe('every screen of the panel', () => {
  test('axe finds nothing serious on any screen, light or dark', async () => {
    const browser = await launchChromium()
    const panel = await browser.context.newPage()
    await panel.goto(panelAddress(browser))
    await panel.setViewportSize({ width: 400, height: 880 })
    await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
    await expectAxeClean(panel)
    for (const name of ['Settings', 'What left this device, and when', 'Connect to your team']) {
      await panel.getByRole('button', { name }).click()
      await panel.getByRole('button', { name: 'Back to home' }).waitFor()
      await expectAxeClean(panel)
      await panel.getByRole('button', { name: 'Back to home' }).click()
    }
    await panel.getByRole('button', { name: 'Walk a service' }).click()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Start walking' }).click()
    await panel.getByRole('button', { name: 'End walk' }).waitFor()
    await expectAxeClean(panel)
    await panel.keyboard.press('e')
    await panel.keyboard.press('2')
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByRole('button', { name: '9 more' }).click()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Save note' }).click()
    await panel.getByRole('button', { name: 'Call a number on this walk' }).click()
    await panel.getByLabel('The number you call').fill('4357')
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'I’m dialling now' }).click()
    await panel.getByRole('button', { name: '2', exact: true }).click()
    await panel.keyboard.press('1')
    await panel.getByRole('button', { name: 'On hold' }).click()
    await panel.getByRole('timer', { name: 'Time on hold' }).waitFor()
    await panel.getByRole('button', { name: 'Mark this moment' }).click()
    await panel.getByText('Moment kept at 2 › 1').first().waitFor()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Gave up' }).click()
    await panel.getByRole('button', { name: 'Go on walking' }).click()
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByText('Look at each note').click()
    await panel.getByText('See every byte').click()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Send it later' }).click()
    await panel.getByRole('button', { name: /Review 2 notes/ }).waitFor()
    await expectAxeClean(panel)
    await browser.close()
  })

  test('what was sent can be taken back after Send and from home, the timeline alone too', async () => {
    const team = await startListener()
    const browser = await launchChromium()
    const panel = await browser.context.newPage()
    await panel.goto(panelAddress(browser))
    await panel.setViewportSize({ width: 400, height: 880 })
    await panel.getByRole('button', { name: 'Walk a service' }).click()
    await panel.getByLabel('Your errand, in a customer’s words').fill('My laptop stays offline.')
    await panel.getByRole('button', { name: 'Start walking' }).click()
    await panel.getByRole('button', { name: 'End walk' }).waitFor()
    await panel.keyboard.press('e')
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByRole('button', { name: 'Save note' }).click()
    await pairWith(panel, team.origin)
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByRole('button', { name: 'Send 1 note to IT Service Team' }).click()
    await panel.getByRole('heading', { name: 'Sending 1 note to IT Service Team' }).waitFor()
    await expectAxeClean(panel)
    await expect.poll(() => team.bodies.length).toBeGreaterThan(0)

    await panel.getByRole('button', { name: 'Take only the timeline back' }).click()

    const asked = panel.getByText('Timeline of “My laptop stays offline.”, being taken back')
    await asked.waitFor()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Done' }).click()
    await panel.getByText('1 note and a timeline').waitFor()
    await asked.waitFor()
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Take it back' }).click()
    await panel.getByText('Nothing of it can be taken back any more.').waitFor()
    await browser.close()
    team.stop()
  })

  test('nothing is cut or scrolls sideways at 200 % zoom of a narrow panel', async () => {
    const browser = await launchChromium()
    const panel = await browser.context.newPage()
    await panel.goto(panelAddress(browser))
    const cut: string[] = []
    const measure = async (screen: string) => {
      for (const width of [200, 320, 480]) {
        await panel.setViewportSize({ width, height: 440 })
        // Toasts come and go; what is asked is whether anything sticks out to the right.
        const beyond = await panel.evaluate(() => {
          const room = document.documentElement.clientWidth
          const all = [...document.body.querySelectorAll('*:not(option, datalist)')]
          return all
            .filter(
              (each) =>
                each.getBoundingClientRect().right > room + 1 && each.getClientRects().length > 0,
            )
            .map((each) => `${each.localName}.${each.getAttribute('class')}`)
        })
        cut.push(...beyond.map((each) => `${screen} at ${width}: ${each}`))
      }
      await panel.setViewportSize({ width: 400, height: 880 })
    }
    await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
    await measure('home')
    await panel.getByRole('button', { name: 'Walk a service' }).click()
    await measure('start')
    await panel.getByRole('button', { name: 'Start walking' }).click()
    await panel.getByRole('button', { name: 'End walk' }).waitFor()
    await measure('walk')
    await panel.getByRole('button', { name: 'Embarrassing' }).click()
    await panel.getByRole('textbox', { name: 'What happened?' }).waitFor()
    await measure('composer')
    await panel.getByRole('button', { name: 'Save note' }).click()
    await panel.getByRole('button', { name: 'Call a number on this walk' }).click()
    await panel.getByRole('button', { name: 'I’m dialling now' }).click()
    await panel.getByRole('button', { name: 'On hold' }).click()
    await measure('call')
    await panel.getByRole('button', { name: 'I hung up' }).click()
    await panel.getByRole('button', { name: 'Go on walking' }).click()
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByText('See every byte').click()
    await measure('debrief')

    expect(cut).toEqual([])
    await browser.close()
  })
})
