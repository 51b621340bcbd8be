import * as v from 'valibot'

import { browser } from '#imports'
import { PagePlace } from '#shared/place'

import { leaveOptions, optionsArguments } from '../page/options'
import { withTimeout } from './with-timeout'

/** So long a page's answer is of use: later the cursor is elsewhere. In ms. */
const DESCRIBE_TIMEOUT_MS = 400

/**
 * The page of a tab and the element under its cursor, in its own words. Undefined where it
 * cannot be looked into or does not answer in time. Never rejects.
 */
export async function askPage(
  tabId: number,
  withholdsNames: () => Promise<boolean>,
): Promise<PagePlace | undefined> {
  return withTimeout(lookInto(tabId, withholdsNames), DESCRIBE_TIMEOUT_MS)
}

/** A tab's address, if the browser tells it. Never rejects. */
export async function addressOf(tabId: number): Promise<string | undefined> {
  try {
    return (await browser.tabs.get(tabId)).url
  } catch {
    return undefined
  }
}

async function lookInto(
  tabId: number,
  withholdsNames: () => Promise<boolean>,
): Promise<PagePlace | undefined> {
  try {
    await browser.scripting.executeScript({
      target: { tabId },
      func: leaveOptions,
      args: optionsArguments({ withholdNames: await withholdsNames() }),
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
