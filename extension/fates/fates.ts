import { computed, createModel, effect, signal } from '@preact/signals'

import { type Fate, fatesOf } from '../home/home'
import { listNotes } from '../note/notes'
import { live } from '../panel/live'
import type { KeptNote, KeptWalk, Meta, MirrorRow, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { type WalkAgain, asksIn, walkAgainOf } from '../walk/again'
import { listWalks } from '../walk/walks'

/** What became of some notes, and what can be done about it. */
export interface ShownFate extends Fate {
  /** The walker's own words, note by note. */
  words: string[]
  /** It changed since they last looked. */
  isNews: boolean
  again: WalkAgain | null
  isPutOff: boolean
}

export interface FatesDeps {
  database: WinceDatabase
  surroundings: Surroundings
  say(text: string, undo: (() => void) | null): void
  /** All of it, and it counts as looked at; else the newest few. */
  isWhole: boolean
}

interface Known {
  mirror: MirrorRow[]
  notes: KeptNote[]
  walks: KeptWalk[]
  looked: Meta['looked']
}

/** What became of one's own notes, from what this device was last told: it needs no connection. */
export const FatesModel = createModel(({ database, surroundings, say, isWhole }: FatesDeps) => {
  const known = live<Known | null>(['mirror', 'note', 'walk', 'meta'], null, async () => {
    const [mirror, notes, walks, looked] = await Promise.all([
      database.getAll('mirror'),
      listNotes(database),
      listWalks(database),
      getMeta(database, 'looked'),
    ])
    return { mirror, notes, walks, looked }
  })
  /** As it was when the screen came: what is new stays marked while it is looked at. */
  const before = signal<Meta['looked'] | null>(null)
  const fates = computed(() =>
    known.value === null ? null : shownOf(known.value, before.value, surroundings.now()),
  )
  effect(() => {
    const shown = fates.value
    const { looked } = known.peek() ?? {}
    if (!isWhole || shown === null || looked === undefined) return
    before.value ??= looked
    if (shown.some(({ entryId, state }) => looked[entryId] !== state)) void look(shown)
  })

  async function change(next: (looked: Meta['looked']) => Meta['looked']): Promise<void> {
    await write(database, ['meta'], async (transaction) => {
      const meta = transaction.objectStore('meta')
      await meta.put(next(await getMetaIn(meta, 'looked')), 'looked')
    })
  }

  const look = (shown: readonly ShownFate[]) =>
    change((looked) => ({
      ...looked,
      ...Object.fromEntries(shown.map(({ entryId, state }) => [entryId, state])),
    }))

  return {
    /** Null while it is not read; what is new first, then what changed last. */
    fates,

    /** It is not said to anybody, and can be walked from here all the same. */
    async putOff(askId: string): Promise<void> {
      await change((looked) => ({ ...looked, [askId]: 'later' }))
      say('Put off', () => {
        void change((looked) => {
          const { [askId]: _, ...kept } = looked
          return kept
        })
      })
    },
  }
})

function shownOf(known: Known, before: Meta['looked'] | null, now: number): ShownFate[] {
  const { mirror, notes, walks, looked } = known
  const asks = asksIn(mirror)
  const fates = fatesOf(mirror, notes)
  const placed = new Set(fates.flatMap(({ noteIds }) => noteIds))
  const waiting = notes
    .filter(({ id, state }) => state === 'sent' && !placed.has(id))
    .map(({ id, mood, at, sentAt }) => ({
      entryId: id,
      number: 0,
      state: 'new' as const,
      title: null,
      mood,
      changedAt: sentAt ?? at,
      noteIds: [id],
      said: undefined,
      closedAs: undefined,
      until: undefined,
    }))
  return [...fates, ...waiting]
    .map((fate) => {
      const again = walkAgainOf(fate, { walks, notes, asks, looked, now })
      const words = notes.flatMap(({ id, words: said }) =>
        fate.noteIds.includes(id) ? [said === '' ? 'A moment without words' : said] : [],
      )
      const isNews = fate.number > 0 && (before ?? looked)[fate.entryId] !== fate.state
      const isPutOff = again?.askId != null && looked[again.askId] !== undefined
      return { ...fate, words, isNews, again, isPutOff }
    })
    .toSorted(
      (one, other) => Number(other.isNews) - Number(one.isNews) || other.changedAt - one.changedAt,
    )
}
