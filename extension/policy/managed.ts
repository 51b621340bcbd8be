import { browser } from '#imports'

import type { PageRules } from '../page/options'
import type { WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import { NO_POLICY, type Policy, readPolicy } from './policy'

let known: Promise<Policy> | undefined
let isWatched = false

/**
 * The organisation's policy as it stands now. Never rejects: a browser that nobody manages has
 * none. Read once, and again after it changed: a browser that opens a panel keeps others waiting.
 */
export function findPolicy(): Promise<Policy> {
  if (!isWatched) watchPolicy(() => {})
  isWatched = true
  known ??= read()
  return known
}

async function read(): Promise<Policy> {
  try {
    return readPolicy(await browser.storage.managed.get())
  } catch {
    // Firefox says so with a rejection.
    return NO_POLICY
  }
}

/** Calls back when the policy changes: a browser may learn of it only after it was started. */
export function watchPolicy(callback: () => void): () => void {
  const onChanged = (_changes: unknown, area: string) => {
    if (area !== 'managed') return
    // Whoever is told first, none is told of the policy before.
    known = undefined
    callback()
  }
  browser.storage.onChanged.addListener(onChanged)
  return () => browser.storage.onChanged.removeListener(onChanged)
}

/** Whether pictures are covered whole: the team says so, or whoever manages this browser. */
export async function coversEverything(database: WinceDatabase): Promise<boolean> {
  const [pairing, policy] = await Promise.all([getMeta(database, 'pairing'), findPolicy()])
  return policy.coverEverything || (pairing?.coverEverything ?? false)
}

/**
 * By what rules pages are looked at. Names are data too: withheld before pairing, and wherever
 * everything is covered (DECISIONS 3).
 */
export async function findPageRules(database: WinceDatabase): Promise<Required<PageRules>> {
  const pairing = await getMeta(database, 'pairing')
  return {
    withholdNames: pairing === null || (await coversEverything(database)),
    privateWords: pairing?.privateWords ?? [],
  }
}
