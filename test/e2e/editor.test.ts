import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { hasScreen } from '../support/screen'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import { distancesFromInk, expectFocus, inPicture, readDisk, tabTo } from './editor-steps'
import { WORDS, pairWith, startErrand, startListener } from './panel-steps'
import { type Portal, startPortal } from './portal/portal'
import { type Box, sizeOf, truthOf } from './portal/truth'

/** What a lossy encoder may move a channel of ink by; covers reach 4 px over what they hide. */
const INK = 6

let portal: Portal
let browser: LaunchedChromium
beforeAll(async () => {
  portal = await startPortal()
})
afterAll(async () => {
  await portal.stop()
})

/** A walk on the request form, with its fields filled in, and a picture of it taken by key. */
async function takePicture({ coverEverything = false } = {}) {
  browser = await launchChromium()
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/requests/new`)
  // So that a crop cuts off nothing but the edge.
  await tab.evaluate(() => document.body.style.setProperty('padding', '100px 160px'))
  await tab.getByLabel('MAC address').fill('aa:bb:cc:dd:ee:ff')
  await tab.getByLabel('Business justification').fill('Zebra quartz, ward 7\n'.repeat(4))
  const panel = await browser.openPanel(tab)
  if (coverEverything) await pairWith(panel, 'http://127.0.0.1:9', { coverEverything })
  await startErrand(browser, panel)
  await tab.bringToFront()
  await browser.pressKeys('alt+shift+s')
  const thumb = panel.getByRole('button', { name: 'Look at the masked picture' })
  await thumb.waitFor()
  const fields = await truthOf(tab, 'input, select, textarea')
  const { width, height } = await sizeOf(tab)
  return { tab, panel, thumb, fields, heading: await truthOf(tab, 'h1'), width, height }
}

async function usedPicture(panel: Page) {
  const { notes, pictures } = await readDisk(panel)
  const [attachment] = notes[0]?.attachments ?? []
  const picture = pictures.find(({ sha256 }) => sha256 === attachment?.sha256)
  if (attachment === undefined || picture === undefined) throw new Error('no picture')
  return {
    attachment,
    base64: picture.base64,
    count: pictures.length,
    proof: notes[0]?.proofs?.[0],
  }
}

describe.runIf(hasScreen)('the picture editor', () => {
  test('by keys alone: reveal for a reason, cover, arrow, crop, undo, use; and it is burned in', async () => {
    const team = await startListener()
    const { panel, thumb, fields, width, height } = await takePicture()
    const before = await usedPicture(panel)
    await thumb.press('Enter')
    await panel.getByText('4 covered', { exact: true }).waitFor()
    await expectFocus(panel, 'Picture for your note')

    // Reveal asks why, and goes on where it was.
    await tabTo(panel, 'Reveal 2, VLAN')
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'It is a label, not data')
    await expectAxeClean(panel)
    await panel.keyboard.press('Escape')
    await expectFocus(panel, 'Reveal 2, VLAN')
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'It is a label, not data')
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'Cover 2 again, VLAN')
    await panel.getByText('3 covered', { exact: true }).waitFor()

    // A box in the middle, moved and made larger.
    await tabTo(panel, 'Cover', true)
    await panel.keyboard.press('Enter')
    await panel.getByText('Chosen. Arrow keys move it').waitFor()
    await expectFocus(panel, 'Your box')
    for (const key of ['ArrowRight', 'Alt+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowDown'])
      await panel.keyboard.press(key)
    // Without its outermost 4 px, which a lossy encoder blends with what is beside them.
    const added: Box = [
      Math.round(width * 0.375) + 8 + 4,
      Math.round(height * 0.44) + 1 + 4,
      Math.round(width * 0.25) + 8 - 8,
      Math.round(height * 0.12) + 8 - 8,
    ]

    // An arrow, taken away by Delete and back by undo.
    await tabTo(panel, 'Cover', true)
    await panel.keyboard.press('ArrowRight')
    await panel.keyboard.press('ArrowRight')
    await expectFocus(panel, 'Arrow')
    await panel.keyboard.press('Enter')
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'Your arrow')
    // Off the box, which is looked at later.
    for (let presses = 0; presses < 44; presses += 1) await panel.keyboard.press('ArrowRight')
    await panel.keyboard.press('Delete')
    await panel.getByText('Your arrow').waitFor({ state: 'detached' })
    await expectFocus(panel, 'Cover')
    await panel.keyboard.press('Control+z')
    await panel.getByText('Your arrow').waitFor()
    await panel.keyboard.press('Control+z')
    await panel.getByRole('button', { name: 'Undo: draw arrow' }).waitFor()
    await panel.keyboard.press('Control+y')
    await panel.getByRole('button', { name: 'Undo: move arrow' }).waitFor()

    // A crop: set by keys, then made.
    await panel.keyboard.press('End')
    await panel.keyboard.press('ArrowLeft')
    await panel.keyboard.press('ArrowLeft')
    await expectFocus(panel, 'Crop')
    await panel.keyboard.press('Enter')
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'Crop to this')
    await panel.keyboard.press('ArrowLeft')
    await panel.keyboard.press('ArrowUp')
    await panel.keyboard.press('Shift+ArrowRight')
    await expectAxeClean(panel)
    await panel.keyboard.press('Enter')
    await expectFocus(panel, 'Crop')
    await takeScreenshots(panel, 'editor')

    await tabTo(panel, 'Use this picture')
    await panel.keyboard.press('Enter')
    await panel.getByText('Picture kept: 4 covered').waitFor()

    const crop: Box = [
      Math.round((width * (1 - 0.8)) / 2) - 8,
      Math.round((height * (1 - 0.8)) / 2) - 8,
      Math.round(width * 0.8) + 8,
      Math.round(height * 0.8),
    ]
    const { attachment, base64, count, proof } = await usedPicture(panel)
    expect(attachment).toMatchObject({ covered: 4, everythingCovered: false })
    expect(attachment.sha256).not.toBe(before.attachment.sha256)
    expect([attachment.width, attachment.height, count]).toEqual([crop[2], crop[3], 1])
    const [mac, vlan, reason] = fields
    if (!mac || !vlan || !reason) throw new Error('no fields')
    const seen = await distancesFromInk(
      panel,
      base64,
      [mac, reason, added, vlan].map((box) => inPicture(box, crop)),
    )
    expect(seen.slice(0, 3).filter(({ most }) => most > INK)).toEqual([])
    expect(seen[3]?.share).toBeGreaterThan(0.5)
    const bytes = Buffer.from(base64, 'base64')
    expect(bytes.toString('latin1', 12, 16)).toBe('VP8 ')
    expect(bytes.readUInt32LE(4) + 8).toBe(bytes.length)
    expect(/VP8X|EXIF|XMP |ICCP/.test(bytes.toString('latin1'))).toBe(false)
    expect(proof).toMatchObject({
      covered: { field: 3 },
      uncovered: [{ what: 'Form field “VLAN”', reason: 'it is a label, not data' }],
      added: 1,
      cropped: true,
    })

    // The shot is gone: nothing can be revealed any more.
    await thumb.press('Enter')
    await panel
      .getByText('What is under the covers was never kept, so it cannot be shown later.')
      .waitFor()
    expect(await panel.getByRole('button', { name: /Reveal/ }).count()).toBe(0)
    await expectAxeClean(panel)
    await panel.getByRole('button', { name: 'Back to the note' }).click()

    // What left tells it, and what left does not hold it.
    await panel.getByRole('textbox', { name: 'What happened?' }).fill(WORDS)
    await panel.getByRole('button', { name: 'Save note' }).click()
    await pairWith(panel, team.origin)
    await panel.getByRole('button', { name: 'End walk' }).click()
    await panel.getByRole('button', { name: 'Send 1 note to IT Service Team' }).click()
    const body = await waitFor(() => team.bodies.find((each) => each.includes(WORDS)), 'a push')
    expect(body).not.toMatch(/not data|uncovered|VLAN/)
    await panel.getByRole('button', { name: 'Done' }).click()
    await panel.getByRole('button', { name: 'What left this device, and when' }).click()
    await panel
      .getByText('You uncovered Form field “VLAN”: it is a label, not data.', { exact: false })
      .waitFor()
    await expectAxeClean(panel)
    await browser.close()
    team.stop()
  })

  test('where everything is covered, a part that is shown keeps its fields covered', async () => {
    const { panel, thumb, fields, heading, width, height } = await takePicture({
      coverEverything: true,
    })
    const before = await usedPicture(panel)
    const whole = await distancesFromInk(panel, before.base64, [[0, 0, width, height]])
    expect(whole.filter(({ most }) => most > 2)).toEqual([])
    await thumb.click()
    await panel.getByText('everything covered', { exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Reveal', exact: true }).click()

    // Drawn with the mouse, over the heading and the first field.
    const [mac] = fields
    const [title] = heading
    if (!mac || !title) throw new Error('no fields')
    const stage = await panel.locator('.marks').boundingBox()
    if (!stage) throw new Error('no stage')
    const scale = stage.width / width
    const at = (x: number, y: number) => [stage.x + x * scale, stage.y + y * scale] as const
    await panel.mouse.move(...at(4, 4))
    await panel.mouse.down()
    await panel.mouse.move(...at(width / 2, mac[1] / 2))
    await panel.mouse.move(...at(width * 0.75, mac[1] + mac[3] + 40))
    await panel.mouse.up()
    await panel.getByText('Shown part').waitFor()
    await expectAxeClean(panel)
    await takeScreenshots(panel, 'editor-everything')
    await panel.getByRole('button', { name: 'Use this picture' }).click()
    await panel.getByText('Picture kept: 4 covered').waitFor()

    const { attachment, base64, proof } = await usedPicture(panel)
    expect(attachment).toMatchObject({ width, height, everythingCovered: false })
    const page: Box = [0, 0, width, height]
    const below: Box = [0, mac[1] + mac[3] + 60, width, height - mac[1] - mac[3] - 60]
    const [field, rest, words] = await distancesFromInk(panel, base64, [
      inPicture(mac, page),
      inPicture(below, page),
      inPicture([title[0], title[1], width / 2, title[3]], page),
    ])
    expect(field?.most).toBeLessThanOrEqual(INK)
    expect(rest?.most).toBeLessThanOrEqual(INK)
    expect(words?.share).toBeGreaterThan(0.5)
    expect(proof).toMatchObject({ parts: 1, uncovered: [] })
    await browser.close()
  })

  test('nothing scrolls sideways on a narrow panel at 200 % zoom, question and crop open', async () => {
    const { panel, thumb } = await takePicture()
    await thumb.click()
    await panel.setViewportSize({ width: 400, height: 880 })
    await panel.getByText('Form field “VLAN”').click()
    await takeScreenshots(panel, 'editor-400')
    await panel.getByRole('button', { name: 'Reveal 1, MAC address' }).click()
    await panel.getByText('Why show it?').waitFor()
    const cut: string[] = []
    for (const width of [200, 320, 480]) {
      await panel.setViewportSize({ width, height: 440 })
      const beyond = await panel.evaluate(() => {
        const room = document.documentElement.clientWidth
        const all = [...document.body.querySelectorAll('*:not(option, datalist)')]
        const isOut = (each: Element) =>
          each.getBoundingClientRect().right > room + 1 && each.getClientRects().length > 0
        return [
          ...all.filter(isOut).map((each) => `${each.localName}.${each.getAttribute('class')}`),
          ...(document.documentElement.scrollWidth > room ? ['the page'] : []),
        ]
      })
      cut.push(...beyond.map((each) => `at ${width}: ${each}`))
      await takeScreenshots(panel, `editor-${width}`)
    }

    expect(cut).toEqual([])
    await browser.close()
  })
})
