import { computed, createModel, signal } from '@preact/signals'

import type { Mood } from '#shared/note'
import {
  DECISION_MAX_NOTES,
  type TriageEntry,
  type TriageNote,
  type TriageShow,
} from '#shared/api/triage'

import { type Load, sentenceOf } from '../load'
import { type Asked, decideInOrder, type Desk } from './desk'
import { allOf, extended, noSelection, type Selection, toggled, without } from './selection'
import type { ListedNotes } from './note-list'
import { type BulkAct, bulkDoneInWords } from './triage-words'

/** What would be done with all of them. */
export interface BulkDecision {
  act: BulkAct
  /** Where they go; null for acts that name no entry. */
  target: TriageEntry | null
  reason: string
}

/** Why notes were not done, and how many have that reason. */
export interface NotDone {
  message: string
  notes: number
}

export type BulkStatus =
  | { status: 'resting' }
  | { status: 'working'; done: number; of: number }
  | { status: 'done'; act: BulkAct; done: number; notDone: NotDone[] }

function notesOf(load: Load<ListedNotes>): readonly TriageNote[] {
  return load.status === 'ready' ? load.value.notes : []
}

/** Many notes at once: chosen by id, named by count, taken back as one. */
export const BulkModel = createModel((desk: Desk) => {
  const { api, list, stack } = desk
  const selection = signal<Selection>(noSelection('all'))
  const status = signal<BulkStatus>({ status: 'resting' })
  const problem = signal('')
  /** Of the entries that they may move to: kept ones where all that is chosen is listed and liked. */
  const mood = computed<Mood>(() => {
    const moods = new Map(notesOf(list.state.value).map((note) => [note.id, note.mood]))
    const { ids } = selection.value
    return ids.length > 0 && ids.every((id) => moods.get(id) === 'liked') ? 'liked' : 'embarrassed'
  })

  /** One decision takes so many; the rest goes into further ones, behind each other. */
  async function decideAll(ids: readonly string[], decision: BulkDecision) {
    const decisionIds: string[] = []
    const done: string[] = []
    const failed = new Map<string, string>()
    for (let from = 0; from < ids.length; from += DECISION_MAX_NOTES) {
      const noteIds = ids.slice(from, from + DECISION_MAX_NOTES)
      status.value = { status: 'working', done: done.length, of: ids.length }
      try {
        // oxlint-disable-next-line no-await-in-loop -- each counts on what the one before did
        const outcome = await decideInOrder(desk, toAsked(decision, noteIds), [])
        decisionIds.push(outcome.decision.id)
        done.push(...outcome.done)
        for (const { noteId, message } of outcome.failed)
          if (noteId !== null) failed.set(noteId, message)
      } catch (error) {
        for (const id of noteIds) failed.set(id, sentenceOf(error))
      }
    }
    return { decisionIds, done, failed }
  }

  return {
    selection,
    status,
    mood,
    /** Why a view could not be chosen as a whole; empty when nothing is wrong. */
    problem,

    toggle(id: string): void {
      selection.value = toggled(selection.peek(), id)
    },
    extendTo(id: string): void {
      const listed = list.peek()?.notes.map((note) => note.id) ?? []
      selection.value = extended(selection.peek(), listed, id)
    },

    /** Everything the view holds now, listed or not. */
    async chooseAll(show: TriageShow): Promise<boolean> {
      problem.value = ''
      try {
        selection.value = allOf(show, await api.snapshotTriage(show))
        return true
      } catch (error) {
        problem.value = sentenceOf(error)
        return false
      }
    },

    clear(): void {
      selection.value = noSelection(selection.peek().from)
    },

    /** Another view: what was chosen belongs to the one before. @returns how many were let go */
    moveTo(show: TriageShow): number {
      const { ids, from } = selection.peek()
      if (from === show) return 0
      selection.value = noSelection(show)
      return ids.length
    },

    /** Decided one by one meanwhile. */
    forget(ids: readonly string[]): void {
      selection.value = without(selection.peek(), new Set(ids))
    },

    /** Ends in `done`; what was not done stays chosen. Never rejects. */
    async act(decision: BulkDecision): Promise<void> {
      const { ids, from } = selection.peek()
      const { decisionIds, done, failed } = await decideAll(ids, decision)
      if (decisionIds.length > 0) stack.push({ decisionIds, taken: [] })
      selection.value = { ...noSelection(from), ids: ids.filter((id) => failed.has(id)) }
      status.value = {
        status: 'done',
        act: decision.act,
        done: done.length,
        notDone: countReasons([...failed.values()]),
      }
      desk.say({
        sentence: bulkDoneInWords(decision.act, done.length),
        act: decisionIds.length > 0 ? { what: 'undo' } : null,
      })
      await list.show(from)
    },

    rest(): void {
      status.value = { status: 'resting' }
    },
  }
})

function toAsked({ act, target, reason }: BulkDecision, noteIds: string[]): Asked {
  switch (act) {
    case 'confirm':
    case 'later':
      return { what: act, noteIds }
    case 'decline':
      return { what: act, noteIds, reason }
    case 'move':
      return { what: act, noteIds, entry: target?.number ?? 0 }
  }
}

function countReasons(messages: readonly string[]): NotDone[] {
  const times = new Map<string, number>()
  for (const message of messages) times.set(message, (times.get(message) ?? 0) + 1)
  return [...times].map(([message, notes]) => ({ message, notes }))
}
