import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { takeScreenshots } from '../support/screenshot'
import { newNote } from '../support/ops'
import { at, mixedNotes, openDesk, sidewaysOf, type TriageDesk } from './story/triage'

const NOTES = 200

let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

const decisions = (what: string) =>
  desk.worker.query<{ made: number }>(
    'SELECT count(*) AS made FROM decision WHERE what = ?',
    what,
  )[0]?.made ?? -1

const made = () =>
  desk.worker.query<{ made: number }>('SELECT count(*) AS made FROM decision')[0]?.made ?? -1

/** The words of the note that is read. */
const readWords = () => desk.page.locator('.read blockquote').textContent()

test('without notes, triage says what fills it', async () => {
  const { open, page } = desk
  await open()

  await page.getByText('Nothing to sort. The next walk fills this page.').waitFor()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
})

test('a note is read with its evidence and its reason, in light, dark and at 200 %', async () => {
  const { leader, open, page, waiting } = desk
  await leader.send(mixedNotes(NOTES))
  await open()

  expect(waiting()).toBe(NOTES)
  await page.getByRole('link', { name: `Triage ${NOTES} waiting` }).waitFor()
  await page.getByRole('heading', { name: /Walk, 7 September/ }).waitFor()
  await page.getByRole('button', { name: /^Accept as #1/ }).waitFor()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'triage')
})

test('keys rest while somebody types, while a dialog is open and with a modifier', async () => {
  const { page, press, waiting } = desk
  const words = await readWords()
  await press('?')
  const sheet = page.getByRole('dialog', { name: 'All keys' })
  await sheet.waitFor()
  await press('1', '2', 'h')
  await expectAxeClean(page)
  await press('Escape')
  await sheet.waitFor({ state: 'detached' })

  await press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go to, or do' })
  await palette.waitFor()
  await page.keyboard.type('1 2 3 h z')
  await expectAxeClean(page)
  await press('Escape')
  await palette.waitFor({ state: 'detached' })
  await press('Alt+1', 'Control+2')
  await page.evaluate(() => {
    const field = document.createElement('div')
    field.contentEditable = 'true'
    field.id = 'editable'
    document.body.append(field)
    field.focus()
  })
  await page.keyboard.type('12h')
  await page.evaluate(() => document.querySelector('#editable')?.remove())

  expect(await readWords()).toBe(words)
  expect(waiting()).toBe(NOTES)
  expect(decisions('confirm') + decisions('own') + decisions('later')).toBe(0)
})

test('single keys can be switched off, and the switch stays where they are off', async () => {
  const { page, press, waiting } = desk
  await press('?')
  await page.getByLabel('Single keys do something in this browser').uncheck()
  await press('Escape')
  await press('1')
  await page.getByText('Single keys are switched off.').waitFor()

  await press('?')
  await page.getByLabel('Single keys do something in this browser').check()
  await press('Escape')

  expect(waiting()).toBe(NOTES)
})

test('200 new notes are sorted by keyboard alone', async () => {
  const { page, press, waiting, worker } = desk
  await page.mouse.move(0, 0)
  const clicks = await page.evaluateHandle(() => {
    const seen = { clicks: 0 }
    addEventListener('pointerdown', () => (seen.clicks += 1))
    return seen
  })
  // Once forward and back: nothing is decided by reading.
  const first = await readWords()
  await press('j')
  expect(await readWords()).not.toBe(first)
  await press('k')
  expect(await readWords()).toBe(first)

  let turn = 0
  while (waiting() > 0) {
    // What is on its way may come back to be sorted: later, undone, overtaken.
    if ((await page.locator('.read').count()) === 0) {
      await page.waitForTimeout(100)
      continue
    }
    turn += 1
    expect(turn, 'every turn decides about a note').toBeLessThan(NOTES * 2)
    if (turn % 40 === 7) {
      await press('3')
      await page.getByLabel('Why will nothing be done about it?').waitFor()
      await page.keyboard.type('It works as it was agreed.')
      await press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    } else if (turn % 40 === 13) {
      await press('m')
      const dialog = page.getByRole('dialog', { name: 'Move the note to…' })
      await dialog.getByRole('option').first().waitFor()
      await press('Enter')
      await dialog.waitFor({ state: 'detached' })
    } else if (turn % 40 === 21 && turn < NOTES) await press('h')
    else if (turn % 10 === 4) await press('2')
    else await press('1')
    if (turn === 60) {
      await expect.poll(made, { timeout: 30_000 }).toBe(turn)
      await press('z')
      await page.getByText('Undone.').waitFor()
      await expectAxeClean(page)
    }
  }

  await page.getByText('Nothing to sort. The next walk fills this page.').waitFor()
  expect(await clicks.evaluate((seen) => seen.clicks)).toBe(0)
  expect(decisions('confirm')).toBeGreaterThan(100)
  expect(decisions('own')).toBeGreaterThan(10)
  expect(decisions('decline')).toBeGreaterThan(2)
  expect(decisions('later')).toBeGreaterThan(2)
  expect(decisions('undo')).toBe(1)
  const [{ homeless } = { homeless: -1 }] = worker.query<{ homeless: number }>(
    'SELECT count(*) AS homeless FROM note WHERE (SELECT count(*) FROM entry_note WHERE note_id = note.id AND current = 1) <> 1',
  )
  expect(homeless).toBe(0)
})

test('undo goes on after the page was left, and brings the note back', async () => {
  const { page, press, waiting } = desk
  await page.reload()
  await page.getByText('Nothing to sort.').waitFor()

  await press('z')

  await page.locator('.read blockquote').waitFor()
  await expect.poll(waiting).toBe(1)
  await press('1')
  await expect.poll(waiting).toBe(0)
})

test('a whole view is accepted with its exact count, and taken back as one', async () => {
  const { leader, open, page, waiting } = desk
  const words = Array.from(
    { length: 12 },
    (_, index) => `The kiosk says number ${index} and nothing else.`,
  )
  await leader.send(
    words.map((each, index) =>
      newNote({ words: each, place: at(`/k-${index}`, 'button', `K ${index}`) }),
    ),
  )
  await open()

  await page.getByRole('button', { name: 'Choose all 12 notes' }).click()
  await page.getByText('12 notes chosen from “All”').waitFor()
  await takeScreenshots(page, 'triage-bulk')
  await page.getByRole('button', { name: 'Accept 12 notes' }).click()
  const asked = page.getByRole('dialog', { name: 'Accept 12 notes from “All”?' })
  await asked.waitFor()
  await expectAxeClean(page)
  await asked.getByRole('button', { name: 'Accept 12 notes' }).click()
  const result = page.getByRole('dialog', { name: '12 notes accepted.' })
  await result.waitFor()
  expect(waiting()).toBe(0)
  await expectAxeClean(page)
  await result.getByRole('button', { name: 'Undo all 12' }).click()

  await expect.poll(waiting).toBe(12)
  await page.getByRole('button', { name: 'Choose all 12 notes' }).waitFor()
})

test('a choice belongs to its view: another one lets it go and says so', async () => {
  const { page, press } = desk
  await press('x', 'j', 'x')
  await page.getByText('2 notes chosen from “All”').waitFor()

  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Asked/ }).click()

  await page.getByText('2 chosen notes were let go: another view is shown.').waitFor()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /All/ }).click()
  await page.getByRole('button', { name: 'Choose all 12 notes' }).waitFor()
  expect(await page.locator('.inbox li.on').count()).toBe(0)
})

test('without a connection decisions wait in their order, and nothing is lost', async () => {
  const { browser, open, page, press, waiting } = desk
  await open()
  const before = waiting()
  expect(before).toBeGreaterThan(2)
  await browser.context.setOffline(true)

  await press('1')
  await press('1')
  await page.getByText('2 decisions wait for a connection and go by themselves.').waitFor()
  expect(waiting()).toBe(before)
  await expectAxeClean(page)
  await browser.context.setOffline(false)

  await expect.poll(waiting, { timeout: 20_000 }).toBe(before - 2)
  await page.getByText(/decisions wait for/).waitFor({ state: 'detached' })
})

test('what leaders liked is kept, its team thanked, and that taken back', async () => {
  const { page } = desk
  await page.getByRole('link', { name: 'Keep' }).click()
  await page.getByRole('heading', { name: 'Keep', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Thank the team' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Thank the team' })
  await dialog
    .getByRole('textbox')
    .fill('Thank you. Three leaders liked how you pick up. Please keep it.')
  await expectAxeClean(page)
  await dialog.getByRole('button', { name: 'The team was thanked' }).click()
  await page
    .getByText('“Thank you. Three leaders liked how you pick up. Please keep it.”')
    .waitFor()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'keep')
  await page.getByRole('link', { name: 'Shared', exact: true }).click()
  await expect.poll(() => page.locator('.kept > li').count()).toBe(1)

  await page.getByRole('button', { name: 'Undo' }).click()

  await page.getByText('No team has been thanked yet.').waitFor()
})

test('nothing broke the content security policy, and no page threw', () => {
  const { complaints } = desk
  expect(complaints).toEqual([])
})
