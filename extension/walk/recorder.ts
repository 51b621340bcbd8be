import * as v from 'valibot'

import { toAddress } from '#shared/address'
import { Step } from '#shared/step'

import type { PageRules } from '../page/options'
import { TRAIL_STEP } from '../page/trail-message'
import type { StepDraft } from './walks'

/** The walk that is being followed, as it stands in storage. */
export interface FollowedWalk extends PageRules {
  walkId: string
  tabIds: readonly number[]
  /** Origins that the walker allowed for this walk. */
  origins: readonly string[]
  /** Followed tabs that show a page we may not see, told already. */
  unseenTabIds: readonly number[]
}

/**
 * What the recorder keeps outside itself: the background worker dies between two events, so it
 * remembers nothing. Each call is one transaction.
 */
export interface WalkStore {
  getActiveWalk(): Promise<FollowedWalk | undefined>
  appendStep(walkId: string, draft: StepDraft): Promise<void>
  addTab(walkId: string, tabId: number): Promise<void>
  removeTab(walkId: string, tabId: number): Promise<void>
  /** True when that is news: two events at once tell it once. */
  setUnseen(walkId: string, tabId: number, isUnseen: boolean): Promise<boolean>
}

/** What the recorder does to tabs. */
interface TabPort {
  /** Rejects when the browser does not let us in. */
  startTrail(tabId: number, rules: PageRules): Promise<void>
  stopTrail(tabId: number): Promise<void>
  /** False while it loads, and when it is gone. */
  isAtRest(tabId: number): Promise<boolean>
}

interface TabChange {
  status?: string | undefined
  url?: string | undefined
}

interface TabState {
  id?: number | undefined
  openerTabId?: number | undefined
  /** Hidden by the browser unless its origin was granted. */
  url?: string | undefined
}

/** Who sent a message, as the browser vouches for it. */
interface Sender {
  id?: string | undefined
  frameId?: number | undefined
  url?: string | undefined
  origin?: string | undefined
  tab?: TabState | undefined
}

/** What a trail may report; steps of calls come from the panel alone. */
const PAGE_KINDS = new Set<string>(['page', 'click', 'wait', 'error', 'sign-in', 'back'])
/** What may happen in a frame; pages, waits and steps back are the top document's to tell. */
const FRAME_KINDS = new Set<string>(['click', 'error', 'sign-in'])
const TrailMessage = v.object({
  type: v.literal(TRAIL_STEP),
  step: v.looseObject({ kind: v.string() }),
})

/** What to do about a tab that changed. */
type Decision = { do: 'nothing' } | { do: 'follow' } | { do: 'unseen'; origin: string | null }

/**
 * Decides from the walk and the event alone. A page is followed as soon as it loads; that a page
 * cannot be seen is said only once it is there, because redirects pass through many.
 */
export function decideOnTab(
  walk: FollowedWalk | undefined,
  change: TabChange,
  tab: TabState,
): Decision {
  if (!walk || tab.id === undefined || !walk.tabIds.includes(tab.id) || change.status === undefined)
    return { do: 'nothing' }
  const address = toAddress(tab.url ?? '')
  if (address && walk.origins.includes(address.origin)) return { do: 'follow' }
  if (change.status !== 'complete' || isEmptyPage(tab.url)) return { do: 'nothing' }
  return { do: 'unseen', origin: address?.origin ?? null }
}

/**
 * A step as a page's trail may report it, or undefined. The page's own origin is taken from the
 * browser, never from the message.
 */
export function readTrailStep(
  walk: FollowedWalk | undefined,
  message: unknown,
  sender: Sender,
): StepDraft | undefined {
  const parsed = v.safeParse(TrailMessage, message)
  const origin = toAddress(sender.origin ?? sender.url ?? '')?.origin
  const tabId = sender.tab?.id
  if (!walk || !parsed.success || !origin || tabId === undefined || !walk.tabIds.includes(tabId))
    return undefined
  const { step } = parsed.output
  const kinds = sender.frameId === 0 ? PAGE_KINDS : FRAME_KINDS
  if (!walk.origins.includes(origin) || !kinds.has(step.kind)) return undefined
  const checked = v.safeParse(Step, { ...step, ...('origin' in step ? { origin } : {}), seq: 1 })
  return checked.success ? withKnownKeys(checked.output) : undefined
}

/** A step's own fields and nothing beside them: the schemas let others through. */
function withKnownKeys(step: Step): StepDraft | undefined {
  const { at } = step
  switch (step.kind) {
    case 'page': {
      const { origin, route, title, breadcrumb = null } = step
      return { kind: 'page', at, origin, route, title, breadcrumb }
    }
    case 'click':
      return { kind: 'click', at, role: step.role, name: step.name }
    case 'wait':
      return { kind: 'wait', at, ms: step.ms, for: step.for }
    case 'error':
      return { kind: 'error', at, status: step.status, message: step.message }
    case 'sign-in':
      return { kind: 'sign-in', at, origin: step.origin }
    case 'back':
      return { kind: 'back', at }
    default:
      return undefined
  }
}

/** The browser's own first page, on which nobody waits for a service. */
function isEmptyPage(url: string | undefined): boolean {
  return url !== undefined && /^(?:about:blank|chrome:|edge:|about:newtab|about:home)/.test(url)
}

interface RecorderDeps {
  store: WalkStore
  tabs: TabPort
  /** `runtime.id`: messages of others are not ours. */
  extensionId: string
  now(): number
}

/** Handlers for the background to hang on browser events; they never reject. */
export interface Recorder {
  onTabUpdated(tabId: number, change: TabChange, tab: TabState): Promise<void>
  onTabCreated(tab: TabState): Promise<void>
  onTabRemoved(tabId: number): Promise<void>
  /** True when the message was a trail's, taken or not. */
  onMessage(message: unknown, sender: Sender): boolean
  /** Follows the tabs that are open when a walk starts or goes on. */
  followNow(): Promise<void>
  /** Ends the trails of these tabs; call it when a walk ends. */
  stop(tabIds: readonly number[]): Promise<void>
}

export function createRecorder({ store, tabs, extensionId, now }: RecorderDeps): Recorder {
  async function tellUnseen(
    walk: FollowedWalk,
    tabId: number,
    origin: string | null,
  ): Promise<void> {
    if (!(await store.setUnseen(walk.walkId, tabId, true))) return
    await store.appendStep(walk.walkId, { kind: 'unseen', at: now(), origin })
  }

  async function starts(walk: FollowedWalk, tabId: number): Promise<boolean> {
    try {
      const { withholdNames, privateWords = [] } = walk
      await tabs.startTrail(tabId, { withholdNames, privateWords })
      await store.setUnseen(walk.walkId, tabId, false)
      return true
    } catch (error) {
      console.info('this page cannot be followed', error)
      return false
    }
  }

  /**
   * A page that is being left lets nobody in either, and says so in the same way: what counts is
   * the page that the tab comes to rest on, and that one is asked again.
   */
  async function follow(walk: FollowedWalk, tabId: number, isThere: boolean): Promise<void> {
    if (await starts(walk, tabId)) return
    if (!isThere || !(await tabs.isAtRest(tabId)) || (await starts(walk, tabId))) return
    // An error page of the browser, or a grant that was taken back: there is nothing to see.
    if (await tabs.isAtRest(tabId)) await tellUnseen(walk, tabId, null)
  }

  async function onTabUpdated(tabId: number, change: TabChange, tab: TabState): Promise<void> {
    const walk = await store.getActiveWalk()
    const decision = decideOnTab(walk, change, { ...tab, id: tabId })
    if (!walk || decision.do === 'nothing') return
    if (decision.do === 'follow') await follow(walk, tabId, change.status === 'complete')
    else await tellUnseen(walk, tabId, decision.origin)
  }

  async function keepStep(message: unknown, sender: Sender): Promise<void> {
    const walk = await store.getActiveWalk()
    const step = readTrailStep(walk, message, sender)
    if (walk && step) await store.appendStep(walk.walkId, step)
  }

  return {
    onTabUpdated: (tabId, change, tab) => onTabUpdated(tabId, change, tab).catch(report),
    onTabCreated: async ({ id, openerTabId }) => {
      const walk = await store.getActiveWalk().catch(report)
      if (
        !walk ||
        id === undefined ||
        openerTabId === undefined ||
        !walk.tabIds.includes(openerTabId)
      )
        return
      await store.addTab(walk.walkId, id).catch(report)
    },
    onTabRemoved: async (tabId) => {
      const walk = await store.getActiveWalk().catch(report)
      if (walk?.tabIds.includes(tabId)) await store.removeTab(walk.walkId, tabId).catch(report)
    },
    onMessage: (message, sender) => {
      if (sender.id !== extensionId || !v.is(TrailMessage, message)) return false
      keepStep(message, sender).catch(report)
      return true
    },
    followNow: async () => {
      const walk = await store.getActiveWalk().catch(report)
      if (walk)
        await Promise.all(walk.tabIds.map((tabId) => follow(walk, tabId, false))).catch(report)
    },
    stop: async (tabIds) => {
      // A tab that is gone or elsewhere has no trail to end.
      await Promise.all(tabIds.map((tabId) => tabs.stopTrail(tabId).catch(() => undefined)))
    },
  }
}

function report(error: unknown): undefined {
  console.error('the trail lost a step', error)
  return undefined
}
