import { afterAll, beforeAll, expect, test } from 'vitest'

import { type LaunchedFirefox, launchFirefox } from '../support/firefox'
import { waitFor } from '../support/wait-for'
import { openSidebar } from './firefox-steps'

const WORDS = 'The portal asks for the staff number twice.'

let firefox: LaunchedFirefox

beforeAll(async () => {
  firefox = await launchFirefox()
})

afterAll(async () => {
  await firefox?.close()
})

test('in Firefox the toolbar opens the sidebar, and a note written there is on the disk', async () => {
  const sidebar = await openSidebar(firefox)
  expect(await firefox.sidebarUrl()).toMatch(/^moz-extension:\/\/[0-9a-f-]+\/sidepanel\.html$/)

  await sidebar.press('Walk a service')
  await sidebar.type('#errand', 'My laptop won’t join the Wi-Fi')
  await sidebar.press('Start walking')
  await sidebar.press('Embarrassing')
  await sidebar.type('#words', WORDS)
  await sidebar.press('Save note')

  const page = await firefox.openExtensionPage('sidepanel.html')
  const notes = await waitFor(async () => {
    const kept = await page.evaluate(readNotes)
    return kept.length > 0 && kept.every(({ state }) => state === 'kept') ? kept : undefined
  }, 'the note to be kept')
  expect(notes).toEqual([
    expect.objectContaining({ words: WORDS, firstWords: WORDS, mood: 'embarrassed' }),
  ])
  await expect.poll(() => page.evaluate(() => document.body.innerText)).toContain(WORDS)
})

/** Runs in the page. */
async function readNotes(): Promise<
  { words: string; firstWords: string | null; mood: string; state: string }[]
> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('wince')
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
  })
  const notes = await new Promise<never[]>((resolve, reject) => {
    const request = database.transaction('note').objectStore('note').getAll()
    request.addEventListener('success', () => resolve(request.result as never[]))
    request.addEventListener('error', () => reject(request.error ?? new Error('not read')))
  })
  database.close()
  return notes
}
