import { computed, createModel, effect, signal } from '@preact/signals'

import type { Step } from '#shared/step'
import { cutToBytes, toStorableText } from '#shared/text'
import { type Debrief, totalsOf } from '#shared/walk'

import { listNotesOfWalk } from '../note/notes'
import { live } from '../panel/live'
import type { KeptNote, KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { traceOf } from '../walk/trace-shape'
import { parkWalk, resumeWalk } from '../walk/waiting'
import { listSteps, setDebrief } from '../walk/walks'

export interface DebriefFormDeps {
  database: WinceDatabase
  surroundings: Surroundings
  walk: KeptWalk
  tellWalkChanged(): Promise<void>
}

/** As much as `Debrief` takes of it. */
const LEFT_BEHIND_MAX_BYTES = 120
const BLANK: Debrief = { done: null, effort: null, line: null, fixFirst: null }

/** Sixty seconds after a walk. Each answer is kept as it is given; none is required. */
export const DebriefFormModel = createModel((deps: DebriefFormDeps) => {
  const { database, walk } = deps
  const debrief = signal<Debrief>(walk.debrief ?? BLANK)
  const status = signal<'kept' | 'writing' | 'failed'>('kept')
  const steps = live<Step[]>(['step'], [], () => listSteps(database, walk.id))
  const notes = live<KeptNote[]>(['note'], [], () => listNotesOfWalk(database, walk.id))
  const until = walk.endedAt ?? deps.surroundings.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function flush(): Promise<void> {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    try {
      await setDebrief(database, walk.id, debrief.peek())
      status.value = 'kept'
    } catch (error) {
      console.error('debrief not kept', error)
      status.value = 'failed'
    }
  }
  effect(() => () => void flush())

  return {
    debrief,
    status,
    notes,
    totals: computed(() => totalsOf(walk, steps.value, until)),
    trace: computed(() => traceOf(walk.startedAt, until, steps.value, notes.value)),
    /** Notes that one may call the first to fix. */
    problems: computed(() =>
      notes.value.filter((note) => note.mood === 'embarrassed' && note.state !== 'draft'),
    ),
    /** Begun and not saved: they stay here. */
    drafts: computed(() => notes.value.filter((note) => note.state === 'draft')),

    answer(change: Partial<Debrief>): void {
      debrief.value = {
        ...debrief.peek(),
        ...change,
        ...(change.line == null ? {} : { line: orNull(change.line) }),
        ...(change.leftBehind == null
          ? {}
          : { leftBehind: orNull(cutToBytes(change.leftBehind, LEFT_BEHIND_MAX_BYTES)) }),
      }
      status.value = 'writing'
      timer ??= setTimeout(() => void flush(), 250)
    },

    /** Not over after all: back to walking, from where it stood. */
    async goBack(): Promise<boolean> {
      await flush()
      const resumed = await resumeWalk(database, deps.surroundings, walk.id, walk.tabIds)
      if (resumed) await deps.tellWalkChanged()
      return resumed
    },

    /** Waits for their answer. What is noted so far can be sent meanwhile. */
    async park(): Promise<void> {
      await flush()
      await parkWalk(database, deps.surroundings, walk.id)
    },

    flush,
  }
})
function orNull(text: string): string | null {
  return text === '' ? null : toStorableText(text)
}
export type DebriefFormModel = InstanceType<typeof DebriefFormModel>
