import { type ReadonlySignal, computed, createModel, signal } from '@preact/signals'

import type { Step } from '#shared/step'
import { toStorableText } from '#shared/text'

import { keepNote, removeNote } from '../note/notes'
import { blankNote } from '../note/blank-note'
import { ticking } from '../panel/clock'
import { live } from '../panel/live'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { appendStep, endHold, listSteps, removeStep, startWalk } from '../walk/walks'
import { type CallEnd, type CallState, callOf, callPlace } from './call-state'

export interface CallDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** The walk that the call belongs to; null where the call starts one of its own. */
  walk: KeptWalk | null
  say(text: string, undo: (() => void) | null): void
}

/** Taps along with a call. It only logs: Wince never listens and never dials. */
export const CallModel = createModel((deps: CallDeps) => {
  const { database, surroundings } = deps
  const walkId = signal<string | null>(deps.walk?.id ?? null)
  const number = signal('')
  const why = signal('')
  const marked = signal<{ noteId: string; keys: string } | null>(null)
  const openedAt = surroundings.now()
  const now = ticking(surroundings.now)
  const steps = live<Step[] | null>(['step'], null, async () => {
    const id = walkId.value
    return id === null ? [] : listSteps(database, id)
  })
  const call: ReadonlySignal<CallState | null> = computed(() => callOf(steps.value ?? []))
  /** Taps follow each other, so that a fast hand never overtakes itself. */
  let taps: Promise<void> = Promise.resolve()

  function tap(work: (id: string, call: CallState) => Promise<unknown>): Promise<void> {
    taps = taps
      .then(async () => {
        const id = walkId.peek()
        const current = id === null ? null : callOf(await listSteps(database, id))
        if (id !== null && current !== null) await work(id, current)
      })
      .catch((error: unknown) => console.error('tap not kept', error))
    return taps
  }

  async function leaveHold(id: string, current: CallState): Promise<void> {
    if (current.hold !== null) await endHold(database, surroundings, id, current.hold)
  }

  return {
    /** False until the disk has said whether a call is going on. */
    isRead: computed(() => steps.value !== null),
    number,
    why,
    call,
    marked,
    /** The last call was over before this screen came: the next one is not dialled yet. */
    isBefore: computed(() => {
      const current = call.value
      return current === null || (current.end !== null && current.end.at < openedAt)
    }),
    isOn: computed(() => call.value !== null && call.value.end === null),
    elapsedMs: computed(() => {
      const current = call.value
      const time = now.value
      return current === null ? 0 : Math.max(0, (current.end?.at ?? time) - current.dialledAt)
    }),
    holdMs: computed(() => {
      const hold = call.value?.hold ?? null
      const time = now.value
      return hold === null ? 0 : Math.max(0, time - hold.at)
    }),

    /** Both may stay empty. */
    async dial(): Promise<void> {
      const reason = orNull(why.peek())
      const dialled = toStorableText(number.peek().trim())
      if (walkId.peek() === null) {
        const start = {
          errand: reason,
          persona: null,
          service: deps.walk?.service ?? null,
          firstTime: null,
        }
        const walk = await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
        walkId.value = walk.id
      }
      const id = walkId.peek()
      if (id !== null)
        await appendStep(database, surroundings, id, { kind: 'dial', number: dialled, why: reason })
    },

    press: (key: string) =>
      tap((id) => appendStep(database, surroundings, id, { kind: 'key', key })),

    askedAgain: (thing: string) =>
      tap((id) => appendStep(database, surroundings, id, { kind: 'asked-again', thing })),

    toggleHold: () =>
      tap((id, current) =>
        current.hold === null
          ? appendStep(database, surroundings, id, { kind: 'hold', ms: 0 })
          : endHold(database, surroundings, id, current.hold),
      ),

    transfer: () =>
      tap(async (id, current) => {
        await leaveHold(id, current)
        await appendStep(database, surroundings, id, { kind: 'transfer' })
      }),

    end: (how: CallEnd) =>
      tap(async (id, current) => {
        await leaveHold(id, current)
        await appendStep(database, surroundings, id, { kind: 'call-end', how })
      }),

    /** Takes the last tap back. */
    undo: () =>
      tap(async (id, current) => {
        if (current.last === null) return
        if (!(await removeStep(database, id, current.last.seq)))
          deps.say('Sent already, so it stays', null)
      }),

    /** A silent moment at this node of the menu; words can wait. */
    mark: () =>
      tap(async (id, current) => {
        const place = callPlace(current)
        const note = await keepNote(database, surroundings, {
          ...blankNote(surroundings, id, deps.walk?.service ?? null, place),
          state: 'kept',
        })
        const keys = place.keys.join(' › ')
        marked.value = { noteId: note.id, keys }
        deps.say(`Moment kept${keys === '' ? '' : ` at ${keys}`}`, () => {
          marked.value = null
          void removeNote(database, note.id)
        })
      }),
  }
})
export type CallModel = InstanceType<typeof CallModel>

function orNull(text: string): string | null {
  const storable = toStorableText(text.trim())
  return storable === '' ? null : storable
}
