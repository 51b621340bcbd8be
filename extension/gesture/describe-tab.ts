import * as v from 'valibot'

import { browser } from '#imports'
import { PagePlace } from '#shared/place'

import { findAddress, isOffLimits } from '../policy/off-limits'
import { type PageRules, leaveOptions, optionsArguments } from '../page/options'
import { withTimeout } from './with-timeout'

/** So long a page's answer is of use: later the cursor is elsewhere. In ms. */
const DESCRIBE_TIMEOUT_MS = 400

/**
 * The page of a tab and the element under its cursor, in its own words. Undefined where it
 * cannot be looked into or does not answer in time. Never rejects.
 */
export async function askPage(
  tabId: number,
  findRules: () => Promise<PageRules>,
): Promise<PagePlace | undefined> {
  return withTimeout(
    isOffLimits(tabId).then((isOff) => (isOff ? undefined : lookInto(tabId, findRules))),
    DESCRIBE_TIMEOUT_MS,
  )
}

/**
 * A tab's address, if the browser tells it; empty for a site that the organisation keeps Wince
 * away from. Never rejects.
 */
export async function addressOf(tabId: number): Promise<string | undefined> {
  const [address, isOff] = await Promise.all([findAddress(tabId), isOffLimits(tabId)])
  return isOff ? '' : address
}

async function lookInto(
  tabId: number,
  findRules: () => Promise<PageRules>,
): Promise<PagePlace | undefined> {
  try {
    await browser.scripting.executeScript({
      target: { tabId },
      func: leaveOptions,
      args: optionsArguments(await findRules()),
    })
    const [answer] = await browser.scripting.executeScript({
      target: { tabId },
      files: ['/page-describe.js'],
    })
    // What a page's world hands over is a page's word: hostile until it fits (rule 3).
    const place = v.safeParse(PagePlace, answer?.result)
    return place.success ? place.output : undefined
  } catch {
    // A browser page, a store page, a site that was not allowed: nothing may be injected there.
    return undefined
  }
}
