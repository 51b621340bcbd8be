import type { Page } from 'playwright-core'

import type { KeptNote } from '../../extension/storage/database'
import type { LaunchedChromium } from './chromium'
import { waitFor } from './wait-for'

/** A place of the extension's own from which its database is seen, with none of its code running in it. */
export interface ExtensionClock {
  /** Notes on the disk, the newest first. */
  notes(): Promise<KeptNote[]>
  /** When each moment was durable, in ms of the wall clock: the extension tells its own contexts. */
  momentsAt(): Promise<number[]>
}

/** Opens it as a tab behind the others. */
export async function openExtensionClock(browser: LaunchedChromium): Promise<ExtensionClock> {
  const page = await browser.context.newPage()
  await page.goto(`chrome-extension://${browser.extensionId}/icon/128.png`)
  await page.evaluate(() => {
    const moments: number[] = []
    Object.assign(globalThis, { moments })
    new BroadcastChannel('wince-changes').addEventListener(
      'message',
      ({ data }: MessageEvent<string[]>) => {
        const now = performance.timeOrigin + performance.now()
        if (data.includes('note') && data.includes('meta')) moments.push(now)
      },
    )
  })
  return { notes: () => notesSeenFrom(page), momentsAt: () => page.evaluate('moments') }
}

function notesSeenFrom(page: Page): Promise<KeptNote[]> {
  return page.evaluate(
    () =>
      new Promise<KeptNote[]>((resolve, reject) => {
        const opening = indexedDB.open('wince')
        opening.addEventListener('error', () => reject(new Error('no database')))
        opening.addEventListener('success', () => {
          const asked = opening.result.transaction('note').objectStore('note').getAll()
          asked.addEventListener('success', () => {
            opening.result.close()
            resolve((asked.result as KeptNote[]).toSorted((one, other) => other.at - one.at))
          })
        })
      }),
  )
}

/** Listens on a page for real keys; what the browser keeps for itself never reaches it, Shift does. */
export async function watchShift(tab: Page): Promise<void> {
  const listen = () => {
    const shifts: number[] = []
    Object.assign(globalThis, { shifts })
    addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key === 'Shift') shifts.push(performance.timeOrigin + timeStamp)
      },
      true,
    )
    return true
  }
  // An error page comes a moment after the address has failed.
  await waitFor(() => tab.evaluate(listen).catch(() => undefined), 'a page that listens')
}

/**
 * From the key to a note on the disk, in ms: the event of the key's own Shift, which comes with
 * it, to the moment that another context of the extension hears of the finished transaction.
 */
export async function timeMoment(
  browser: LaunchedChromium,
  clock: ExtensionClock,
  tab: Page,
): Promise<number> {
  // A panel that opens takes the keys with it.
  await tab.bringToFront()
  const before = (await clock.momentsAt()).length
  const pressed = (await tab.evaluate<number[]>('shifts')).length
  await browser.strikeKeys('alt+shift+s')
  return timeOfLast(clock, tab, before, pressed)
}

/** As `timeMoment`, where the key was pressed already. */
export async function timeOfLast(
  clock: ExtensionClock,
  tab: Page,
  moments: number,
  shifts: number,
): Promise<number> {
  const durableAt = await waitFor(async () => (await clock.momentsAt())[moments], 'a moment')
  const pressedAt = await waitFor(
    async () => (await tab.evaluate<number[]>('shifts'))[shifts],
    'the key',
  )
  return durableAt - pressedAt
}
