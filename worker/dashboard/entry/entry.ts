import { computed, createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { EntryApi, EntryDetail } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import type { TriageApi } from '#shared/api/triage'
import { STATE_WORDS } from '#shared/sync'

import { load, sentenceOf, type Load } from '../load'
import { changeInWords, undoOf } from './change-words'
import type { Judgement, Move } from './judgement'

interface Saved {
  status: 'saved'
  sentence: string
  /** Null for what is an undo itself, or has another way back. */
  undo: Judgement | null
}

/** What became of the last change. */
export type Saving =
  | { status: 'resting' }
  | { status: 'saving' }
  | Saved
  /** Somebody else was faster; what is on screen now is theirs. `mine` was not saved; null for a move. */
  | { status: 'overtaken'; mine: Judgement | null }
  | { status: 'failed'; sentence: string }

/** A further page of notes or history. */
export type More = 'resting' | 'loading' | 'failed'

interface EntryDeps {
  api: Pick<EntryApi, 'getEntry' | 'changeEntry' | 'moveEntry' | 'listNotes' | 'listHistory'> &
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

  /** One change after the other: a select that is typed in asks for several in a moment. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = last.then(act)
    last = turn
    return turn
  }

  /** Sends something about the version on screen, and shows what became of it; never rejects. */
  async function send(
    mine: Judgement | null,
    ask: (entry: EntryRow) => Promise<EntryRow>,
    say: (detail: EntryDetail, changed: EntryRow) => Omit<Saved, 'status'>,
  ): Promise<boolean> {
    const shown = state.peek()
    if (shown.status !== 'ready') return false
    saving.value = { status: 'saving' }
    try {
      const changed = await ask(shown.value.entry)
      // The next change is about this version, however long the rest of the page takes.
      state.value = { status: 'ready', value: { ...shown.value, entry: changed } }
      saving.value = { status: 'saved', ...say(shown.value, changed) }
    } catch (error) {
      const isOvertaken = error instanceof ApiError && error.code === 'changed'
      // Both are shown together: what is there now, then what was not saved.
      if (isOvertaken) await reload()
      saving.value = isOvertaken
        ? { status: 'overtaken', mine }
        : { status: 'failed', sentence: sentenceOf(error) }
      return false
    }
    await reload()
    return true
  }

  async function judge(change: Judgement): Promise<boolean> {
    const isSaved = await inTurn(() =>
      send(
        change,
        (shown) => api.changeEntry(shown.number, { ...change, version: shown.version }),
        (detail, changed) => ({
          sentence: changeInWords(detail.entry, changed, detail.owners),
          undo: undoOf(detail, change),
        }),
      ),
    )
    if (isSaved) renaming.value = null
    return isSaved
  }

  return {
    state,
    saving,
    moreNotes,
    moreHistory,
    renaming,
    canRename,
    reload,

    /** True once it is saved; else it ends in `overtaken` or `failed`. Never rejects. */
    judge,

    /** Moves the entry to another state; as `judge` ends. */
    move: (move: Move) =>
      inTurn(() =>
        send(
          null,
          (shown) => api.moveEntry(shown.number, { ...move, version: shown.version }),
          (_detail, changed) => ({
            sentence: `It is ${STATE_WORDS[changed.state]} now.`,
            undo: null,
          }),
        ),
      ),

    /** Saves what came too late over what stands now. */
    async saveMine() {
      const overtaken = saving.peek()
      if (overtaken.status === 'overtaken' && overtaken.mine) await judge(overtaken.mine)
    },

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

    /** Leaves what stands now as it is. */
    keepTheirs() {
      renaming.value = null
      saving.value = { status: 'resting' }
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
