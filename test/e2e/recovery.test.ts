import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { openLocalDatabase } from '../support/local-data'
import { newNote } from '../support/ops'
import { takeScreenshots, takeZoomedScreenshot } from '../support/screenshot'
import hostileTexts from '../shared/hostile-texts.json'
import { openDesk, sidewaysOf, type TriageDesk } from './story/triage'

const HOUR = 3_600_000
const SLUG = 'you-said-we-did-test'
let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

/** Writes what somebody else's page would have written. */
function write(sql: string, ...values: (string | number)[]): void {
  const database = openLocalDatabase(desk.worker.folder, { readOnly: false })
  database.prepare(sql).run(...values)
  database.close()
}

/** The fix is in place: the entry is in Check, and its customers are to be asked. */
function fix(): void {
  const now = Date.now()
  write("UPDATE entry SET state = 'check' WHERE number = 1")
  write(
    'UPDATE follow_up SET fixed_at = ?, due_at = ?, version = version + 1',
    now,
    now + 24 * HOUR,
  )
}

async function expectGood(name: string): Promise<void> {
  await expectAxeClean(desk.page)
  expect(await sidewaysOf(desk.page)).toEqual({})
  await takeScreenshots(desk.page, name)
  await takeZoomedScreenshot(desk.page, name)
}

test('a shift’s promise is heard, fixed, refused by its customer, and settled, by keyboard', async () => {
  const { page, leader, worker } = desk
  await leader.send([
    newNote({
      source: 'shift',
      place: { kind: 'desk', reason: 'Rota' },
      words: 'I can’t see my rota since the update.',
      owed: { reference: 'INC0067001', since: Date.now() - 3 * HOUR },
    }),
  ])

  await page.goto(`${worker.origin}/`)
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Follow-ups 1 waiting' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: /Nobody waits over 24 hours/ }).waitFor()
  const row = page.getByRole('row', { name: /A customer of VP clinical systems/ })
  expect(await row.innerText()).toMatch(/INC0067001/)
  expect(await row.innerText()).toMatch(/(21 h|20 h 5\d) left/)
  await expectGood('follow-ups')

  await page.getByRole('button', { name: /^Thank and update/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('radio', { name: 'They have heard from us' }).isChecked()).toBe(
    true,
  )
  await expectGood('follow-up-dialog')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await row.getByText('after 3 h').waitFor()
  await row.getByText('waits for the fix').waitFor()

  fix()
  await page.reload()
  await page.getByRole('button', { name: /^Ask if it is solved/ }).press('Enter')
  const no = dialog.getByRole('radio', { name: 'It is not solved for them' })
  await no.focus()
  await page.keyboard.press('Space')
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByLabel('In their words').fill('It is gone again. Call me on 555 123 4567.')
  await dialog.getByText('looks like a phone number').waitFor()
  await dialog.getByLabel('In their words').fill('It is gone <b>again</b>.')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await row.getByText('They said no: “It is gone <b>again</b>.”').waitFor()
  await row.getByText(/(24 h|23 h 59) left/).waitFor()

  await page.getByRole('link', { name: /^#1 / }).click()
  await page.getByText('Check → Reopened').waitFor()
  const promises = page.getByRole('region', { name: 'Customers waiting to hear from us' })
  await promises.getByRole('button', { name: /^Thank and update/ }).press('Enter')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await promises.getByText(/after \d min/).waitFor()
  fix()
  await page.reload()
  await promises.getByRole('button', { name: /^Ask if it is solved/ }).press('Enter')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await promises.getByText('solved, satisfied').waitFor()
  await page.getByText(/^Solved for a customer, satisfied/).waitFor()
  await nav.getByRole('link', { name: 'Follow-ups', exact: true }).waitFor()
})

test('many who were hit at once are pasted, and each is somebody’s to go to', async () => {
  const { page } = desk
  const promises = page.getByRole('region', { name: 'Customers waiting to hear from us' })
  await promises.getByRole('button', { name: 'Add customers' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Customers, one a line')
    .fill('Ward nurse, Ward 7 → Nobody here\nNew starter, pharmacy\nDr Jane Smith')
  await dialog.getByText('Nobody here is called Nobody here.').waitFor()
  await dialog.getByText('“Dr Jane Smith” looks like a person’s name.').waitFor()
  await expectAxeClean(page)
  await dialog.getByLabel('Customers, one a line').fill('Ward nurse, Ward 7\nNew starter, pharmacy')
  await dialog.getByRole('button', { name: 'Add 2 customers' }).press('Enter')
  await promises.getByRole('rowheader', { name: 'New starter, pharmacy' }).waitFor()
  await page.getByText('2 customers wait to hear from us').waitFor()

  await promises.getByRole('button', { name: /New starter, pharmacy$/ }).press('Enter')
  await dialog.getByRole('radio', { name: 'Something was typed wrong' }).check()
  await dialog.getByLabel('Who it is').fill('')
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Who it is').fill('New starter, dispensary')
  await dialog.getByLabel('The desk tool’s number').fill('INC0068002')
  await expectAxeClean(page)
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await promises.getByRole('rowheader', { name: /New starter, dispensary.*INC0068002/ }).waitFor()
  await page.getByText('What was typed of a customer corrected').waitFor()
  const history = page.getByRole('region', { name: 'History' })
  expect(await history.innerText()).not.toMatch(/INC0068002|dispensary/)
})

test('a customer who waits over 24 hours is acted on from home, with one press', async () => {
  const { page, worker } = desk
  const late = Date.now() - 27 * HOUR
  const which = "customer = 'Ward nurse, Ward 7'"
  write(`UPDATE follow_up SET since = ?, due_at = ? WHERE ${which}`, late, late + 24 * HOUR)
  const [promise] = worker.query<{ id: string }>(`SELECT id FROM follow_up WHERE ${which}`)
  await page.goto(`${worker.origin}/`)
  const waiting = page.getByRole('region', { name: 'Waiting over 24 hours' })
  const act = waiting.getByRole('link', { name: 'Thank and update: Ward nurse, Ward 7' })
  await act.waitFor()
  await expectGood('d1-home')

  await act.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Ward nurse, Ward 7' })
  await dialog.getByRole('radio', { name: 'Nobody can be asked' }).check()
  await dialog.getByLabel('Why nobody can be asked').fill('The ward has moved.')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('Settled: nobody can be asked.').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.goto(`${worker.origin}/`)
  await waiting.getByText('Nobody waits longer than 24 hours').waitFor()

  await page.goto(`${worker.origin}/follow-ups?of=${promise?.id}`)
  await page.getByText('That customer does not wait any more.').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)

  write(`UPDATE follow_up SET settled_at = NULL, due_at = ? WHERE ${which}`, late)
  write("UPDATE person SET role = 'viewer' WHERE name = 'Olive Owner'")
  await page.goto(`${worker.origin}/`)
  await waiting.getByText('Ward nurse, Ward 7').waitFor()
  expect(await act.count()).toBe(0)
  write("UPDATE person SET role = 'owner' WHERE name = 'Olive Owner'")
})

test('what changed is written with advice, published, and read by everybody without signing in', async () => {
  const { page, browser, worker } = desk
  write("UPDATE entry SET state = 'closed' WHERE number = 1")
  await page.goto(`${worker.origin}/manage`)
  await page.getByLabel('Name of the public page').fill(SLUG)
  await page.getByRole('button', { name: 'Save the name' }).press('Enter')
  await page.getByText('Saved.', { exact: true }).waitFor()

  await page.goto(`${worker.origin}/register/1`)
  const telling = page.getByRole('region', { name: 'What we will tell people' })
  await telling.getByRole('button', { name: 'Write: What changed' }).press('Enter')
  await telling.getByLabel('You said').fill('The rota is gone since the update')
  const words = telling.getByLabel('What we tell them')
  await words.fill('Sorry for the inconvenience! The supplier broke it.')
  await telling.getByText('Thank people in the first sentence').waitFor()
  await telling.getByText('“supplier” reads as if somebody else were at fault').waitFor()
  await telling.getByText('End sentences with a full stop').waitFor()
  await expectGood('message-written')
  const good = 'Thank you to everybody who told us. The rota shows again, on every ward.'
  await words.fill(good)
  await telling.getByText('Blames nobody').waitFor()
  await telling.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await telling.getByText('Version 1', { exact: true }).waitFor()
  await telling.getByRole('button', { name: 'Publish' }).press('Enter')
  await telling.getByText('Version 1, on the public page').waitFor()
  await page.getByRole('button', { name: 'Close this message' }).click()
  await expectGood('entry-recovery')

  await page.getByRole('link', { name: 'What changed' }).click()
  await page.getByText(good).waitFor()
  await expectGood('told')

  const everybody = await browser.context.browser()?.newContext()
  const stranger = await (everybody ?? browser.context).newPage()
  await stranger.goto(`${worker.origin}/public/${SLUG}`)
  await stranger.getByRole('heading', { name: 'You said, we did' }).waitFor()
  await stranger.getByText(good).waitFor()
  expect(await stranger.content()).not.toMatch(/Ward nurse|INC0067001|pharmacy/)
  await expectAxeClean(stranger)
  expect(await sidewaysOf(stranger)).toEqual({})
  await takeScreenshots(stranger, 'public-page')
  await stranger.close()
})

test('a playbook is written by keyboard, and stands on the page of an entry of its service', async () => {
  const { page, worker } = desk
  write("UPDATE entry SET service = 'Rota and time' WHERE number = 1")
  await page.goto(`${worker.origin}/follow-ups`)
  await page.getByRole('link', { name: /^Playbooks/ }).press('Enter')
  await page.getByRole('button', { name: 'Write a playbook' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What fails').fill('No rota shows')
  await dialog.getByLabel('Service').fill('Rota and time')
  const steps = dialog.getByLabel('The first hour')
  await steps.fill('Call the wards')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await dialog.getByText('“Call the wards” is no step.').waitFor()
  await steps.fill('10 min, Desk manager: call the wards')
  await dialog.getByLabel('Last trained on').fill('2026-11-03')
  await expectAxeClean(page)
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('trained on 3 November 2026').waitFor()
  await page.getByRole('button', { name: 'Close this message' }).click()
  await expectGood('playbooks')

  await page.goto(`${worker.origin}/register/1`)
  await page.getByText('No rota shows').click()
  await page.getByText('Desk manager call the wards').waitFor()
})

test('hostile words run nowhere, and the feed stays well-formed', async () => {
  const { page, worker, complaints } = desk
  const corpus = [...hostileTexts, ']]>', '\u0001\u001f\ufffe', '<![CDATA[x', '&nbsp;&bogus;']
  // Our own pages take no text for a document, so the feed is read in one of its own.
  const reader = await page.context().newPage()
  for (const [index, text] of corpus.entries()) {
    write('UPDATE message SET you_said = ?, words = ?', text, `${text}\n${text}`)
    write('UPDATE follow_up SET customer = ?, reason = ?', text, text)
    write('UPDATE playbook SET name = ?, sponsor = ?', text, text)
    write('UPDATE workspace SET name = ?', `${text} ${index}`)
    for (const path of [`/public/${SLUG}`, '/follow-ups', '/register/1', '/told', '/playbooks']) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      await page.goto(`${worker.origin}${path}`, { waitUntil: 'networkidle' })
      // oxlint-disable-next-line no-await-in-loop -- see above
      expect(await page.title(), `${path} ${text}`).not.toBe('owned')
    }
    // oxlint-disable-next-line no-await-in-loop -- see above
    const feed = await page.context().request.get(`${worker.origin}/public/${SLUG}/feed.xml`)
    // oxlint-disable-next-line no-await-in-loop -- see above
    const read = await reader.evaluate(
      (xml) => {
        const parsed = new DOMParser().parseFromString(xml, 'application/xml')
        return {
          error: parsed.querySelector('parsererror')?.textContent ?? null,
          items: parsed.querySelectorAll('rss > channel > item').length,
          title: parsed.querySelector('item > title')?.textContent,
        }
        // oxlint-disable-next-line no-await-in-loop -- see above
      },
      await feed.text(),
    )
    expect(read).toMatchObject({ error: null, items: 1 })
    // oxlint-disable-next-line no-control-regex -- what XML cannot hold is left out
    const kept = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    expect(read.title).toBe(kept)
  }
  await reader.close()
  expect(complaints).toEqual([])
})
