import { browser } from '#imports'
import { toAddress } from '#shared/address'

import { findPolicy } from './managed'
import { mayBeSeen } from './policy'

/** A tab's address, if the browser tells it. Never rejects. */
export async function findAddress(tabId: number): Promise<string | undefined> {
  try {
    return (await browser.tabs.get(tabId)).url
  } catch {
    return undefined
  }
}

/**
 * True for a tab on a site that the organisation keeps Wince away from. A tab whose address is
 * hidden cannot be looked into anyway. Never rejects.
 */
export async function isOffLimits(tabId: number): Promise<boolean> {
  const [policy, address] = await Promise.all([findPolicy(), findAddress(tabId)])
  const told = toAddress(address ?? '')
  return told !== undefined && !mayBeSeen(policy, told.origin)
}
