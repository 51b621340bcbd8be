import { computed, createModel, effect, signal } from '@preact/signals'

import { toStorableText } from '#shared/text'

import type { WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { live } from '../panel/live'
import type { TabInFront, Tabs } from '../panel/tabs'
import { listWalks, startWalk } from './walks'

export interface StartFormDeps {
  database: WinceDatabase
  surroundings: Surroundings
  tabs: Pick<Tabs, 'findInFront' | 'watchInFront' | 'isAllowed' | 'askFor'>
  /** So that the tab in front is followed from now on. */
  tellWalkChanged(): Promise<void>
  /** The walk is on; the panel goes there by itself. */
  onStarted(walkId: string, seesPortal: boolean): void
}

export const COMMON_ERRANDS = [
  'I forgot my password.',
  'I can’t print.',
  'I’m new today and need a laptop.',
  'My laptop won’t join the Wi-Fi.',
  'I need access to a shared folder.',
  'I want to know where my request is.',
  'I changed my name.',
  'I lost my badge.',
] as const

export const PERSONAS = ['New starter', 'Night nurse', 'Receptionist', 'Student'] as const

/** What Start asks. Everything may stay empty. */
export const StartFormModel = createModel((deps: StartFormDeps) => {
  const errand = signal('')
  const persona = signal('')
  const service = signal('')
  const firstTime = signal<boolean | null>(null)
  const status = signal<'editing' | 'asking' | 'starting'>('editing')
  const portal = signal<TabInFront | null>(null)
  const allowed = signal(false)

  async function look(): Promise<void> {
    const tab = (await deps.tabs.findInFront()) ?? null
    const isAllowed =
      tab?.origin && !tab.isOffLimits ? await deps.tabs.isAllowed(tab.origin) : false
    portal.value = tab
    allowed.value = isAllowed
  }

  effect(() => {
    void look()
    return deps.tabs.watchInFront(() => void look())
  })

  const walks = live(['walk'], [], () => listWalks(deps.database))
  const services = computed(() => [...new Set(walks.value.flatMap((walk) => walk.service ?? []))])

  return {
    errand,
    persona,
    service,
    firstTime,
    status,
    portal,
    allowed,
    /** Services walked from this browser before, to choose from. */
    services,

    /**
     * Asks for the portal and starts. The question comes first and un-awaited: after any
     * await the browser no longer takes this for a click. A no starts the walk all the same.
     */
    async start(): Promise<void> {
      if (status.peek() !== 'editing') return
      const tab = portal.peek()
      const origin = tab?.isOffLimits === false ? tab.origin : null
      const answer = origin === null ? Promise.resolve(false) : deps.tabs.askFor(origin)
      status.value = 'asking'
      const seesPortal = await answer
      status.value = 'starting'
      const walk = await startWalk(
        deps.database,
        deps.surroundings,
        {
          errand: orNull(errand.peek()),
          persona: orNull(persona.peek()),
          service: orNull(service.peek()),
          firstTime: firstTime.peek(),
        },
        { tabIds: tab ? [tab.id] : [], origins: seesPortal && origin !== null ? [origin] : [] },
      )
      await deps.tellWalkChanged()
      deps.onStarted(walk.id, seesPortal)
    },
  }
})

function orNull(text: string): string | null {
  const storable = toStorableText(text.trim())
  return storable === '' ? null : storable
}
