import { computed, createModel, effect, signal } from '@preact/signals'

import { leaveOut, listNotes } from '../note/notes'
import { live } from '../panel/live'
import type { KeptNote, KeptWalk, Pairing, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMeta } from '../storage/meta'
import { parcelOfAll, parcelOfWalk } from '../sync/parcels'
import { isTimelineRecallable, takeBack } from '../sync/recall'
import { type Parcel, mintOps } from '../sync/send'
import { listWalks } from '../walk/walks'

/** Send stays asleep this long after its preview came into view, in ms. */
const WAKES_AFTER_MS = 400

export interface SendFormDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** One walk, or everything that is ready. */
  walkId: string | null
  requestSync(): Promise<void>
}

/**
 * What will leave, and Send. What is shown is what is minted: the parcel on the screen goes
 * into the outbox as it is (DECISIONS 6).
 */
export const SendFormModel = createModel((deps: SendFormDeps) => {
  const { database, surroundings, walkId } = deps
  const status = signal<'previewing' | 'sending' | 'sent' | 'failed'>('previewing')
  const isAwake = signal(false)
  /** Notes and walks of the last Send. */
  const sentIds = signal<readonly string[]>([])
  const pairing = live<Pairing | null>(['meta'], null, () => getMeta(database, 'pairing'))
  const allNotes = live<KeptNote[]>(['note'], [], () => listNotes(database))
  const allWalks = live<KeptWalk[]>(['walk'], [], () => listWalks(database))
  const parcel = live<Parcel | null>(['note', 'walk', 'step'], null, async () => {
    if (walkId === null) return parcelOfAll(database, surroundings)
    const walk = await database.get('walk', walkId)
    return walk === undefined ? null : parcelOfWalk(database, surroundings, walk)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => () => clearTimeout(timer))

  /** In the parcel or left out of it, in the order they happened. */
  const choices = computed(() =>
    allNotes.value
      .filter(
        (note) =>
          (note.state === 'kept' || note.state === 'refused') &&
          (walkId === null || note.walkId === walkId),
      )
      .toReversed(),
  )

  const sentWalks = computed(() => {
    const ids = sentIds.value
    return allWalks.value.filter((walk) => ids.includes(walk.id))
  })

  return {
    status,
    isAwake,
    pairing,
    parcel,
    choices,
    chosen: computed(() => choices.value.filter((note) => !note.leftOut)),
    /** Notes of the last Send, as they stand now. */
    sent: computed(() => {
      const ids = sentIds.value
      return allNotes.value.filter((note) => ids.includes(note.id)).toReversed()
    }),

    /** Walks of which the last Send let something go, as they stand now. */
    sentWalks,
    /** Those of them whose timeline can be taken back. */
    openWalks: computed(() =>
      sentWalks.value.filter((walk) => isTimelineRecallable(walk, surroundings.now())),
    ),

    /**
     * Takes the last Send back, as far as it can be. Ends with the states of its notes and walks on
     * the screen.
     */
    async takeBack(what: 'all' | 'timeline' = 'all'): Promise<void> {
      const ids = sentIds.peek()
      await takeBack(database, surroundings, {
        noteIds: what === 'all' ? ids : [],
        walkIds: ids,
      })
      await deps.requestSync()
    },

    /** The preview is on the screen: Send wakes a little later, so that no double click presses it. */
    cameIntoView(): void {
      if (timer !== undefined || isAwake.peek()) return
      timer = setTimeout(() => {
        isAwake.value = true
      }, WAKES_AFTER_MS)
    },

    /** A walk that was sent, as one page without names; undefined where nothing of it is sent any more. */
    async makeStory(id: string): Promise<string | undefined> {
      const { makeStoryFile } = await import('../file/story-file')
      return makeStoryFile(database, id, surroundings.now())
    },

    leaveOut(id: string, out: boolean): void {
      leaveOut(database, id, out).catch((error: unknown) => console.error('not changed', error))
    },

    /**
     * Lets the parcel go. Ends in `sent` or `failed`; never rejects.
     *
     * @param isTrusted false for a click that no person made; such a click sends nothing
     */
    async send(isTrusted: boolean): Promise<void> {
      const shown = parcel.peek()
      const receiver = pairing.peek()
      if (
        !isTrusted ||
        !isAwake.peek() ||
        shown === null ||
        receiver === null ||
        receiver.disconnectedAt !== null
      )
        return
      if (status.peek() === 'sending') return
      status.value = 'sending'
      try {
        await mintOps(database, surroundings, receiver, shown)
        sentIds.value = shown.payloads.map((each) =>
          each.kind === 'note.add' ? each.payload.id : each.payload.walk.id,
        )
        status.value = 'sent'
        await deps.requestSync()
      } catch (error) {
        console.error('not sent', error)
        status.value = 'failed'
      }
    },
  }
})
export type SendFormModel = InstanceType<typeof SendFormModel>
