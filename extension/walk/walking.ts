import { computed, createModel } from '@preact/signals'

import { toSpan } from '#shared/duration'
import type { Place } from '#shared/place'
import type { Step } from '#shared/step'
import { totalsOf } from '#shared/walk'

import { blankNote } from '../note/blank-note'
import { keepNote, listNotesOfWalk, removeNote } from '../note/notes'
import { ticking } from '../panel/clock'
import { live } from '../panel/live'
import type { KeptNote, KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import type { NotableStep } from './Timeline'
import { traceOf } from './trace-shape'
import { appendStep, endWalk, isOnCall, isPaused, listSteps } from './walks'

export interface WalkingDeps {
  database: WinceDatabase
  surroundings: Surroundings
  walk: KeptWalk
  /** @param ended tabs whose trail is over */
  tellWalkChanged(ended?: readonly number[]): Promise<void>
  say(text: string, undo: (() => void) | null): void
}

/** A walk that is going on: its clock, its timeline, its tallies. */
export const WalkingModel = createModel((deps: WalkingDeps) => {
  const { database, surroundings, walk } = deps
  const now = ticking(surroundings.now)
  const steps = live<Step[]>(['step'], [], () => listSteps(database, walk.id))
  const notes = live<KeptNote[]>(['note'], [], () => listNotesOfWalk(database, walk.id))
  const totals = computed(() => totalsOf(walk, steps.value, now.value))
  /** The trace moves with the minute, not with each tick. */
  const traceUntil = computed(() =>
    Math.max(
      now.value - (now.value % 10_000),
      steps.value.at(-1)?.at ?? 0,
      notes.value.at(-1)?.at ?? 0,
    ),
  )

  return {
    steps,
    notes,
    totals,
    trace: computed(() => traceOf(walk.startedAt, traceUntil.value, steps.value, notes.value)),
    isPaused: computed(() => isPaused(steps.value)),
    isOnCall: computed(() => isOnCall(steps.value)),
    /** Steps that are notes already, by the time they happened. */
    notedAt: computed(() => new Set(notes.value.map((note) => note.at))),

    async togglePause(): Promise<void> {
      await appendStep(database, surroundings, walk.id, {
        kind: isPaused(steps.peek()) ? 'resumed' : 'paused',
      })
      await deps.tellWalkChanged()
    },

    async end(): Promise<void> {
      const kept = await database.get('walk', walk.id)
      await endWalk(database, surroundings, walk.id)
      await deps.tellWalkChanged(kept?.tabIds)
    },

    /** One tap on a long wait or a failed page: a note that says what was seen. */
    async noteStep(step: NotableStep): Promise<void> {
      const note = await keepNote(database, surroundings, {
        ...blankNote(surroundings, walk.id, walk.service, placeBefore(steps.peek(), step.seq)),
        at: step.at,
        kind: step.kind === 'error' ? 'broken' : step.kind === 'hold' ? 'hold' : 'slow',
        words: wordsOf(step),
        state: 'kept',
      })
      deps.say(
        step.kind === 'error' ? 'Noted as broken' : 'Noted as slow',
        () => void removeNote(database, note.id),
      )
    },
  }
})
export type WalkingModel = InstanceType<typeof WalkingModel>

function wordsOf(step: NotableStep): string {
  switch (step.kind) {
    case 'error':
      return `The page answered with error ${step.status ?? ''}.`.replace(' .', '.')
    case 'hold':
      return `On hold for ${toSpan(step.ms)}.`
    case 'wait':
      return `Waited ${toSpan(step.ms)}${step.for === null ? '' : ` for “${step.for}”`}.`
  }
}

/** The page that was open when a step happened. */
function placeBefore(steps: readonly Step[], seq: number): Place {
  const page = steps.findLast((step) => step.kind === 'page' && step.seq < seq)
  if (page?.kind !== 'page') return { kind: 'unseen' }
  const { origin, route, title } = page
  return { kind: 'page', origin, route, title, anchor: null }
}
