import { toAddress } from '#shared/address'
import type { PagePlace, Place } from '#shared/place'

import { findOwnWords } from '../policy/own-words'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import { findLastStep } from '../storage/last-step'
import { findReplyPlace } from '../walk/waiting'

/**
 * Where a tab is, as far as it is known without asking its page: its address if the browser
 * tells it, else the page that the walk saw last in it. An error page of the browser has the
 * address that could not be reached. While a walk is at an answer that came by e-mail or chat,
 * that is the place, whatever tab it is read in, unless it is one of the walk's own sites.
 */
export async function findFirstPlace(
  database: WinceDatabase,
  walk: KeptWalk | undefined,
  tabId: number,
  address: string | undefined,
): Promise<Place> {
  const told = address === undefined ? undefined : toAddress(address, await findOwnWords(database))
  const isOnWalk = told !== undefined && walk?.origins.includes(told.origin) === true
  const reply = walk && !isOnWalk ? await findReplyPlace(database, walk.id) : null
  if (reply) return reply
  if (address !== undefined && !told) return { kind: 'unseen' }
  const isSeen = walk?.tabIds.includes(tabId) === true && !walk.unseenTabIds.includes(tabId)
  const step =
    walk && isSeen ? await findLastStep(database, walk.id, ['page', 'unseen']) : undefined
  const last = step?.kind === 'page' ? step : undefined
  if (told) {
    const title = last && isSamePage(told, last) ? last.title : null
    return { kind: 'page', ...told, title, anchor: null }
  }
  // Steps name no tab: of several, nobody knows whose the last one was.
  if (!last || walk?.tabIds.length !== 1) return { kind: 'unseen' }
  const { origin, route, title } = last
  return { kind: 'page', origin, route, title, anchor: null }
}

/** False where the tab went elsewhere before its page answered, and where the place is none of its. */
export function isAnswerOf(first: Place, answer: PagePlace): boolean {
  if (first.kind === 'reply') return false
  return first.kind !== 'page' || isSamePage(first, answer)
}

type Page = Pick<PagePlace, 'origin' | 'route'>

function isSamePage(one: Page, other: Page): boolean {
  return one.origin === other.origin && one.route === other.route
}
