import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Note } from '#shared/note'

import { expectAxeClean } from '../support/axe'
import { newId } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { openDesk, sidewaysOf, type TriageDesk, universityNotes } from './story/triage'

/** So many walks of the university that grouping finds something to ask about. */
const WALKS = 16

let desk: TriageDesk
let notes: Note[]

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

const proposals = (state: string) =>
  desk.worker.query<{ pair: string }>(
    "SELECT note_id || ' ' || entry_id AS pair FROM proposal WHERE state = ?",
    state,
  )

test('an accepted proposal puts the note where it was asked about', async () => {
  const { leader, open, page, press, worker } = desk
  notes = await universityNotes(WALKS)
  await leader.send(notes)
  await open('/triage?show=asked')
  await page.getByRole('heading', { name: 'Looks like' }).waitFor()
  const number = Number((await page.locator('.fit a.meta').textContent())?.slice(1))
  const words = (await page.locator('.read blockquote').textContent()) ?? ''

  await press('1')

  await page.getByText(new RegExp(`Note joined #${number}, now \\d+ notes`)).waitFor()
  const found = worker.query(
    `SELECT 1 FROM entry JOIN entry_note ON entry_note.entry_id = entry.id AND current = 1
     JOIN note ON note.id = note_id WHERE entry.number = ? AND note.words = ?`,
    number,
    words,
  )
  expect(found.length).toBeGreaterThan(0)
}, 200_000)

test('a proposal that a reviewer rejects never comes back', async () => {
  const { leader, open, page, press, worker } = desk
  const asked = proposals('open').map(({ pair }) => pair)
  expect(asked.length, 'grouping asks about some of them').toBeGreaterThan(0)
  await open('/triage?show=asked')
  await page.getByRole('heading', { name: 'Looks like' }).waitFor()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'triage-asked')

  for (const _ of asked) {
    // oxlint-disable-next-line no-await-in-loop -- one note after the other
    await press('2')
  }
  await expect.poll(() => proposals('open').length, { timeout: 30_000 }).toBe(0)
  await page.getByText('Wince asks nothing right now.').waitFor()
  // The same words at the same places once more, and whatever the sweep has left to ask.
  await leader.send(notes.map((note) => ({ ...note, id: newId() })))
  await worker.ringCron()

  const openNow = new Set(proposals('open').map(({ pair }) => pair))
  const together = new Set(
    worker
      .query<{ pair: string }>(
        "SELECT note_id || ' ' || entry_id AS pair FROM entry_note WHERE current = 1",
      )
      .map(({ pair }) => pair),
  )
  expect(asked.filter((pair) => openNow.has(pair) || together.has(pair))).toEqual([])
}, 400_000)
