import { browser } from '#imports'

/** Browsers take two pictures a second and refuse the third (M-8). */
const APART_MS = 600

let lastShotAt = -Infinity
let queue: Promise<unknown> = Promise.resolve()

/**
 * Does work that takes a shot once nobody else does, and long enough after the last shot, so
 * that what it collects before its shot is fresh when the shot is taken.
 */
export function takeTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  const turn = queue.then(async () => {
    await until(lastShotAt + APART_MS)
    return work()
  })
  queue = turn.catch(() => undefined)
  return turn
}

/**
 * What a window's active tab shows, as a bitmap in this page's memory and nowhere else. A refusal
 * for haste is tried once more. For use in a turn.
 *
 * @throws what the browser says, for instance when there is no activeTab grant
 */
export async function takeShot(windowId: number): Promise<ImageBitmap> {
  try {
    return await shootNow(windowId)
  } catch (error) {
    if (!/quota|MAX_CAPTURE/i.test(String(error))) throw error
    await until(Date.now() + APART_MS)
    return shootNow(windowId)
  }
}

async function shootNow(windowId: number): Promise<ImageBitmap> {
  lastShotAt = Date.now()
  const address = await browser.tabs.captureVisibleTab(windowId, { format: 'png' })
  return createImageBitmap(toBlob(address))
}

/** By hand: fetching a data address would need a hole in the page's content policy. */
function toBlob(dataAddress: string): Blob {
  const bytes = atob(dataAddress.slice(dataAddress.indexOf(',') + 1))
  return new Blob([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))], { type: 'image/png' })
}

function until(time: number): Promise<void> {
  const wait = Math.max(0, time - Date.now())
  return new Promise((resolve) => setTimeout(resolve, wait))
}
