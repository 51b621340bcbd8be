import * as v from 'valibot'

import { browser } from '#imports'
import { toAddress } from '#shared/address'
import { PagePlace, type Place } from '#shared/place'

import { leaveOptions, optionsArguments } from '../page/options'

/** A page that does not answer in this time is described by its address alone, in ms. */
const DESCRIBE_TIMEOUT_MS = 400

/**
 * Where in a tab somebody is: the page and the element under the cursor. A page that cannot be
 * looked into gives its address, if the browser tells it; else the place is unknown. Never rejects.
 */
export async function describeTab(tabId: number, withholdNames: boolean): Promise<Place> {
  const described = await withTimeout(lookInto(tabId, withholdNames), DESCRIBE_TIMEOUT_MS)
  return described ?? (await placeOfAddress(tabId)) ?? { kind: 'unseen' }
}

async function lookInto(tabId: number, withholdNames: boolean): Promise<PagePlace | undefined> {
  try {
    await browser.scripting.executeScript({
      target: { tabId },
      func: leaveOptions,
      args: optionsArguments({ withholdNames }),
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

async function placeOfAddress(tabId: number): Promise<PagePlace | undefined> {
  try {
    const address = toAddress((await browser.tabs.get(tabId)).url ?? '')
    return address && { kind: 'page', ...address, title: null, anchor: null }
  } catch {
    return undefined
  }
}

async function withTimeout<Value>(work: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), ms)
  })
  const first = await Promise.race([work, timeout])
  clearTimeout(timer)
  return first
}
