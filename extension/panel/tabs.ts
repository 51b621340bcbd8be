import { browser } from '#imports'

import { findPolicy } from '../policy/managed'
import { mayBeSeen } from '../policy/policy'

/** The tab somebody looks at, as far as the browser lets us know it. */
export interface TabInFront {
  id: number
  windowId: number
  /** `https://host[:port]` of a web page that we may see; null for any other and where we may not look. */
  origin: string | null
  /** False where the browser told us an address that is no web page's; null where it told us none. */
  isWebPage: boolean | null
  /** True for a site that the organisation keeps Wince away from. */
  isOffLimits: boolean
}

/** Said by the background after a click on the toolbar: more of the tab in front may be seen now. */
export const LOOK_AGAIN = 'wince/look-again'

/** What the panel may know of tabs, and what it may ask for. */
export interface Tabs {
  findInFront(): Promise<TabInFront | undefined>
  /** Calls back when another tab or page comes to the front. Returns the way to stop. */
  watchInFront(callback: () => void): () => void
  isAllowed(origin: string): Promise<boolean>
  /** Shows the browser's question. Must be called first thing in a click, before any await. */
  askFor(origin: string): Promise<boolean>
  /** Gives a site back. */
  giveBack(pattern: string): Promise<void>
  /** False for a site that the organisation keeps Wince away from. */
  maySee(origin: string): Promise<boolean>
  /** Opens a page in front, and tells its tab. */
  open(page: string): Promise<number | undefined>
  /** Sites that may be seen, as the browser's own patterns. */
  listAllowed(): Promise<string[]>
}

/** A pattern for an origin: ports are not for patterns, in Firefox they are refused. */
function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}/*`
}

/** The origin of a web page's address; null for every other kind of page. */
function webOriginOf(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null
  const { protocol, origin } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? origin : null
}

export const browserTabs: Tabs = {
  async findInFront() {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
    if (tab?.id === undefined) return undefined
    const origin = webOriginOf(tab.url)
    return {
      id: tab.id,
      windowId: tab.windowId,
      origin,
      isWebPage: tab.url === undefined ? null : origin !== null,
      isOffLimits: origin !== null && !mayBeSeen(await findPolicy(), origin),
    }
  },

  watchInFront(callback) {
    const onUpdated = (_id: number, change: { status?: string; url?: string }) => {
      if (change.status !== undefined || change.url !== undefined) callback()
    }
    const onMessage = (message: unknown, sender: { id?: string }) => {
      if (sender.id === browser.runtime.id && message === LOOK_AGAIN) callback()
    }
    browser.runtime.onMessage.addListener(onMessage)
    browser.tabs.onActivated.addListener(callback)
    browser.tabs.onUpdated.addListener(onUpdated)
    browser.permissions.onAdded.addListener(callback)
    return () => {
      browser.runtime.onMessage.removeListener(onMessage)
      browser.tabs.onActivated.removeListener(callback)
      browser.tabs.onUpdated.removeListener(onUpdated)
      browser.permissions.onAdded.removeListener(callback)
    }
  },

  isAllowed: (origin) => browser.permissions.contains({ origins: [patternOf(origin)] }),

  askFor: (origin) =>
    browser.permissions.request({ origins: [patternOf(origin)] }).catch(() => false),

  maySee: async (origin) => mayBeSeen(await findPolicy(), origin),

  async open(page) {
    return (await browser.tabs.create({ url: page })).id
  },

  async giveBack(pattern) {
    await browser.permissions.remove({ origins: [pattern] })
  },

  async listAllowed() {
    return (await browser.permissions.getAll()).origins ?? []
  },
}
