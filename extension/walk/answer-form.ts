import { computed, createModel, signal } from '@preact/signals'

import type { Channel } from '#shared/place'
import type { Step } from '#shared/step'

import { live } from '../panel/live'
import type { Tabs } from '../panel/tabs'
import { liveOwnWords } from '../policy/own-words'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { type Answer, keptOf, resumeWalk } from './waiting'
import { endWalk, listSteps } from './walks'

export interface AnswerFormDeps {
  database: WinceDatabase
  surroundings: Surroundings
  walk: KeptWalk
  tabs: Pick<Tabs, 'findInFront'>
  tellWalkChanged(): Promise<void>
  /** @param channel how they answered; null where they did not */
  onResumed(channel: Channel | null): void
  onEnded(): void
  say(text: string, undo: (() => void) | null): void
}

/** How an answer came: by what, from which system, about what. Nothing of it is required. */
export const AnswerFormModel = createModel((deps: AnswerFormDeps) => {
  const { database, surroundings, walk } = deps
  const channel = signal<Channel>('email')
  const system = signal('')
  const subject = signal('')
  const isBusy = signal(false)
  const systems = live<string[]>(['step'], [], () => listSystems(database))
  const steps = live<Step[]>(['step'], [], () => listSteps(database, walk.id))
  const findOwn = liveOwnWords(database)
  const kept = computed(() => {
    const typed = { system: system.value.trim(), subject: subject.value.trim() }
    const texts = keptOf(typed, findOwn.value)
    return {
      system: texts.system === typed.system ? null : texts.system,
      subject: texts.subject === typed.subject ? null : texts.subject,
    }
  })

  async function resume(answer: Answer | null): Promise<void> {
    if (isBusy.peek()) return
    isBusy.value = true
    const tab = await deps.tabs.findInFront()
    const tabIds = tab === undefined ? [] : [tab.id]
    const resumed = await resumeWalk(database, surroundings, walk.id, tabIds, answer)
    isBusy.value = false
    if (!resumed) {
      deps.say('Another walk is going on. End that one first', null)
      return
    }
    await deps.tellWalkChanged()
    deps.onResumed(answer?.channel ?? null)
  }

  return {
    channel,
    system,
    subject,
    isBusy,
    /** Systems that earlier answers came from, to choose from. */
    systems,
    /** When the wait for them began, Unix ms. */
    waitingSince: computed(
      () => steps.value.findLast(({ kind }) => kind === 'waiting')?.at ?? walk.startedAt,
    ),
    /** A text has a sender and a subject; a call or a page does not. */
    isWritten: computed(() => channel.value === 'email' || channel.value === 'chat'),
    /** What is kept of either text; null where that is what was typed. */
    kept,

    /** Goes on where the walk stopped, from the tab in front. */
    answered: (): Promise<void> => {
      const isWritten = channel.peek() === 'email' || channel.peek() === 'chat'
      return resume({
        channel: channel.peek(),
        system: isWritten ? system.peek() : '',
        subject: isWritten ? subject.peek() : '',
      })
    },

    goOn: (): Promise<void> => resume(null),

    /** They never answered: the errand ends here, and the wait with it. */
    async end(): Promise<void> {
      await endWalk(database, surroundings, walk.id)
      deps.onEnded()
    },
  }
})

async function listSystems(database: WinceDatabase): Promise<string[]> {
  const rows = await database.getAll('step')
  return [
    ...new Set(rows.flatMap(({ step }) => (step.kind === 'answer' ? (step.system ?? []) : []))),
  ]
}
