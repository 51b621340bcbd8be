import { computed, createModel, signal } from '@preact/signals'

import type { TriageEntry, TriageNote, TriageShow } from '#shared/api/triage'

import { BulkModel } from './bulk'
import { DecisionQueueModel } from './decision-queue'
import type { Desk, Said, TriageDeskApi } from './desk'
import { NoteDecisionsModel } from './note-decisions'
import { NoteListModel } from './note-list'
import { takeBackLast } from './take-back'
import { count } from '../words'
import { createUndoStack } from './undo-stack'
import { createVersions } from './versions'

/** What lies over the page, and what it is about. */
export type TriageDialog =
  | { what: 'keys' }
  | { what: 'palette' }
  | { what: 'move' | 'decline' | 'split' | 'rename' | 'service'; note: TriageNote }
  /** `other` is chosen already where the palette found it. */
  | { what: 'merge'; note: TriageNote; other: TriageEntry | null }
  | { what: 'bulk-accept' | 'bulk-later' | 'bulk-move' | 'bulk-decline' | 'bulk-done' }

interface TriageDeps {
  api: TriageDeskApi
  newId(): string
}

/** New notes, what grouping did with them, and what a person decides about it. */
export const TriageModel = createModel(({ api, newId }: TriageDeps) => {
  const list = new NoteListModel(api)
  const queue = new DecisionQueueModel()
  const said = signal<Said | null>(null)
  const dialog = signal<TriageDialog | null>(null)
  const desk: Desk = {
    api,
    newId,
    list,
    queue,
    versions: createVersions(),
    stack: createUndoStack(),
    say(next) {
      said.value = next
    },
  }
  const decisions = new NoteDecisionsModel(desk)
  const bulk = new BulkModel(desk)
  const problem = computed(() => decisions.problems.value.get(list.chosen.value?.id ?? '') ?? null)

  const lookedUp = signal<number | null>(null)
  /** How many notes wait; null while nobody has asked. */
  const waiting = computed(() =>
    list.state.value.status === 'ready' ? list.state.value.value.counts.all : lookedUp.value,
  )

  function decideChosen(decide: (note: TriageNote) => void): void {
    const note = list.chosen.peek()
    if (note === null) return
    decide(note)
    bulk.forget([note.id])
  }

  function openAbout(what: Exclude<TriageDialog, { what: `bulk-${string}` }>['what']): void {
    const note = list.chosen.peek()
    if (what === 'keys' || what === 'palette') dialog.value = { what }
    else if (note === null) return
    else dialog.value = what === 'merge' ? { what, note, other: null } : { what, note }
  }

  return {
    desk,
    list,
    queue,
    decisions,
    bulk,
    /** What became of the last decision. */
    said,
    dialog,
    /** Why the note that is read came back; null when it did not. */
    problem,
    waiting,
    openAbout,

    /** Only how many wait, for a page that shows no more of it. Never rejects. */
    async lookUp(): Promise<void> {
      try {
        const { counts } = await api.listTriage({ limit: '1' })
        lookedUp.value = counts.all
        list.recount(counts)
      } catch (error) {
        console.error('not known how many wait', error)
      }
    },

    openMerge(note: TriageNote, other: TriageEntry): void {
      dialog.value = { what: 'merge', note, other }
    },
    openBulk(what: Extract<TriageDialog, { what: `bulk-${string}` }>['what']): void {
      dialog.value = { what }
    },
    close(): void {
      dialog.value = null
    },
    hush(): void {
      said.value = null
    },

    /** Shows a view; notes chosen in the one before are let go, and that is said. */
    async show(wanted: TriageShow): Promise<void> {
      const letGo = bulk.moveTo(wanted)
      if (letGo > 0) {
        desk.say({
          sentence: `${count(letGo, 'chosen note was', 'chosen notes were')} let go: another view is shown.`,
          act: null,
        })
      }
      await list.show(wanted)
    },

    accept: () =>
      decideChosen((note) => decisions.decide(note, { act: 'confirm', target: null, reason: '' })),
    giveItsOwn: () =>
      decideChosen((note) => decisions.decide(note, { act: 'own', target: null, reason: '' })),
    putBehind: () =>
      decideChosen((note) => decisions.decide(note, { act: 'later', target: null, reason: '' })),

    decline(note: TriageNote, reason: string): void {
      decisions.decide(note, { act: 'decline', target: null, reason })
      bulk.forget([note.id])
    },
    /** What grouping suggested itself is remembered as that. */
    moveTo(note: TriageNote, target: TriageEntry): void {
      const isSuggested = note.suggestions.some(({ entry }) => entry.number === target.number)
      decisions.decide(note, { act: isSuggested ? 'suggest' : 'move', target, reason: '' })
      bulk.forget([note.id])
    },

    undo: () => takeBackLast(desk),
  }
})
export type Triage = InstanceType<typeof TriageModel>
