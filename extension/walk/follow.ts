import * as v from 'valibot'

import { browser } from '#imports'

import { isTabAtRest, startTrailIn } from '../page/inject'
import type { PageRules } from '../page/options'
import { isOffLimits } from '../policy/off-limits'
import { stopMessage } from '../page/trail-message'
import { openWinceDatabase } from '../storage/database'
import { browserSurroundings } from '../storage/device'
import { createRecorder } from './recorder'
import { createRecorderStore } from './recorder-store'
import { changeWalk, findActiveWalk } from './walks'

const FOLLOW = 'wince/follow'
const Follow = v.object({ type: v.literal(FOLLOW), ended: v.array(v.number()) })

/**
 * Tells the background that the walk or what it follows has changed. A message, because it
 * wakes a background that sleeps; a broadcast would not.
 *
 * @param ended tabs whose trail is over
 */
export async function tellWalkChanged(ended: readonly number[] = []): Promise<void> {
  try {
    await browser.runtime.sendMessage({ type: FOLLOW, ended })
  } catch {
    // Nobody listens while the background restarts; the next page is followed all the same.
  }
}

/** Wires the recorder into the background: followed tabs, and what their trails report. */
export function wireRecorder(findRules: () => Promise<PageRules>): void {
  const recorder = openWinceDatabase().then((database) =>
    createRecorder({
      store: createRecorderStore(database, browserSurroundings, findRules),
      tabs: {
        startTrail: async (tabId, rules) => {
          // Allowed once, and kept away from by the organisation since.
          if (await isOffLimits(tabId)) throw new Error('the organisation keeps Wince away from it')
          await startTrailIn(tabId, rules)
        },
        isAtRest: isTabAtRest,
        stopTrail: async (tabId) => {
          await browser.tabs.sendMessage(tabId, stopMessage)
        },
      },
      extensionId: browser.runtime.id,
      now: browserSurroundings.now,
    }),
  )

  browser.tabs.onUpdated.addListener(
    (tabId, change, tab) => void recorder.then((each) => each.onTabUpdated(tabId, change, tab)),
  )
  browser.tabs.onCreated.addListener((tab) => void recorder.then((each) => each.onTabCreated(tab)))
  browser.tabs.onRemoved.addListener(
    (tabId) => void recorder.then((each) => each.onTabRemoved(tabId)),
  )
  browser.runtime.onMessage.addListener((message: unknown, sender) => {
    if (sender.id !== browser.runtime.id) return
    // Only our own pages may say so; a page's script has a tab.
    const asked = v.safeParse(Follow, message)
    if (asked.success && sender.tab === undefined) {
      void recorder.then((each) => each.stop(asked.output.ended).then(() => each.followNow()))
    } else void recorder.then((each) => each.onMessage(message, sender))
  })
  browser.runtime.onStartup.addListener(() => void forgetTabs())
}

/** Tab numbers mean nothing after a restart: another tab may have them. */
async function forgetTabs(): Promise<void> {
  const database = await openWinceDatabase()
  const walk = await findActiveWalk(database)
  if (walk !== undefined) await changeWalk(database, walk.id, { tabIds: [] })
}
