import { computed, createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { EntryApi, EntryDetail } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import type { TriageApi } from '#shared/api/triage'

import { load, sentenceOf, type Load } from '../load'
import { changeInWords, undoOf } from './change-words'
import type { Judgement } from './judgement'

/** What became of the last change. */
export type Saving =
  | { status: 'resting' }
  | { status: 'saving' }
  /** `undo` is null for what is an undo itself. */
  | { status: 'saved'; sentence: string; undo: Judgement | null }
  /** Somebody else was faster; what is on screen now is theirs, and what was typed is still there. */
  | { status: 'overtaken' }
  | { status: 'failed'; sentence: string }

/** A further page of notes or history. */
export type More = 'resting' | 'loading' | 'failed'

interface EntryDeps {
  api: Pick<EntryApi, 'getEntry' | 'changeEntry' | 'listNotes' | 'listHistory'> &
    Pick<TriageApi, 'undoDecision'>
  number: number
}

export const EntryModel = createModel(({ api, number }: EntryDeps) => {
  const state = signal<Load<EntryDetail>>({ status: 'loading' })
  const saving = signal<Saving>({ status: 'resting' })
  const moreNotes = signal<More>('resting')
  const moreHistory = signal<More>('resting')
  /** The title being written; null while nobody renames. */
  const renaming = signal<string | null>(null)
  const canRename = computed(
    () => (renaming.value ?? '').trim() !== '' && saving.value.status !== 'saving',
  )

  const reload = () => load(state, () => api.getEntry(number))

  async function append(
    more: typeof moreNotes,
    add: (detail: EntryDetail) => Promise<EntryDetail | undefined>,
  ) {
    const shown = state.peek()
    if (shown.status !== 'ready' || more.peek() === 'loading') return
    more.value = 'loading'
    try {
      const grown = await add(shown.value)
      if (grown && state.peek() === shown) state.value = { status: 'ready', value: grown }
      more.value = 'resting'
    } catch (error) {
      console.error('not loaded', error)
      more.value = 'failed'
    }
  }

  async function judge(change: Judgement): Promise<void> {
    const shown = state.peek()
    if (shown.status !== 'ready') return
    const { entry, owners } = shown.value
    saving.value = { status: 'saving' }
    try {
      const changed: EntryRow = await api.changeEntry(entry.number, {
        ...change,
        version: entry.version,
      })
      renaming.value = null
      saving.value = {
        status: 'saved',
        sentence: changeInWords(entry, changed, owners),
        undo: undoOf(entry, change),
      }
    } catch (error) {
      const isOvertaken = error instanceof ApiError && error.code === 'changed'
      saving.value = isOvertaken
        ? { status: 'overtaken' }
        : { status: 'failed', sentence: sentenceOf(error) }
      if (!isOvertaken) return
    }
    await reload()
  }

  return {
    state,
    saving,
    moreNotes,
    moreHistory,
    renaming,
    canRename,
    reload,

    /** Ends in `saved`, `overtaken` or `failed`; never rejects. */
    judge,

    async undo() {
      const saved = saving.peek()
      if (saved.status !== 'saved' || saved.undo === null) return
      await judge(saved.undo)
      // An undo is not offered to be undone again.
      if (saving.peek().status === 'saved') saving.value = { status: 'resting' }
    },

    /** Undoes a merge, and says what it could not take apart; never rejects. */
    async takeApart(decisionId: string) {
      saving.value = { status: 'saving' }
      try {
        const { failed } = await api.undoDecision(decisionId)
        const [first] = failed
        saving.value = first
          ? { status: 'failed', sentence: `Not all of it: ${first.message}` }
          : { status: 'saved', sentence: 'Taken apart. They stay two.', undo: null }
      } catch (error) {
        saving.value = { status: 'failed', sentence: sentenceOf(error) }
      }
      await reload()
    },

    dismiss() {
      saving.value = { status: 'resting' }
    },

    startRenaming() {
      const shown = state.peek()
      if (shown.status === 'ready') renaming.value = shown.value.entry.title
    },
    setTitle(title: string) {
      renaming.value = title
    },
    stopRenaming() {
      renaming.value = null
    },
    async rename() {
      const title = renaming.peek()?.trim()
      if (title) await judge({ title })
    },

    showMoreNotes: () =>
      append(moreNotes, async (detail) => {
        if (detail.evidence.next === null) return undefined
        const page = await api.listNotes(detail.entry.number, detail.evidence.next)
        return {
          ...detail,
          evidence: { notes: [...detail.evidence.notes, ...page.notes], next: page.next },
        }
      }),

    showMoreHistory: () =>
      append(moreHistory, async (detail) => {
        if (detail.history.next === null) return undefined
        const page = await api.listHistory(detail.entry.number, detail.history.next)
        return {
          ...detail,
          history: { events: [...detail.history.events, ...page.events], next: page.next },
        }
      }),
  }
})
export type Entry = InstanceType<typeof EntryModel>
