import type { PageRules } from '../page/options'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import type { FollowedWalk, WalkStore } from './recorder'
import { appendStep, findActiveWalk, isPaused, listSteps } from './walks'

/** The recorder's memory, in the walk itself: the background worker dies between two events. */
export function createRecorderStore(
  database: WinceDatabase,
  surroundings: Surroundings,
  findRules: () => Promise<PageRules>,
): WalkStore {
  /** Changes the walk if it is still the one that goes on; says whether anything was written. */
  function change(walkId: string, next: (walk: KeptWalk) => KeptWalk | null): Promise<boolean> {
    return write(database, ['walk', 'meta'], async (transaction) => {
      if ((await getMetaIn(transaction.objectStore('meta'), 'activeWalkId')) !== walkId)
        return false
      const walk = await transaction.objectStore('walk').get(walkId)
      const changed = walk === undefined ? null : next(walk)
      if (changed === null) return false
      await transaction.objectStore('walk').put(changed)
      return true
    })
  }

  return {
    async getActiveWalk(): Promise<FollowedWalk | undefined> {
      const walk = await findActiveWalk(database)
      // While a walk is paused nothing of it is written down.
      if (walk?.state !== 'walking' || isPaused(await listSteps(database, walk.id)))
        return undefined
      const { id, tabIds, origins, unseenTabIds } = walk
      return { walkId: id, tabIds, origins, unseenTabIds, ...(await findRules()) }
    },

    async appendStep(walkId, draft) {
      await appendStep(database, surroundings, walkId, draft)
    },

    async addTab(walkId, tabId) {
      await change(walkId, (walk) =>
        walk.tabIds.includes(tabId) ? null : { ...walk, tabIds: [...walk.tabIds, tabId] },
      )
    },

    async removeTab(walkId, tabId) {
      await change(walkId, (walk) => ({
        ...walk,
        tabIds: walk.tabIds.filter((each) => each !== tabId),
        unseenTabIds: walk.unseenTabIds.filter((each) => each !== tabId),
      }))
    },

    setUnseen: (walkId, tabId, isUnseen) =>
      change(walkId, (walk) => {
        if (walk.unseenTabIds.includes(tabId) === isUnseen) return null
        const others = walk.unseenTabIds.filter((each) => each !== tabId)
        return { ...walk, unseenTabIds: isUnseen ? [...others, tabId] : others }
      }),
  }
}
