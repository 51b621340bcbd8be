import { computed, createModel } from '@preact/signals'
import * as v from 'valibot'

import { type EntryState, PulledEntry, PulledNote } from '#shared/sync'

import {
  isReady,
  isToFinish,
  isUnsent,
  leavePictures,
  listNotes,
  removeNote,
  restoreNote,
} from '../note/notes'
import { ticking } from '../panel/clock'
import { live } from '../panel/live'
import { countOf } from '../panel/time-words'
import type {
  KeptNote,
  KeptWalk,
  MirrorRow,
  Pairing,
  QueuedOp,
  WinceDatabase,
} from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMeta } from '../storage/meta'
import { sendAgain } from '../sync/again'
import { takeBack } from '../sync/recall'
import { listSparePictures, removeSparePictures } from '../storage/room'
import { hasUnsentEnd, listWalks } from '../walk/walks'
import { type Sent, openOf } from './sends'

export interface HomeDeps {
  database: WinceDatabase
  surroundings: Surroundings
  requestSync(): Promise<void>
  /** Unix ms. */
  now(): number
  hasRoomFor(bytes: number): Promise<boolean>
  say(text: string, undo: (() => void) | null): void
}

/** What became of one or more notes of this walker: their entry's number, state and, once confirmed, title. */
export interface Fate {
  entryId: string
  number: number
  state: EntryState
  title: string | null
  mood: PulledEntry['mood']
  changedAt: number
  said: string | undefined
  closedAs: string | undefined
  until: string | undefined
  /** This walker's notes that joined it. */
  noteIds: string[]
}

/** What waits for whom: the first thing that a walker has to know when nothing goes out. */
export type Trouble = 'disconnected' | 'update-needed' | 'refused' | 'offline' | 'no-room' | null

/** As much as a picture may have; with less room the next one may be refused. */
const A_PICTURE_BYTES = 500_000

/** All that the panel's home tells: what to finish, what was not sent, what became of it. */
export const HomeModel = createModel((deps: HomeDeps & { isOnline: { value: boolean } }) => {
  const { database } = deps
  const notes = live<KeptNote[]>(['note'], [], () => listNotes(database))
  const walks = live<KeptWalk[]>(['walk'], [], () => listWalks(database))
  const mirror = live<MirrorRow[]>(['mirror'], [], () => database.getAll('mirror'))
  const pairing = live<Pairing | null | undefined>(['meta'], undefined, () =>
    getMeta(database, 'pairing'),
  )
  const updateNeeded = live(['meta'], false, () => getMeta(database, 'updateNeeded'))

  const waiting = live<QueuedOp[]>(['outbox'], [], () =>
    database.getAllFromIndex('outbox', 'byState', 'waiting'),
  )

  const rejected = live<QueuedOp[]>(['outbox'], [], () =>
    database.getAllFromIndex('outbox', 'byState', 'rejected'),
  )
  const refusedPictures = live<ReadonlySet<string>>(
    ['picture'],
    new Set<string>(),
    async () => new Set(await database.getAllKeysFromIndex('picture', 'byState', 'refused')),
  )
  const hasRoom = live(['picture'], true, () => deps.hasRoomFor(A_PICTURE_BYTES))
  const spare = live<string[]>(['picture', 'note'], [], () =>
    listSparePictures(database, deps.now()),
  )

  const ready = computed(() => notes.value.filter(isReady))
  const queued = computed(() => notes.value.filter((note) => note.state === 'queued'))
  const refused = computed(() => notes.value.filter((note) => note.state === 'refused'))

  return {
    /** Unix ms; runs while home is on the screen. */
    clock: ticking(deps.now),
    notes,
    walks,
    pairing,
    ready,
    queued,
    refused,
    /** Nothing else is on its way. */
    othersArrived: computed(
      () => queued.value.length === 0 && notes.value.some((note) => note.state === 'sent'),
    ),
    /** All that Send let go and that has not arrived. */
    onTheWay: computed((): Sent => ({
      notes: queued.value,
      walks: openOf({ notes: [], walks: walks.value }, deps.now()).walks.filter(
        ({ sentAt }) => sentAt === null,
      ),
    })),
    /** When the oldest thing in the outbox was let go, Unix ms; null where nothing waits. */
    waitingSince: computed(() =>
      waiting.value.length === 0
        ? null
        : Math.min(...waiting.value.map(({ queuedAt }) => queuedAt)),
    ),
    /** Timelines that the server will not take; refused notes stand for themselves. */
    refusedParts: computed(() => rejected.value.filter(({ op }) => op.kind === 'walk.part')),
    /** Notes that arrived, and whose picture the server did not take. */
    withoutPicture: computed(() => {
      const hashes = refusedPictures.value
      return notes.value.filter(
        (note) =>
          note.state === 'sent' && note.attachments.some(({ sha256 }) => hashes.has(sha256)),
      )
    }),
    toFinish: computed(() => notes.value.filter(isToFinish)),
    /** Ended, and their end not told yet. */
    unsentWalks: computed(() => walks.value.filter(hasUnsentEnd)),
    /** Parked until they answer. */
    waitingWalks: computed(() => walks.value.filter((walk) => walk.state === 'waiting')),
    /** Something of it can be sent: a note, or what happened since the last part. */
    hasUnsent(walk: KeptWalk): boolean {
      const isNoted = ready.value.some((note) => note.walkId === walk.id && !note.leftOut)
      return isNoted || (walk.takenBack == null && walk.nextSeq - 1 > walk.sentSeq)
    },
    /** All sent, all finished, and a team that has it. */
    isAllDone: computed(() => {
      const isConnected = pairing.value != null
      const all = notes.value.length
      const open = notes.value.filter(isUnsent).length + walks.value.filter(isOpen).length
      return isConnected && all > 0 && open === 0
    }),
    unsentCount: computed(() => notes.value.filter(isUnsent).length),
    hasAnything: computed(() => notes.value.length > 0 || walks.value.length > 0),
    fates: computed(() => fatesOf(mirror.value, notes.value)),
    trouble: computed((): Trouble => {
      const isConnected = pairing.value?.disconnectedAt
      const isOnline = deps.isOnline.value
      const hasQueued = queued.value.length > 0
      const hasRefusedPart = rejected.value.some(({ op }) => op.kind === 'walk.part')
      const hasRefused = refused.value.length > 0 || hasRefusedPart
      const waitsForUpdate = updateNeeded.value
      const isRoomy = hasRoom.value
      if (typeof isConnected === 'number') return 'disconnected'
      if (waitsForUpdate) return 'update-needed'
      if (hasRefused) return 'refused'
      if (hasQueued && !isOnline) return 'offline'
      return isRoomy ? null : 'no-room'
    }),
    /** How many pictures the team has and this device need not keep. */
    sparePictures: computed(() => spare.value.length),

    async removeSpare(): Promise<void> {
      const count = spare.peek().length
      await removeSparePictures(database, deps.now())
      deps.say(`${countOf(count, 'picture')} removed from here; your team has them`, null)
    },

    /** Takes it back: at once where nobody has it, else the server is asked. */
    async takeBack(sent: Sent): Promise<void> {
      const { kept, asked } = await takeBack(database, deps.surroundings, {
        noteIds: sent.notes.map(({ id }) => id),
        walkIds: sent.walks.map(({ id }) => id),
      })
      if (asked.length > 0) deps.say('Being taken back', null)
      else if (kept.length > 0) deps.say('Not sent. Kept on this device', null)
      await deps.requestSync()
    },

    /** The server may take by now what it refused. */
    async sendAgain(ops: readonly QueuedOp[]): Promise<void> {
      await sendAgain(
        database,
        ops.map(({ opId }) => opId),
      )
      await deps.requestSync()
    },

    /** Takes the pictures off a note: one that was refused is ready again, one that arrived stays so. */
    leavePictures: (note: KeptNote): Promise<void> => leavePictures(database, note.id),

    async remove(note: KeptNote): Promise<void> {
      await removeNote(database, note.id)
      deps.say('Note removed', () => void restoreNote(database, note.id))
    },
  }
})
export type HomeModel = InstanceType<typeof HomeModel>

/** Parked, or ended and nobody told. */
function isOpen(walk: KeptWalk): boolean {
  return walk.state === 'waiting' || hasUnsentEnd(walk)
}

/** The entries that this walker's notes joined, the one that changed last first. */
export function fatesOf(
  mirror: readonly MirrorRow[],
  notes: readonly Pick<KeptNote, 'id'>[],
): Fate[] {
  const mine = new Set(notes.map((note) => note.id))
  const joined = mirror.flatMap(({ row }) => {
    const note = v.safeParse(PulledNote, row)
    return note.success && mine.has(note.output.id) ? [note.output] : []
  })
  const fates = mirror.flatMap(({ row }): Fate[] => {
    const entry = v.safeParse(PulledEntry, row)
    if (!entry.success) return []
    const noteIds = joined.flatMap((note) => (note.entryId === entry.output.id ? note.id : []))
    if (noteIds.length === 0) return []
    const {
      id: entryId,
      number,
      state,
      title,
      mood,
      changedAt,
      said,
      closedAs,
      until,
    } = entry.output
    return [{ entryId, number, state, title, mood, changedAt, said, closedAs, until, noteIds }]
  })
  return fates.toSorted((one, other) => other.changedAt - one.changedAt)
}
