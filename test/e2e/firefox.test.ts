import { afterAll, beforeAll, expect, test } from 'vitest'

import { type LaunchedFirefox, launchFirefox } from '../support/firefox'
import { waitFor } from '../support/wait-for'

const WORDS = 'The portal asks for the staff number twice.'

let firefox: LaunchedFirefox

beforeAll(async () => {
  firefox = await launchFirefox()
})

afterAll(async () => {
  await firefox?.close()
})

test('in Firefox the toolbar opens the sidebar, and a note written there is on the disk', async () => {
  await firefox.clickAction()
  const url = await waitFor(() => firefox.sidebarUrl(), 'the sidebar')
  expect(url).toMatch(/^moz-extension:\/\/[0-9a-f-]+\/sidepanel\.html$/)

  await press('Walk a service')
  await type('#errand', 'My laptop won’t join the Wi-Fi')
  await press('Start walking')
  await press('Embarrassing')
  await type('#words', WORDS)
  await press('Save note')

  const page = await firefox.openExtensionPage('sidepanel.html')
  const notes = await waitFor(async () => {
    const kept = await page.evaluate(readNotes)
    return kept.length > 0 && kept.every(({ state }) => state === 'kept') ? kept : undefined
  }, 'the note to be kept')
  expect(notes).toEqual([
    expect.objectContaining({ words: WORDS, firstWords: WORDS, mood: 'embarrassed' }),
  ])
  expect(await page.evaluate(() => document.body.innerText)).toContain(WORDS)
})

/** Clicks the button whose text starts so, once it is there. */
async function press(text: string): Promise<void> {
  await waitFor(
    () =>
      firefox.inSidebar<boolean | undefined>(`
        const button = [...document.querySelectorAll('button')].find((each) => each.textContent.trim().startsWith(${JSON.stringify(text)}))
        button?.click()
        return button ? true : undefined`),
    `the button “${text}”`,
  )
}

async function type(selector: string, text: string): Promise<void> {
  await waitFor(
    () =>
      firefox.inSidebar<boolean | undefined>(`
        const field = document.querySelector(${JSON.stringify(selector)})
        if (!field) return undefined
        field.focus()
        field.value = ${JSON.stringify(text)}
        field.dispatchEvent(new window.InputEvent('input', { bubbles: true }))
        return true`),
    `the field ${selector}`,
  )
}

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
