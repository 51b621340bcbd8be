import { type ReadonlySignal, computed, createModel, signal } from '@preact/signals'

import { type Call, type CallEnd, callsOf, timesOf } from '#shared/call'
import type { Step } from '#shared/step'
import { cutToBytes, toStorableText } from '#shared/text'

import { blankNote } from '../note/blank-note'
import { keepNote, removeNote } from '../note/notes'
import { ticking } from '../panel/clock'
import { live } from '../panel/live'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { appendStep, listSteps, startWalk } from '../walk/walks'
import { callPlace } from './call-place'
import { changeCall } from './call-steps'
import { type MenuMemory, findMenuMemory, nodeOf } from './menu-memory'
import { type Answer, type Tap, changesOfAnswer, changesOfTap, changesOfUndo } from './taps'
import { readTyped } from './typed'

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
  const typed = signal('')
  const marked = signal<{ noteId: string; keys: string } | null>(null)
  const openedAt = surroundings.now()
  const now = ticking(surroundings.now)
  const steps = live<Step[] | null>(['step'], null, async () => {
    const id = walkId.value
    return id === null ? [] : listSteps(database, id)
  })
  const call: ReadonlySignal<Call | null> = computed(
    () => callsOf(steps.value ?? []).at(-1) ?? null,
  )
  const dialled = computed(() => call.value?.number ?? '')
  // Of earlier calls; read once for a number, not with each tap.
  const memory = live<MenuMemory>([], new Map(), () => findMenuMemory(database, dialled.value))

  /** True once it is on the disk. */
  async function tap(each: Tap): Promise<boolean> {
    const id = walkId.peek()
    if (id === null) return false
    return changeCall(database, id, (current, sentSeq) =>
      changesOfTap(current, each, surroundings.now(), sentSeq),
    ).catch((error: unknown) => {
      console.error('tap not kept', error)
      return false
    })
  }

  /** Empties the field at once, so that nothing is kept twice; what is not kept comes back into it. */
  async function keepTypedAs(read: (text: string) => Tap[]): Promise<void> {
    const text = typed.peek()
    typed.value = ''
    for (const each of read(toStorableText(text))) {
      if (await tap(each)) continue
      if (typed.peek() === '') typed.value = text
      deps.say('Not kept: this device could not write it down', null)
      return
    }
  }

  async function sayIfSent(isDone: Promise<boolean>): Promise<void> {
    if (!(await isDone)) deps.say('Sent already, so it stays', null)
  }

  return {
    /** False until the disk has said whether a call is going on. */
    isRead: computed(() => steps.value !== null),
    number,
    why,
    /** What is being typed about this node of the menu. */
    typed,
    call,
    marked,
    /** The last call was over before this screen came: the next one is not dialled yet. */
    isBefore: computed(() => {
      const current = call.value
      return current === null || (current.end !== null && current.end.at < openedAt)
    }),
    isOn: computed(() => call.value !== null && call.value.end === null),
    times: computed(() => {
      const time = now.value
      return call.value === null ? null : timesOf(call.value, time)
    }),
    holdMs: computed(() => {
      const hold = call.value?.hold ?? null
      const time = now.value
      return hold === null ? 0 : Math.max(0, time - hold.at)
    }),
    /** What the keys do at this node, as far as anybody of this browser has typed it. */
    labels: computed(() => {
      const current = call.value
      const earlier = memory.value
      if (current === null) return new Map<string, string>()
      const node = nodeOf(current)
      const here = current.offered.filter(({ depth }) => nodeOf(current, depth) === node)
      return new Map([
        ...(earlier.get(node) ?? []),
        ...here.map(({ key, label }) => [key, label] as const),
      ])
    }),

    /** Both may stay empty. */
    async dial(): Promise<void> {
      const reason = orNull(why.peek())
      const called = toStorableText(number.peek().trim())
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
        await appendStep(database, surroundings, id, { kind: 'dial', number: called, why: reason })
    },

    press: (key: string) => tap({ kind: 'key', key }),
    askedAgain: (thing: string) => tap({ kind: 'asked-again', thing }),
    toggleHold: () => tap({ kind: 'hold' }),
    transfer: () => tap({ kind: 'transfer' }),
    person: () => tap({ kind: 'person' }),
    end: (how: CallEnd) => tap({ kind: 'call-end', how }),

    /** Keeps what was typed: keys that the menu offers where it begins with one, else what it says. */
    keepTyped: () => keepTypedAs(readTyped),

    /** Keeps what was typed as words that the menu was told. */
    sayTyped: () =>
      keepTypedAs((text) => {
        const words = orNull(text)
        return words === null ? [] : [{ kind: 'said', words: cutToBytes(words, LABEL_MAX_BYTES) }]
      }),

    async answer(answer: Answer): Promise<void> {
      const id = walkId.peek()
      if (id === null) return
      await sayIfSent(
        changeCall(database, id, (current, sentSeq) => changesOfAnswer(current, answer, sentSeq)),
      )
    },

    /** Takes the last tap back. */
    async undo(): Promise<void> {
      const id = walkId.peek()
      if (id === null) return
      await sayIfSent(changeCall(database, id, changesOfUndo))
    },

    /** A silent moment at this node of the menu; words can wait. */
    async mark(): Promise<void> {
      const id = walkId.peek()
      // As the disk has it: a fast hand is ahead of what is on the screen.
      const current = id === null ? undefined : callsOf(await listSteps(database, id)).at(-1)
      if (current === undefined) return
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
    },
  }
})
export type CallModel = InstanceType<typeof CallModel>

/** As much as a label takes. */
const LABEL_MAX_BYTES = 200

function orNull(text: string): string | null {
  const storable = toStorableText(text.trim())
  return storable === '' ? null : storable
}
