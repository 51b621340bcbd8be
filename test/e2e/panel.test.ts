import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { launchChromium } from '../support/chromium'
import { hasScreen } from '../support/screen'
import { waitFor } from '../support/wait-for'
import { WORDS, badgeOf, pairWith, panelAddress, startErrand, startListener } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'

let portal: Portal
let profile: string
beforeAll(async () => {
  portal = await startPortal()
  profile = mkdtempSync(join(tmpdir(), 'wince-panel-'))
})
afterAll(async () => {
  await portal.stop()
  rmSync(profile, { recursive: true, force: true })
})

describe.runIf(hasScreen)('the side panel', () => {
  test('a draft survives closing the panel and killing the browser, and is counted', async () => {
    const browser = await launchChromium({ profile })
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/search?q=wifi`)
    const panel = await browser.openPanel(tab)
    await startErrand(browser, panel)
    await panel.getByRole('button', { name: 'Embarrassing' }).click()
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByText('Draft kept on this device').waitFor()
    expect(await waitFor(async () => (await badgeOf(browser)) || undefined, 'the badge')).toBe('1')
    await panel.close()

    await browser.kill()
    const again = await launchChromium({ profile })
    const reopened = await again.context.newPage()
    await reopened.goto(panelAddress(again))

    await reopened.getByRole('button', { name: WORDS }).click()
    expect(await reopened.getByRole('textbox', { name: 'What happened?' }).inputValue()).toBe(WORDS)
    await reopened.getByRole('button', { name: 'Save note' }).click()
    await reopened.getByRole('button', { name: 'End walk' }).click()
    const saving = reopened.waitForEvent('download')
    await reopened.getByRole('button', { name: 'Save as a file' }).click()
    const saved = unzipSync(readFileSync(await (await saving).path()))['wince.json']
    expect(JSON.parse(strFromU8(saved ?? new Uint8Array()))).toMatchObject({
      format: 'wince-export',
      payloads: [{ kind: 'walk.part' }, { kind: 'note.add', payload: { words: WORDS } }],
    })
    await reopened.getByRole('button', { name: 'Send it later' }).click()
    await reopened.getByText('1 note not sent').waitFor()
    expect(await badgeOf(again)).toBe('1')
    await again.close()
  })

  test('one real key is a moment on the disk, with the element, a masked picture and the trail', async () => {
    const browser = await launchChromium()
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/search?q=wifi`)
    const panel = await browser.openPanel(tab)
    await startErrand(browser, panel)
    await tab.bringToFront()
    await tab.getByRole('button').first().hover()

    await browser.pressKeys('alt+shift+s')

    await panel.getByRole('button', { name: 'Look at the masked picture' }).waitFor()
    await panel.getByText('127.0.0.1', { exact: false }).first().waitFor()
    await panel.getByLabel('Wince 3 of 3, couldn’t show it').check({ force: true })
    await panel.getByLabel('Wrong name').check({ force: true })
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByRole('button', { name: 'A customer’s word' }).click()
    await panel.getByRole('textbox', { name: 'A customer would call it…' }).fill('Wi-Fi')
    await panel.getByRole('button', { name: 'Look at the masked picture' }).click()
    await panel.getByRole('button', { name: 'Leave it out' }).click()
    await panel.getByRole('button', { name: 'Undo' }).click()
    await panel.getByRole('button', { name: 'Look at the masked picture' }).waitFor()
    await panel.keyboard.press('Control+Enter')

    await panel.getByText('Note kept on this device').waitFor()
    await tab.goto(`${portal.origin}/broken`)
    await panel.getByRole('button', { name: 'Note this error as broken' }).click()
    await panel.getByText('The page answered with error 503.').waitFor()
    expect(await badgeOf(browser)).toBe('2')
    await tab.goto(`${portal.otherOrigin}/sign-in`)
    await panel.getByRole('button', { name: 'Allow this site for this walk' }).click()
    await panel
      .getByRole('button', { name: 'Allow this site for this walk' })
      .waitFor({ state: 'detached' })
    await browser.close()
  })

  test('what the preview shows is what the request holds, byte for byte', async () => {
    const team = await startListener()
    const browser = await launchChromium()
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/search?q=wifi`)
    const panel = await browser.openPanel(tab)
    await startErrand(browser, panel)
    await panel.getByRole('button', { name: 'Embarrassing' }).click()
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByRole('button', { name: 'Save note' }).click()
    await panel.getByRole('button', { name: 'Liked' }).click()
    await panel.getByRole('textbox', { name: 'What happened?' }).fill('It knew my building.')
    await panel.getByRole('button', { name: 'Save note' }).click()
    await pairWith(panel, team.origin)
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByLabel('Partly').check({ force: true })
    await panel.getByText('Kept as you go').waitFor()
    await panel.getByText('Look at each note').click()
    await panel.getByRole('checkbox', { name: 'It knew my building.' }).uncheck()
    const send = panel.getByRole('button', { name: 'Send 1 note to IT Service Team' })
    await send.waitFor()
    await panel.getByText('See every byte').click()
    const shown = await panel.locator('pre[data-payload]').allTextContents()
    await send.evaluate((button: HTMLButtonElement) => button.click())
    expect(team.bodies).toEqual([])

    await send.click()

    await panel.getByRole('heading', { name: 'Sending 1 note to IT Service Team' }).waitFor()
    const body = await waitFor(() => team.bodies[0], 'a push')
    const { ops } = JSON.parse(body) as { ops: { payload: unknown }[] }
    expect(ops.map(({ payload }) => JSON.stringify(payload))).toEqual(shown)
    for (const text of shown) expect(body).toContain(text)
    expect(shown).toHaveLength(2)
    await browser.close()
    team.stop()
  })
})
