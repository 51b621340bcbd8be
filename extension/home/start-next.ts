import { createModel, effect, signal } from '@preact/signals'

import { listNotes } from '../note/notes'
import { live } from '../panel/live'
import type { TabInFront, Tabs } from '../panel/tabs'
import type { WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMeta } from '../storage/meta'
import { asksIn } from '../walk/again'
import { planIn } from '../walk/plan'
import { type WalkStart, listWalks, startWalk } from '../walk/walks'
import { fatesOf } from './home'
import { type NextUp, nextUpOf } from './next-up'

export interface StartNextDeps {
  database: WinceDatabase
  surroundings: Surroundings
  tabs: Pick<Tabs, 'findInFront' | 'watchInFront' | 'askFor' | 'open' | 'maySee'>
  tellWalkChanged(): Promise<void>
  say(text: string, undo: (() => void) | null): void
}

/** Starts a prepared errand with one tap: on the tab in front, or where it was walked before. */
export const StartNextModel = createModel((deps: StartNextDeps) => {
  const front = signal<TabInFront | null>(null)
  const isStarting = signal(false)
  const next = live<NextUp | null>(['walk', 'note', 'mirror', 'meta'], null, () => findNextUp(deps))
  effect(() => {
    const look = () =>
      void deps.tabs.findInFront().then((tab) => {
        front.value = tab ?? null
      })
    look()
    return deps.tabs.watchInFront(look)
  })

  return {
    /** Null while it is not known, and where there is none. */
    next,
    isStarting,

    /**
     * The browser's question comes first and un-awaited, as in Start. A no, or a site that nobody
     * may see, starts the walk all the same.
     *
     * @param page where it was walked before; null for wherever somebody is
     */
    async start(prepared: WalkStart, page: string | null): Promise<void> {
      if (isStarting.peek()) return
      isStarting.value = true
      const tab = front.peek()
      const origin = page === null ? null : new URL(page).origin
      const portal = origin ?? (tab?.isOffLimits === false ? tab.origin : null)
      const answer = portal === null ? Promise.resolve(false) : deps.tabs.askFor(portal)
      try {
        const isAllowed = (await answer) && portal !== null
        const isThere = tab !== null && (origin === null || tab.origin === origin)
        const tabId = isThere ? tab.id : page === null ? undefined : await deps.tabs.open(page)
        await startWalk(deps.database, deps.surroundings, prepared, {
          tabIds: tabId === undefined ? [] : [tabId],
          origins: isAllowed ? [portal] : [],
        })
        await deps.tellWalkChanged()
        if (!isAllowed) deps.say('Walking without a trail: Wince sees no page', null)
      } finally {
        isStarting.value = false
      }
    },
  }
})
export type StartNextModel = InstanceType<typeof StartNextModel>

async function findNextUp({ database, surroundings, tabs }: StartNextDeps): Promise<NextUp | null> {
  const [walks, notes, mirror, pairing, looked] = await Promise.all([
    listWalks(database),
    listNotes(database),
    database.getAll('mirror'),
    getMeta(database, 'pairing'),
    getMeta(database, 'looked'),
  ])
  const next = nextUpOf({
    walks,
    notes,
    fates: fatesOf(mirror, notes),
    asks: asksIn(mirror),
    looked,
    plan: planIn(mirror),
    unwalked: pairing?.unwalked ?? null,
    now: surroundings.now(),
  })
  if (next?.kind !== 'walk-again' || next.page === null) return next
  // The organisation may keep Wince away by now from where it was walked.
  return (await tabs.maySee(new URL(next.page).origin)) ? next : { ...next, page: null }
}
