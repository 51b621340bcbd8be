import { computed, createModel, effect, signal } from '@preact/signals'

import type { TabInFront, Tabs } from '../panel/tabs'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import { watchWrites } from '../storage/write'
import { changeWalk } from './walks'

export interface PageAccessDeps {
  database: WinceDatabase
  tabs: Tabs
  tellWalkChanged(): Promise<void>
}

/**
 * What Wince sees of the page in front: `seen`, nothing that a walk could follow (`closed`), a
 * page whose address the browser keeps from us (`unknown`), a site that may be allowed
 * (`allowable`), one that the organisation keeps Wince away from (`off-limits`), or a seen site
 * in a tab that this walk does not follow (`aside`).
 */
export type Access = 'seen' | 'closed' | 'unknown' | 'allowable' | 'off-limits' | 'aside'

export const PageAccessModel = createModel((deps: PageAccessDeps & { walk: KeptWalk }) => {
  const { database, tabs, walk } = deps
  const tab = signal<TabInFront | null>(null)
  const allowed = signal(true)
  const origins = signal(walk.origins)
  const tabIds = signal(walk.tabIds)

  async function look(): Promise<void> {
    const found = (await tabs.findInFront()) ?? null
    const isAllowed = found?.origin ? await tabs.isAllowed(found.origin) : false
    const kept = await database.get('walk', walk.id)
    tab.value = found
    allowed.value = isAllowed
    origins.value = kept?.origins ?? []
    tabIds.value = kept?.tabIds ?? []
  }

  effect(() => {
    void look()
    const stopWatchingTabs = tabs.watchInFront(() => void look())
    // A key on the page lets the browser tell us its address; what the key keeps says that it was pressed.
    const stopWatchingMoments = watchWrites((stores) => {
      if (stores.includes('meta')) void look()
    })
    return () => {
      stopWatchingTabs()
      stopWatchingMoments()
    }
  })

  return {
    origin: computed(() => tab.value?.origin ?? null),
    access: computed((): Access => {
      const front = tab.value
      const known = origins.value
      const followed = tabIds.value
      const isAllowed = allowed.value
      if (front === null) return 'seen'
      if (front.origin === null) return front.isWebPage === false ? 'closed' : 'unknown'
      if (front.isOffLimits) return 'off-limits'
      if (!isAllowed || !known.includes(front.origin)) return 'allowable'
      return followed.includes(front.id) ? 'seen' : 'aside'
    }),

    /** From a click: the browser's question comes first. */
    async allow(): Promise<void> {
      const front = tab.peek()
      if (!front?.origin || front.isOffLimits) return
      const answer = tabs.askFor(front.origin)
      if (!(await answer)) return
      await changeWalk(database, walk.id, {
        origins: [...new Set([...origins.peek(), front.origin])],
        tabIds: [...new Set([...tabIds.peek(), front.id])],
      })
      await deps.tellWalkChanged()
      await look()
    },

    /** Takes the tab in front along on this walk. */
    async follow(): Promise<void> {
      const front = tab.peek()
      if (front === null) return
      await changeWalk(database, walk.id, { tabIds: [...new Set([...tabIds.peek(), front.id])] })
      await deps.tellWalkChanged()
      await look()
    },
  }
})
