import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { newNote } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { at, openDesk, type TriageDesk } from './story/triage'

let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

/** Notes about nothing that the others are about, so that each has an entry of its own. */
const apart = (...words: string[]) =>
  words.map((each, index) =>
    newNote({ words: each, place: at(`/${each.split(' ')[1]}`, 'button', `Go ${index}`) }),
  )

const entryOf = (words: string) =>
  desk.worker.query<{ number: number; state: string; reason: string | null }>(
    `SELECT entry.number, entry.state FROM entry JOIN entry_note ON entry_note.entry_id = entry.id AND current = 1
     JOIN note ON note.id = note_id WHERE note.words = ?`,
    words,
  )[0]

test('of two who sort the same notes, the slower one is told, and either may stand', async () => {
  const { browser, leader, open, page, press, waiting, worker } = desk
  const [kiosk, printer, badge] = [
    'The kiosk prints an empty ticket',
    'Nobody answers about toner on weekends',
    'My badge opens the wrong doors',
  ]
  await leader.send(apart(kiosk, printer, badge))
  await open()
  const other = await browser.context.newPage()
  await other.goto(`${worker.origin}/triage`)
  const rowIn = (where: typeof page, words: string) =>
    where.getByRole('button', { name: new RegExp(words) }).first()
  await rowIn(other, kiosk).click()
  await rowIn(page, kiosk).click()

  await other.keyboard.press('3')
  await other.getByLabel('Why will nothing be done about it?').fill('It was a test.')
  await other.keyboard.press('Enter')
  await expect.poll(waiting).toBe(2)
  await press('1')
  await page.getByText('Somebody changed this meanwhile. The note is back.').waitFor()
  await rowIn(page, kiosk).click()
  const notice = page.getByText(/Somebody changed this meanwhile\. It was declined, as #\d+\./)
  await notice.waitFor()
  await expectAxeClean(page)
  await takeScreenshots(page, 'triage-overtaken')
  await page.getByRole('button', { name: 'Use theirs' }).click()
  await notice.waitFor({ state: 'detached' })
  expect(entryOf(kiosk)?.state).toBe('declined')
  expect(waiting()).toBe(2)

  await rowIn(page, printer).click()
  await rowIn(other, printer).click()
  await other.keyboard.press('m')
  await other.getByRole('dialog', { name: 'Move the note to…' }).getByRole('combobox').fill('badge')
  await other
    .getByRole('option', { name: /badge opens/ })
    .first()
    .click()
  await expect.poll(waiting).toBe(1)
  const theirs = entryOf(printer)?.number
  await press('2')
  await page.getByText('Somebody changed this meanwhile. The note is back.').waitFor()
  await rowIn(page, printer).click()
  await page.getByText(`The note is in #${theirs} now.`).waitFor()
  await page.getByRole('button', { name: 'Use mine' }).click()

  await expect.poll(() => entryOf(printer)?.number).not.toBe(theirs)
  await other.close()
})

test('many are declined for one reason, by their exact count, and taken back as one', async () => {
  const { leader, open, page, waiting } = desk
  await leader.send(
    apart('Alarm test rang twice', 'Betting site is blocked', 'Coffee is cold at nine'),
  )
  await open()
  const before = waiting()

  await page.getByRole('button', { name: `Choose all ${before} notes` }).click()
  await page.getByRole('button', { name: `Decline ${before} notes` }).click()
  const dialog = page.getByRole('dialog', { name: `Decline ${before} notes from “All”` })
  await dialog.getByRole('button', { name: 'We cannot change this ourselves' }).click()
  await expectAxeClean(page)
  await dialog.getByRole('button', { name: `Decline ${before} notes` }).click()
  const result = page.getByRole('dialog', { name: `${before} notes declined.` })
  await result.waitFor()
  expect(waiting()).toBe(0)
  expect(entryOf('Coffee is cold at nine')?.state).toBe('declined')
  await result.getByRole('button', { name: `Undo all ${before}` }).click()

  await expect.poll(waiting).toBe(before)
  expect(entryOf('Coffee is cold at nine')?.state).toBe('new')
})

test('what a leader typed means a service of the list from then on', async () => {
  const { leader, open, page, worker } = desk
  const wifi = (words: string) =>
    newNote({ words, service: 'the wlan', place: at('/wlan', 'button', 'Connect') })
  await leader.send([wifi('It wants a certificate that I have never heard of')])
  await open()
  await page
    .getByRole('button', { name: /wants a certificate/ })
    .first()
    .click()

  await page.getByRole('button', { name: 'Change the service' }).click()
  const dialog = page.getByRole('dialog', { name: 'Which service is it about?' })
  await dialog.getByText('It is not on the list').click()
  await dialog.getByLabel('What customers call it').fill('Wi-Fi')
  await dialog.getByLabel('Who provides it').fill('Network team')
  await dialog.getByRole('button', { name: 'Add it to the list' }).click()
  await dialog.getByLabel('From now on, “the wlan” means this service').check()
  await expectAxeClean(page)
  await takeScreenshots(page, 'triage-service')
  await dialog.getByRole('button', { name: 'Set the service' }).click()
  await page.getByText('The service is set.').waitFor()
  const later = wifi('Connecting takes four tries in the lobby')
  await leader.send([later])

  await open()
  await page
    .getByRole('button', { name: /four tries in the lobby/ })
    .first()
    .click()
  await page.locator('.read dd', { hasText: 'Wi-Fi typed “the wlan”' }).waitFor()
  expect(
    worker.query('SELECT alias FROM service_alias').map((row) => Object.values(row)[0]),
  ).toEqual(['the wlan'])
  expect(desk.complaints).toEqual([])
})
