import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { EntryChange } from '#shared/api/entry'
import * as v from 'valibot'

import hostileTexts from '../shared/hostile-texts.json'
import { expectAxeClean } from '../support/axe'
import { openLocalDatabase } from '../support/local-data'
import { newId } from '../support/ops'
import { takeScreenshots, takeZoomedScreenshot } from '../support/screenshot'
import { useKeyboard } from './keyboard-steps'
import { mixedNotes, openDesk, sidewaysOf, type TriageDesk } from './story/triage'

let desk: TriageDesk
let page: Page

beforeAll(async () => {
  desk = await openDesk()
  ;({ page } = desk)
  await desk.leader.send(mixedNotes(24))
}, 300_000)

afterAll(() => desk?.close())

async function openEntry(number: number): Promise<void> {
  await page.goto(`${desk.worker.origin}/register/${number}`)
  await page.getByRole('heading', { name: 'Root cause' }).waitFor()
}

/** Changes an entry as somebody at another desk would. */
async function changeMeanwhile(number: number, change: object): Promise<void> {
  const status = await page.evaluate(
    async ({ path, values }) => {
      const known = (await (await fetch(path)).json()) as { entry: { version: number } }
      const response = await fetch(path, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ version: known.entry.version, ...values }),
      })
      return response.status
    },
    { path: `/app/entries/${number}`, values: change },
  )
  expect(status).toBe(200)
}

function stateOf(number: number): string | undefined {
  return desk.worker.query<{ state: string }>('SELECT state FROM entry WHERE number = ?', number)[0]
    ?.state
}

/** What customers will be told, as the section for it writes it. */
function tellCustomers(number: number): void {
  const database = openLocalDatabase(desk.worker.folder, { readOnly: false })
  database
    .prepare(
      `INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
       SELECT ?, entry.workspace_id, entry.id, 'changed', 1, 'You said', 'Thank you. We did.',
         (SELECT id FROM person WHERE person.workspace_id = entry.workspace_id AND role = 'owner'), 1
       FROM entry WHERE number = ?`,
    )
    .run(newId(), number)
  database.close()
}

test('an entry goes from New to Closed by keys alone, and the page says what each step needs', async () => {
  await openEntry(1)
  const keyboard = useKeyboard(page)

  await keyboard.tabTo('button "Accept"')
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Give it one owner').waitFor()
  await expectAxeClean(page)
  await keyboard.press('Escape')

  await keyboard.tabTo('combobox "Owner"')
  await keyboard.press('ArrowDown')
  await page.getByText('owns it now').waitFor()
  await keyboard.tabTo('combobox "Impact"')
  await keyboard.type('Costs h')
  await page.getByText('Impact is 3 now').waitFor()
  await keyboard.tabTo('combobox "Effort"')
  await keyboard.type('A w')
  await page.getByText('Effort is M now').waitFor()
  await keyboard.tabTo('button "Accept"')
  await keyboard.press('Enter')
  await page.getByText('It is Accepted now').waitFor()
  await keyboard.tabTo('button "Find the cause"')
  await keyboard.press('Enter')
  await page.getByText('It is Analyse now').waitFor()

  await keyboard.tabTo('button "Edit root cause"')
  await keyboard.press('Enter')
  await keyboard.type('Submitting empties the form when a field is wrong.')
  await keyboard.tabTo('button "Start with what happened"')
  await keyboard.press('Enter')
  await keyboard.type('The form forgets what was typed')
  await keyboard.tabTo('textbox "What shows why 1"')
  await keyboard.type('9 notes')
  await keyboard.tabTo('textbox "How do we make sure')
  await keyboard.type('No form goes live that nobody filled in with a mistake.')
  await keyboard.tabTo('checkbox "Process"')
  await keyboard.press('Space')
  await keyboard.tabTo('button "Save the cause"')
  await keyboard.press('Enter')
  await page.getByText('Systemic or high impact').waitFor()
  // A form takes every letter, the one that follows its key at once too.
  await page.getByText(/^Submitting empties the form/).waitFor()
  await page.getByText(/^The form forgets what was typed/).waitFor()
  await keyboard.tabTo('button "Start work"')
  await keyboard.press('Enter')
  await page.getByText('It is In progress now').waitFor()

  await keyboard.tabTo('button "Move to Check"')
  await keyboard.press('Enter')
  await dialog.getByText('Set the day on which you look').waitFor()
  await dialog.getByText('Say what changes in how we work').waitFor()
  await keyboard.press('Escape')
  await keyboard.tabTo('button "Edit plan"')
  await keyboard.press('Enter')
  await keyboard.tabTo('button "For good"')
  await keyboard.press('Enter')
  await keyboard.type('Each form is tried with a mistake before it goes live')
  for (const [field, words] of [
    ['textbox "What is measured', 'Forms that are sent twice, each week'],
    ['textbox "Unit', '%'],
    ['spinbutton "It was', '38'],
    ['spinbutton "It is to be', '10'],
    ['spinbutton "It is now', '21'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one field after the other
    await keyboard.tabTo(field)
    // oxlint-disable-next-line no-await-in-loop -- see above
    await keyboard.type(words)
  }
  await keyboard.tabTo('textbox "The day on which we look')
  await keyboard.type('01152027')
  await expectAxeClean(page)
  await keyboard.tabTo('button "Save the plan"')
  await keyboard.press('Enter')
  await page.getByText('Review on').waitFor()
  await keyboard.tabTo('button "Move to Check"')
  await keyboard.press('Enter')
  await page.getByText('It is Check now').waitFor()

  tellCustomers(1)
  await openEntry(1)
  await keyboard.tabTo('button "Close"')
  await keyboard.press('Enter')
  await keyboard.tabTo('radio "It is better now"')
  await keyboard.press('Space')
  await keyboard.tabTo('textbox "What was done')
  await keyboard.type('The form keeps what was typed.')
  await expectAxeClean(page)
  await keyboard.tabTo('button "Close"')
  await keyboard.press('Enter')
  await page.getByText('It is Closed now').waitFor()

  expect(stateOf(1)).toBe('closed')
  expect(keyboard.troubles()).toBe('')
  expect(desk.complaints).toEqual([])
})

test('whoever was slower sees both and decides with one press', async () => {
  await openEntry(2)
  await page.getByLabel('Impact').waitFor()
  await changeMeanwhile(2, { impact: 2 })

  await page.getByLabel('Impact').selectOption({ label: 'Stops work or care' })

  const notice = page.getByRole('alert')
  await notice.getByText('Yours is kept here').waitFor()
  expect(await notice.getByRole('row').allInnerTexts()).toEqual([
    expect.stringMatching(/As it stands now\s+Yours/),
    expect.stringMatching(/Impact\s+2\s+4/),
  ])
  await takeScreenshots(page, 'entry-conflict')
  await expectAxeClean(page)
  await notice.getByRole('button', { name: 'Use mine' }).press('Enter')
  await page.getByText('Impact is 4 now').waitFor()
})

test('what was being written stays in its form when somebody else was faster', async () => {
  await openEntry(2)
  await page.getByRole('button', { name: 'Edit root cause' }).press('Enter')
  await page.getByLabel('How did it happen?').fill('Mine, with many words.')
  await changeMeanwhile(2, { howItHappened: 'Theirs.' })
  await page.getByRole('button', { name: 'Save the cause' }).press('Enter')

  await page.getByRole('alert').getByText('Theirs.').waitFor()
  expect(await page.getByLabel('How did it happen?').inputValue()).toBe('Mine, with many words.')
  await page.getByRole('button', { name: 'Use theirs' }).press('Enter')
  await page.getByRole('alert').waitFor({ state: 'detached' })
})

test('a hand-off asks why, and is counted', async () => {
  await openEntry(2)
  await page.getByLabel('Owner').selectOption({ index: 1 })
  await page.getByText('owns it now').waitFor()
  await page.getByLabel('Owner').selectOption({ label: 'No owner' })
  const dialog = page.getByRole('dialog')
  await expectAxeClean(page)
  await dialog.getByLabel('Why does it pass on?').fill('On leave until May')
  await dialog.getByRole('button', { name: 'Pass it on' }).press('Enter')
  await page.getByText('1 hand-off').waitFor()
  await page.getByText('On leave until May').waitFor()
})

/** Every text of an entry with this in it, as far as its schema takes it. */
function everywhere(text: string) {
  const line = text.slice(0, 100)
  const fits = (change: object) => v.is(EntryChange, { version: 1, ...change })
  const work = {
    title: line,
    howItHappened: text,
    neverAgain: text,
    whyObvious: text,
    whys: [
      { words: line, evidence: line, under: null },
      { words: line, evidence: line, under: 0 },
    ],
    actions: [{ kind: 'good', words: line, by: line, due: null, isDone: false }],
    measure: {
      method: 'count',
      what: line,
      unit: line.slice(0, 12),
      baseline: 1,
      target: 2,
      actual: 3,
    },
    links: [
      { kind: 'change', words: line, url: `https://elsewhere.example/${encodeURIComponent(line)}` },
    ],
    promiseBroken: line,
    accountable: line,
    monthly: { customers: 4, source: line },
  }
  return Object.fromEntries(Object.entries(work).filter(([name, value]) => fits({ [name]: value })))
}

test('hostile words in every text of an entry run nowhere', async () => {
  for (const text of hostileTexts) {
    // oxlint-disable-next-line no-await-in-loop -- one text after the other, on one page
    await changeMeanwhile(3, everywhere(text))
    // oxlint-disable-next-line no-await-in-loop -- see above
    await openEntry(3)
    // oxlint-disable-next-line no-await-in-loop -- see above
    expect(await page.title()).not.toBe('owned')
  }
  const frames = page.frames().map((frame) => frame.url())
  expect(frames).toEqual([`${desk.worker.origin}/register/3`])
  expect(desk.complaints).toEqual([])
})

test('the page of an entry is clean, fits 200 % zoom, and prints without what only a screen needs', async () => {
  await openEntry(1)
  await page.getByText('Thank you. We did.').waitFor()
  await takeScreenshots(page, 'entry')
  await takeZoomedScreenshot(page, 'entry')
  expect(await sidewaysOf(page)).toEqual({})
  await page.setViewportSize({ width: 640, height: 400 })
  await expectAxeClean(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false)
  expect(await page.getByRole('button', { name: 'Rename' }).isVisible()).toBe(false)
  expect(await page.getByText('Forms that are sent twice').isVisible()).toBe(true)
  // What has nothing to say on paper leaves no heading behind.
  expect(await page.getByRole('heading', { name: 'Elsewhere' }).isVisible()).toBe(false)
  expect(await page.getByRole('heading', { name: 'Prove it' }).isVisible()).toBe(false)
  expect(await page.getByRole('heading', { name: 'History' }).isVisible()).toBe(true)
  await page.screenshot({ path: 'test-results/entry.print.png', fullPage: true })
  await page.emulateMedia({ media: null })
})
