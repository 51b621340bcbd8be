import type { Page } from 'playwright-core'

import type { LaunchedChromium } from '../../support/chromium'

/** What an extension lets out while somebody walks, beside what it sends. */
export interface Heard {
  /** Addresses that the whole browser asked for, the extension's own files aside. */
  addresses: string[]
  /** What the extension wrote to a console: its background, its panel, its scripts in pages. */
  logs: string[]
}

/** Listens to an extension from now on, in its background, its panel and the tab that is walked in. */
export async function listenTo(
  { context, extensionId, serviceWorker }: LaunchedChromium,
  pages: readonly Page[],
): Promise<Heard> {
  const own = `chrome-extension://${extensionId}`
  const heard: Heard = { addresses: [], logs: [] }
  context.on('request', (request) => {
    if (!request.url().startsWith(own)) heard.addresses.push(request.url())
  })
  const background = await serviceWorker()
  background.on('console', (message) => {
    heard.logs.push(message.text())
    for (const each of message.args()) {
      each.jsonValue().then(
        (value) => heard.logs.push(JSON.stringify(value) ?? ''),
        // Gone with its background before it could be asked.
        () => undefined,
      )
    }
  })
  for (const page of pages) await listenToPage(page, own, heard)
  return heard
}

/** Of a page's console what the extension's own world in it says: the rest is the page's. */
async function listenToPage(page: Page, own: string, heard: Heard): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const ours = new Set<number>()
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === own) ours.add(context.id)
    else ours.delete(context.id)
  })
  cdp.on('Runtime.consoleAPICalled', ({ executionContextId, args }) => {
    if (ours.has(executionContextId)) heard.logs.push(JSON.stringify(args))
  })
  cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    if (ours.has(exceptionDetails.executionContextId ?? -1))
      heard.logs.push(JSON.stringify(exceptionDetails))
  })
  await cdp.send('Runtime.enable')
}

/** Has each of the three say something, so that silence is not taken for discretion. */
export async function speak(browser: LaunchedChromium, panel: Page, word: string): Promise<void> {
  await panel.evaluate((said) => console.info(said), `panel ${word}`)
  const background = await browser.serviceWorker()
  await background.evaluate(async (said) => {
    console.info(`background ${said}`)
    const { chrome } = globalThis as unknown as { chrome: Chrome }
    const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' })
    await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? -1 },
      func: (words: string) => console.info(`page ${words}`),
      args: [said],
    })
    interface Chrome {
      tabs: { query(asked: object): Promise<{ id: number }[]> }
      scripting: { executeScript(asked: object): Promise<unknown> }
    }
  }, word)
}
