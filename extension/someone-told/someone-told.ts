import { createModel, effect, signal } from '@preact/signals'

import { blankNote } from '../note/blank-note'
import { keepNote } from '../note/notes'
import { type OwedDraft, owedOf } from '../shift/card'
import type { KeptNote, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'

/** A change waits this long for the next one before it is written, in ms; the promise is 500. */
const AUTOSAVE_MS = 250

export interface SomeoneToldDeps {
  database: WinceDatabase
  surroundings: Surroundings
  say(text: string, undo: (() => void) | null): void
  /** Brings a note back to the screen after its Save was undone. */
  reopen(noteId: string): void
}

type ToldChange = Partial<Pick<KeptNote, 'words' | 'mood' | 'wince' | 'service' | 'source'>>

/** What somebody told in passing, or service met elsewhere: one card, fifteen seconds (C13). */
export const SomeoneToldModel = createModel((deps: SomeoneToldDeps) => {
  const { database, surroundings } = deps
  const note = signal<KeptNote>({
    ...blankNote(surroundings, null, null, { kind: 'desk', reason: null }),
    source: 'told',
  })
  const owed = signal<OwedDraft | null>(null)
  const status = signal<'clean' | 'writing' | 'kept' | 'failed'>('clean')
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()

  /** What is written, in the order it was said. True once it is on the disk. */
  function keep(state: 'draft' | 'kept'): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    const ready = { ...note.peek(), service: note.peek().service?.trim() || null }
    const promise = ready.source === 'told' ? owedOf(owed.peek()) : null
    const mine = lastWrite.then(() =>
      keepNote(database, surroundings, { ...ready, owed: promise, state }),
    )
    lastWrite = mine.catch(() => undefined)
    return mine.then(
      () => {
        status.value = 'kept'
        return true
      },
      (error: unknown) => {
        console.error('what was told is not kept', error)
        status.value = 'failed'
        return false
      },
    )
  }
  effect(() => () => {
    if (timer !== undefined) void keep('draft')
  })

  function soon(): void {
    status.value = 'writing'
    timer ??= setTimeout(() => void keep('draft'), AUTOSAVE_MS)
  }

  function change(changed: ToldChange): void {
    const next = { ...note.peek(), ...changed }
    note.value = next.mood === 'liked' ? { ...next, wince: null } : next
    // Of what was liked, and of another house, nobody here owes an answer.
    if (next.mood === 'liked' || next.source === 'elsewhere') owed.value = null
    soon()
  }

  return {
    note,
    owed,
    status,
    change,

    toggleOwed(): void {
      const since = surroundings.now()
      owed.value = owed.peek() === null ? { reference: '', since, agreed: false } : null
      soon()
    },

    setOwed(changed: Partial<OwedDraft>): void {
      const draft = owed.peek()
      if (draft === null) return
      owed.value = { ...draft, ...changed }
      soon()
    },

    /** Ready to be sent. False where it has no words, or could not be written. */
    async save(): Promise<boolean> {
      const { id, words } = note.peek()
      if (words.trim() === '') {
        deps.say('Say what you heard first', null)
        return false
      }
      if (!(await keep('kept'))) return false
      deps.say('Note kept on this device', () => deps.reopen(id))
      return true
    },
  }
})
