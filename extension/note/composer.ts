import { computed, createModel, effect, signal } from '@preact/signals'

import type { Attachment } from '#shared/attachment'
import type { Mood } from '#shared/note'
import type { Place } from '#shared/place'

import type { PictureProof } from '../picture/proof'
import type { KeptNote, KeptPicture, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { watchWrites } from '../storage/write'
import { blankNote } from './blank-note'
import {
  attachPicture,
  findNote,
  isSamePlace,
  keepNote,
  removeNote,
  restoreNote,
  setPlace,
} from './notes'

/** A change waits this long for the next one before it is written, in ms; the promise is 500. */
const AUTOSAVE_MS = 250

export interface ComposerDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** Where a new note happens. */
  place: () => Promise<Place>
  /** Tries to take a masked picture for a note that the panel itself began. */
  takePicture: (noteId: string) => void
  say(text: string, undo: (() => void) | null): void
  /** Brings a note back to the screen after its Save was undone. */
  reopen(noteId: string): void
  /** Save was pressed; what it returns is called once the note is on the disk and off the screen. */
  saving(note: KeptNote): () => void
}

/** What may be changed of a note that is being written. */
export type NoteChange = Partial<
  Pick<
    KeptNote,
    'mood' | 'kind' | 'wince' | 'money' | 'words' | 'expected' | 'attachments' | 'sameAs'
  >
>

/**
 * One note at a time. `kept` is only said after the write is on the disk. What is begun stays
 * a draft until Save; folding, closing the panel or a crash lose at most the last half second.
 */
export const ComposerModel = createModel((deps: ComposerDeps) => {
  const { database, surroundings } = deps
  const note = signal<KeptNote | null>(null)
  const isOpen = signal(false)
  const status = signal<'clean' | 'writing' | 'kept' | 'failed'>('clean')
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()

  /** Writes follow each other, so that an older one never lands on a newer one. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = lastWrite.then(work)
    lastWrite = mine.catch(() => undefined)
    return mine
  }

  /** Writes the note as it stands when its turn comes. Says whether it is on the disk. */
  function keep(override: Partial<KeptNote> = {}): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    return inTurn(async () => {
      const current = note.peek()
      if (current === null) return true
      try {
        const kept = await keepNote(database, surroundings, { ...current, ...override })
        if (note.peek() === current) {
          note.value = kept
          status.value = 'kept'
        }
        return true
      } catch (error) {
        console.error('note not kept', error)
        status.value = 'failed'
        return false
      }
    })
  }

  function showPlace(id: string, place: Place): void {
    const current = note.peek()
    if (current?.id === id && !isSamePlace(current.place, place)) note.value = { ...current, place }
  }

  // The place of a moment is told by its page, after the moment is open here.
  effect(() =>
    watchWrites((stores) => {
      const { id } = note.peek() ?? {}
      if (id === undefined || !stores.includes('note')) return
      inTurn(async () => {
        const found = await findNote(database, id)
        if (found !== undefined) showPlace(id, found.place)
      }).catch((error: unknown) => console.error('place not read', error))
    }),
  )

  /** Writes now what waits to be written. */
  async function flush(): Promise<void> {
    if (timer !== undefined) await keep()
    await lastWrite
  }

  function show(next: KeptNote): void {
    note.value = next
    isOpen.value = true
    status.value = next.state === 'draft' ? 'kept' : 'clean'
  }

  function change(changed: NoteChange): void {
    const current = note.peek()
    if (current === null) return
    const next: KeptNote = { ...current, ...changed, state: 'draft' }
    // Liked and embarrassed never meet.
    if (next.mood !== current.mood) next.sameAs = null
    if (next.mood === 'liked') Object.assign(next, { kind: null, wince: null, money: null })
    note.value = next
    status.value = 'writing'
    timer ??= setTimeout(() => void keep(), AUTOSAVE_MS)
  }

  /** Esc: out of the way, nothing lost. A draft that nobody wrote in goes. */
  async function fold(): Promise<void> {
    isOpen.value = false
    await flush()
    const current = note.peek()
    if (current === null) return
    if (current.state !== 'draft') note.value = null
    else if (isBlank(current)) {
      note.value = null
      await removeNote(database, current.id)
    }
  }

  /** Opens a note that is on the disk: a silent moment, a draft, one that was kept. */
  async function open(id: string): Promise<void> {
    await flush()
    const found = await findNote(database, id)
    if (found !== undefined && found.state !== 'removed') show(found)
  }

  return {
    note,
    isOpen,
    status,
    /** A folded draft that can be gone on with. */
    hasFolded: computed(() => note.value !== null && !isOpen.value),

    /** Begins a note, or goes on with the one that is folded. */
    async begin(mood: Mood, walkId: string | null, service: string | null): Promise<void> {
      const folded = note.peek()
      if (folded?.walkId === walkId) {
        isOpen.value = true
        if (folded.mood !== mood) change({ mood })
        return
      }
      // A draft of another walk is on the disk, and waits in To finish.
      await flush()
      const next = { ...blankNote(surroundings, walkId, service, { kind: 'unseen' }), mood }
      show(next)
      await keep()
      deps.takePicture(next.id)
      // A page may take its time to answer; nobody waits for it with a thought in mind.
      const place = await deps.place()
      await inTurn(async () => {
        showPlace(next.id, place)
        await setPlace(database, next.id, next.place, place)
      }).catch((error: unknown) => console.error('place not kept', error))
    },

    /** Puts a picture on a note, whether it is open here or not. Not a change of the walker's. */
    attach: (
      noteId: string,
      attachment: Attachment,
      picture: KeptPicture,
      proof: PictureProof,
    ): Promise<boolean> =>
      inTurn(async () => {
        const attached = await attachPicture(database, noteId, attachment, picture, proof)
        const current = note.peek()
        if (attached && current?.id === noteId) {
          note.value = { ...current, attachments: [...current.attachments, attachment] }
        }
        return attached
      }),

    /**
     * Changes a note's pictures on the disk, between two writes of its words.
     *
     * @param work gives back the note as it is then, or undefined where nothing was changed
     */
    changePictures: (noteId: string, work: () => Promise<KeptNote | undefined>): Promise<boolean> =>
      inTurn(async () => {
        const changed = await work()
        const current = note.peek()
        if (changed !== undefined && current?.id === noteId)
          note.value = { ...current, attachments: changed.attachments }
        return changed !== undefined
      }),

    /** Sets a note's pictures, whether it is open here or not. */
    async setAttachments(noteId: string, attachments: Attachment[]): Promise<void> {
      await flush()
      await inTurn(async () => {
        const found = await findNote(database, noteId)
        if (found === undefined) return
        await keepNote(database, surroundings, { ...found, attachments })
        const current = note.peek()
        if (current?.id === noteId) note.value = { ...current, attachments }
      })
    },

    /** Puts the note away for good: what is in it waits in To finish. */
    async close(): Promise<void> {
      await fold()
      note.value = null
    },

    /** Ready to be sent. Ends with the composer folded, or open and `failed`. */
    async save(): Promise<void> {
      const current = note.peek()
      if (current === null) return
      const keeping = keep({ state: 'kept' })
      const saved = deps.saving(current)
      if (!(await keeping)) return
      note.value = null
      isOpen.value = false
      status.value = 'clean'
      deps.say('Note kept on this device', () => deps.reopen(current.id))
      saved()
    },

    /** Takes the note away; Undo brings it back. */
    async remove(): Promise<void> {
      const current = note.peek()
      if (current === null) return
      await flush()
      await removeNote(database, current.id)
      note.value = null
      isOpen.value = false
      deps.say('Note removed', () => void restoreNote(database, current.id))
    },

    open,
    fold,
    change,
    flush,
  }
})
export type ComposerModel = InstanceType<typeof ComposerModel>

function isBlank(note: KeptNote): boolean {
  return (
    note.words === '' &&
    note.expected === null &&
    note.kind === null &&
    note.wince === null &&
    note.money === null &&
    note.attachments.length === 0
  )
}
