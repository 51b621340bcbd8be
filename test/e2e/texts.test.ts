import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import hostileTexts from '../shared/hostile-texts.json'
import { openLocalDatabase } from '../support/local-data'
import { openDesk, type TriageDesk } from './story/triage'
import { addTheRest, lookAt, SLUG, sendEverything, writeEverywhere } from './texts-steps'

let desk: TriageDesk
let walk: string
const TRIES = 80
/** Questions that a page put to whoever looks at it. */
const dialogs: string[] = []

beforeAll(async () => {
  desk = await openDesk()
  desk.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  // The public page may be kept for five minutes by whoever is on the way.
  const network = await desk.page.context().newCDPSession(desk.page)
  await network.send('Network.enable')
  await network.send('Network.setCacheDisabled', { cacheDisabled: true })
  walk = await sendEverything(desk)
  const database = openLocalDatabase(desk.worker.folder, { readOnly: false })
  addTheRest(database)
  database.close()
}, 240_000)

afterAll(() => desk?.close())

function write(text: string): Map<string, string[]> {
  const database = openLocalDatabase(desk.worker.folder, { readOnly: false })
  const expected = writeEverywhere(database, text)
  database.close()
  return expected
}

/** Opens what a text is shown on: a page, and a dialog or form of it where one is named. @returns where to look */
async function open(shownOn: string): Promise<string> {
  const { page, worker } = desk
  const [on = '', button] = shownOn.split(' > ')
  const address = on.replace(':walk', walk).replace(':slug', SLUG)
  if (/^\/($|app|public)/.test(address)) await page.goto(worker.origin + address)
  else await goWithin(page, address)
  if (button === undefined) return 'html'
  await page
    .getByRole('button', { name: new RegExp(`^${button}`) })
    .first()
    .click()
  return 'dialog, form'
}

/** As a link of the dashboard goes: its page asks anew, and nothing is loaded twice. */
async function goWithin(page: Page, address: string): Promise<void> {
  if (!page.url().startsWith(desk.worker.origin) || /\/(?:app|public)\//.test(page.url()))
    await page.goto(`${desk.worker.origin}/account`)
  for (const to of ['/nowhere', address]) {
    // oxlint-disable-next-line no-await-in-loop -- a page that is left first is made anew
    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    }, to)
  }
}

test.each(hostileTexts)(
  '%s stands on every page as it is, and runs on none',
  async (text) => {
    const { page, worker, complaints } = desk
    const wrong: object[] = []
    for (const [shownOn, expected] of write(text)) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const within = await open(shownOn)
      const look = () => lookAt(page, worker.origin, { expected, within })
      // oxlint-disable-next-line no-await-in-loop -- see above
      const found = await lastOf(look, ({ missing }) => missing.length === 0)
      if (found.missing.length + found.foreign.length > 0) wrong.push({ shownOn, ...found })
    }
    expect(wrong).toEqual([])
    expect(complaints).toEqual([])
    expect(dialogs).toEqual([])
  },
  240_000,
)

/** Looks again while it is not good yet, for as long as a page may take. */
async function lastOf<Found>(
  look: () => Promise<Found>,
  isGood: (found: Found) => boolean,
): Promise<Found> {
  for (let tries = 1; ; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- it comes as the page asks for it
    const found = await look()
    if (isGood(found) || tries === TRIES) return found
    // oxlint-disable-next-line no-await-in-loop -- see above
    await new Promise((wake) => setTimeout(wake, 50))
  }
}
