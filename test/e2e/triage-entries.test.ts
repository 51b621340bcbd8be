import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { takeScreenshots } from '../support/screenshot'
import { newNote } from '../support/ops'
import { at, mixedNotes, openDesk, type TriageDesk } from './story/triage'

let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

test('an entry is renamed, merged and taken apart again; its number resolves all the while', async () => {
  const { leader, open, page, press, worker } = desk
  await leader.send(mixedNotes(40))
  await open()
  await press('r')
  const rename = page.getByRole('dialog', { name: /^Rename #/ })
  await rename.getByRole('textbox').fill('The kiosk says nothing')
  await expectAxeClean(page)
  await press('Enter')
  await page.getByText(/is called “The kiosk says nothing” now/).waitFor()
  await page.getByRole('heading', { name: 'The kiosk says nothing' }).waitFor()
  const number = Number(
    (await page.locator('.fit a.meta').textContent())?.replace('#', '') ?? Number.NaN,
  )

  await press('g')
  const merge = page.getByRole('dialog', { name: /^Merge #/ })
  await merge.getByRole('combobox').fill('finds Wi-Fi')
  await merge
    .getByRole('option', { name: /Nobody new finds Wi-Fi/ })
    .first()
    .waitFor()
  await press('Enter')
  await merge.getByRole('button', { name: new RegExp(`^Merge #${number} into #`) }).waitFor()
  await expectAxeClean(page)
  await takeScreenshots(page, 'triage-merge')
  await merge.getByRole('button', { name: new RegExp(`^Merge #${number} into #`) }).click()
  await page.getByText(new RegExp(`#${number} merged into #`)).waitFor()

  await page.goto(`${worker.origin}/register/${number}`)
  await page.getByText(`#${number} was merged into this entry`).waitFor()
  await page.getByRole('heading', { name: 'Merged into this entry' }).waitFor()
  await expectAxeClean(page)
  await takeScreenshots(page, 'entry-merged')
  await page.getByRole('button', { name: `Take apart #${number} again` }).click()
  await page.getByText('Taken apart. They stay two.').waitFor()
  const [entry] = worker.query(
    'SELECT title_confirmed, merged_into FROM entry WHERE number = ?',
    number,
  )
  expect(entry).toEqual({ title_confirmed: 1, merged_into: null })
  await page.goto(`${worker.origin}/register/${number}`)
  await page.getByRole('heading', { name: 'The kiosk says nothing' }).waitFor()
})

test('a split stays split after ten more similar notes', async () => {
  const { leader, open, page, press, worker } = desk
  const place = at('/badge', 'button', 'Order a badge')
  const words = [
    'The badge photo is refused without a reason.',
    'My badge photo was refused, no reason given.',
    'Badge photo refused again and no reason.',
  ]
  await leader.send(words.map((each) => newNote({ words: each, place })))
  const [split] = worker.query<{ number: number; notes: number }>(
    `SELECT entry.number, entry.notes FROM entry JOIN entry_note ON entry_note.entry_id = entry.id AND current = 1
     JOIN note ON note.id = note_id WHERE note.words = ?`,
    words[0] ?? '',
  )
  expect(split?.notes).toBe(3)
  await open()
  await page
    .getByRole('button', { name: /badge photo was refused/ })
    .first()
    .click()

  await press('s')
  const dialog = page.getByRole('dialog', { name: `Split #${split?.number ?? 0}` })
  await dialog.getByRole('checkbox', { name: /My badge photo was refused/ }).check()
  await dialog
    .getByLabel(/What is their entry called/)
    .fill('A photo of somebody else is asked for')
  await expectAxeClean(page)
  await takeScreenshots(page, 'triage-split')
  await dialog.getByRole('button', { name: 'Split off 1 note' }).click()
  await page.getByText(/1 note split off #/).waitFor()
  const whereIs = (text: string) =>
    worker.query<{ number: number; title: string }>(
      `SELECT entry.number, entry.title FROM entry JOIN entry_note ON entry_note.entry_id = entry.id AND current = 1
       JOIN note ON note.id = note_id WHERE note.words = ?`,
      text,
    )[0]
  const own = whereIs(words[1] ?? '')
  expect(own?.title).toBe('A photo of somebody else is asked for')
  expect(own?.number).not.toBe(split?.number)

  await leader.send(
    Array.from({ length: 10 }, (_, index) =>
      newNote({ words: `Badge photo refused without a reason, try ${index}.`, place }),
    ),
  )

  expect(whereIs(words[1] ?? '')?.number).toBe(own?.number)
  expect(whereIs(words[0] ?? '')?.number).toBe(split?.number)
  const merged = worker.query(
    'SELECT 1 FROM entry WHERE number = ? AND merged_into IS NOT NULL',
    own?.number ?? 0,
  )
  expect(merged).toEqual([])
})
