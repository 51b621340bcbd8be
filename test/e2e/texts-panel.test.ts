import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import hostileTexts from '../shared/hostile-texts.json'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { MORNING, newId, newNote } from '../support/ops'
import { pairWith, panelAddress } from './panel-steps'
import { lookAt } from './texts-steps'

let browser: LaunchedChromium
let panel: Page
const complaints: string[] = []

beforeAll(async () => {
  browser = await launchChromium({ headed: false })
  panel = await browser.context.newPage()
  panel.on('dialog', (dialog) => {
    complaints.push(dialog.message())
    void dialog.dismiss()
  })
  panel.on('pageerror', (error) => complaints.push(error.message))
  panel.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text())
  })
  await panel.goto(panelAddress(browser))
  await panel.getByRole('button', { name: 'Walk a service' }).waitFor()
  // Nobody listens there: what the server said is here already.
  await pairWith(panel, 'http://127.0.0.1:9')
})

afterAll(() => browser?.close())

/** Of one entry each: a note of one's own, and what the server said of it, as the mirror keeps that. */
function rowsSaying(text: string, states: readonly string[]) {
  const notes = states.map((state) => ({
    ...newNote({ words: `${text} words in ${state}` }),
    state: 'sent',
    sentAt: MORNING,
    leftOut: false,
    rev: 1,
  }))
  const entries = states.map((state, index) => ({
    type: 'entry',
    id: newId(),
    seq: index + 1,
    number: index + 1,
    mood: 'embarrassed',
    state,
    title: `${text} title in ${state}`,
    changedAt: Date.now() - index,
    said: `${text} said in ${state}`,
    ...(state === 'hold' && { until: '2026-12-04' }),
    ...(state === 'closed' && { closedAs: text }),
  }))
  const placed = notes.map(({ id }, index) => ({
    type: 'note',
    id,
    seq: 100 + index,
    entryId: entries[index]?.id,
  }))
  const ask = {
    type: 'second-walk',
    id: newId(),
    seq: 200,
    entryId: entries.find(({ state }) => state === 'check')?.id,
    state: 'open',
    askedAt: MORNING,
    errand: `${text} errand`,
    persona: `${text} persona`,
    service: `${text} service`,
    page: `javascript:${text}`,
  }
  const plan = {
    type: 'plan',
    id: newId(),
    seq: 300,
    kind: 'errand',
    what: `${text} what`,
    service: `${text} planned`,
    due: '2026-12-05',
    state: 'open',
  }
  return { notes, mirror: [...entries, ...placed, ask, plan] }
}

/** Runs in a page of the extension: nothing is kept but these. */
function putRows({ notes, mirror }: ReturnType<typeof rowsSaying>): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('wince')
    opening.addEventListener('error', () => reject(new Error('no database')))
    opening.addEventListener('success', () => {
      const transaction = opening.result.transaction(['note', 'mirror'], 'readwrite')
      const [noteStore, mirrorStore] = ['note', 'mirror'].map((name) =>
        transaction.objectStore(name),
      )
      noteStore?.clear()
      mirrorStore?.clear()
      for (const note of notes) noteStore?.put(note)
      for (const row of mirror)
        mirrorStore?.put({
          key: `${row.type}/${row.id}`,
          type: row.type,
          id: row.id,
          seq: row.seq,
          row,
        })
      transaction.addEventListener('complete', () => {
        opening.result.close()
        resolve()
      })
      transaction.addEventListener('abort', () => reject(new Error('not written')))
    })
  })
}

const STATES = ['new', 'hold', 'check', 'closed', 'declined', 'reopened'] as const

test.each(hostileTexts)(
  '%s stands in the panel as the server said it, and runs nowhere',
  async (text) => {
    const rows = rowsSaying(text, STATES)
    await panel.evaluate(putRows, rows)
    await panel.goto(panelAddress(browser))

    const origin = `chrome-extension://${browser.extensionId}`
    const home = { expected: [`${text} errand`, `${text} title in new`] }
    await expect.poll(() => lookAt(panel, origin, home)).toEqual({ missing: [], foreign: [] })
    await panel.getByRole('button', { name: 'What became of my notes' }).click()
    const expected = STATES.flatMap((state) =>
      ['title', 'said', 'words'].map((what) => `${text} ${what} in ${state}`),
    )
    await expect
      .poll(() => lookAt(panel, origin, { expected }))
      .toEqual({ missing: [], foreign: [] })
    expect(complaints).toEqual([])
  },
  60_000,
)
