import type { CDPSession, Page, Worker } from 'playwright-core'

import type { ExtensionWorld } from '../../support/extension-world'

/** Figures are medians: what else the machine does holds up single runs. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN
}

/** A hand's button stays down, and up, so long. */
const HELD_MS = 60

/** CPU time of a page's main thread since the page began, in ms. */
async function busyMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000
}

/** What a page does on its main thread while `work` goes on and for `restMs` after it, in ms of CPU. */
async function costOf(
  cdp: CDPSession,
  restMs: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = await busyMs(cdp)
  await work()
  await new Promise((wake) => setTimeout(wake, restMs))
  return (await busyMs(cdp)) - before
}

/** As `costOf`, from the beginning of a page that is loaded anew: the count begins anew with it. */
export async function costOfLoad(cdp: CDPSession, restMs: number, page: Page): Promise<number> {
  await page.reload({ waitUntil: 'load' })
  await new Promise((wake) => setTimeout(wake, restMs))
  return busyMs(cdp)
}

/**
 * Measures in every page that a tab shows from now on what comes between a click's arrival at the
 * window and at the document: listeners on the window, which the trail's are. Its own comes first.
 */
export async function watchClicks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spans: number[] = []
    let arrivedAt = 0
    Object.assign(globalThis, { spans })
    addEventListener('click', () => (arrivedAt = performance.now()), true)
    document.addEventListener('click', () => spans.push(performance.now() - arrivedAt), true)
  })
}

/** Clicks so many times on one place, as a hand does. Gives what its listeners took at each, in ms. */
export async function clickTimes(page: Page, times: number): Promise<number[]> {
  const box = await page.getByText('Rate article 0', { exact: true }).boundingBox()
  for (let click = 0; click < times; click += 1) {
    await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5, { delay: HELD_MS })
    await page.waitForTimeout(HELD_MS)
  }
  return page.evaluate('spans')
}

/** What a page script takes in the extension's own world of a page, in ms of CPU: runs of the built file itself. */
export async function timeScript(
  { cdp }: ExtensionWorld,
  contextId: number,
  expression: string,
  runs: number,
): Promise<number[]> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const work = async () => {
      const { exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, contextId })
      if (exceptionDetails) throw new Error(exceptionDetails.text)
    }
    times.push(await costOf(cdp, 0, work))
    await new Promise((wake) => setTimeout(wake, 200))
  }
  return times
}

/**
 * Has the background keep when its first moment was durable, in ms of the wall clock. A tab hears
 * of it later: while a panel opens, nobody behind it gets a turn.
 */
export async function watchMoments(background: Worker): Promise<void> {
  await background.evaluate(() => {
    // oxlint-disable-next-line typescript/unbound-method -- called on each database below
    const { transaction } = IDBDatabase.prototype
    IDBDatabase.prototype.transaction = function begin(this: IDBDatabase, stores, mode, options) {
      const begun = transaction.call(this, stores, mode, options)
      if (mode === 'readwrite' && begun.objectStoreNames.contains('note')) {
        begun.addEventListener('complete', () => {
          const momentEndedAt = performance.timeOrigin + performance.now()
          if (!('momentEndedAt' in globalThis)) Object.assign(globalThis, { momentEndedAt })
        })
      }
      return begun
    }
  })
}
