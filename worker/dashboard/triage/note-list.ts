import { computed, createModel, signal } from '@preact/signals'

import type { EntryRow } from '#shared/api/register'
import type { TriageApi, TriageNote, TriagePage, TriageShow } from '#shared/api/triage'

import type { Load } from '../load'
import { type Counts, type Taken, counted, putInto, takeFrom, withEntries } from './waiting-notes'

export interface ListedNotes {
  show: TriageShow
  notes: TriageNote[]
  next: string | null
  counts: Counts
}

const PAGE_LENGTH = '50'
/** So many are read anew; who has gone further than that sees the rest come back page by page. */
const REFRESHED_MAX = 300
/** With so few left to come, the next page is asked for. */
const AHEAD = 10

/** The list of what waits, a page at a time, and the note that is read. */
export const NoteListModel = createModel((api: Pick<TriageApi, 'listTriage'>) => {
  const state = signal<Load<ListedNotes>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')
  const chosenId = signal<string | null>(null)
  const chosen = computed(() =>
    state.value.status === 'ready'
      ? (state.value.value.notes.find(({ id }) => id === chosenId.value) ?? null)
      : null,
  )
  /** Decided here: no answer that was asked for before the server knew shows them again. */
  const hidden = new Set<string>()
  const settled = new Set<string>()
  let asked = 0

  const notHidden = (notes: readonly TriageNote[]) => notes.filter(({ id }) => !hidden.has(id))

  function change(to: (listed: ListedNotes) => Partial<ListedNotes>): void {
    const now = state.peek()
    if (now.status !== 'ready') return
    state.value = { status: 'ready', value: { ...now.value, ...to(now.value) } }
  }

  function peek(): ListedNotes | undefined {
    const now = state.peek()
    return now.status === 'ready' ? now.value : undefined
  }

  /** Something is chosen while there is anything. */
  function chooseOne(index: number): void {
    const notes = peek()?.notes ?? []
    if (notes.some(({ id }) => id === chosenId.peek())) return
    chosenId.value = notes[Math.min(index, notes.length - 1)]?.id ?? null
  }

  async function read(wanted: TriageShow, atLeast: number) {
    const notes: TriageNote[] = []
    let after: string | null = null
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ended
      const page: TriagePage = await api.listTriage({
        show: wanted,
        limit: PAGE_LENGTH,
        ...(after !== null && { after }),
      })
      notes.push(...page.notes)
      after = page.next
      if (after === null || notes.length >= atLeast) return { ...page, notes }
    }
  }

  /**
   * Shows a view from its beginning; what was there stays until the answer comes. Never rejects.
   *
   * @param atLeast so many notes, where there are
   */
  async function show(wanted: TriageShow, atLeast = 1): Promise<void> {
    asked += 1
    const turn = asked
    const known = [...settled]
    if (state.peek().status !== 'ready') state.value = { status: 'loading' }
    try {
      const { notes, next, counts } = await read(wanted, atLeast)
      if (turn !== asked) return
      for (const id of known) {
        hidden.delete(id)
        settled.delete(id)
      }
      state.value = {
        status: 'ready',
        value: { show: wanted, notes: notHidden(notes), next, counts },
      }
      chooseOne(0)
      lookAhead()
    } catch (error) {
      console.error('not loaded', error)
      if (turn === asked) state.value = { status: 'failed' }
    }
  }

  async function showMore(): Promise<void> {
    const before = peek()
    if (before?.next == null || more.peek() === 'loading') return
    more.value = 'loading'
    try {
      const page = await api.listTriage({
        show: before.show,
        limit: PAGE_LENGTH,
        after: before.next,
      })
      more.value = 'resting'
      if (peek()?.next !== before.next || peek()?.show !== before.show) {
        // The list was read anew meanwhile, and could not ask for what follows it.
        lookAhead()
        return
      }
      change(({ notes }) => {
        const known = new Set(notes.map(({ id }) => id))
        const added = notHidden(page.notes).filter(({ id }) => !known.has(id))
        return { notes: [...notes, ...added], next: page.next }
      })
      chooseOne(0)
      // All of a page may have been decided about faster than the server heard of it.
      lookAhead()
    } catch (error) {
      console.error('not loaded', error)
      more.value = 'failed'
    }
  }

  function lookAhead(): void {
    const listed = peek()
    if (listed?.next == null) return
    const index = listed.notes.findIndex(({ id }) => id === chosenId.peek())
    if (listed.notes.length - index <= AHEAD) void showMore()
  }

  return {
    state,
    more,
    chosen,
    show,
    showMore,
    peek,

    /** The same view as it is by now, as far as it was listed. */
    refresh: () => show(peek()?.show ?? 'all', Math.min(peek()?.notes.length ?? 1, REFRESHED_MAX)),

    choose(id: string): void {
      chosenId.value = id
      lookAhead()
    },

    step(by: 1 | -1): void {
      const notes = peek()?.notes ?? []
      const index = notes.findIndex(({ id }) => id === chosenId.peek())
      const next = notes[index + by]
      if (next) chosenId.value = next.id
      lookAhead()
    },

    /** Takes notes out at once; the one after them is read next. */
    take(ids: readonly string[]): Taken[] {
      const { left, taken } = takeFrom(peek()?.notes ?? [], new Set(ids))
      for (const id of ids) hidden.add(id)
      change(({ counts }) => ({
        notes: left,
        counts: counted(
          counts,
          taken.map(({ note }) => note),
          -1,
        ),
      }))
      chooseOne(taken[0]?.index ?? 0)
      lookAhead()
      return taken
    },

    /** The server knows of them: what it is asked from now on is shown. */
    settle(ids: readonly string[]): void {
      for (const id of ids) settled.add(id)
    },

    putBack(taken: readonly Taken[]): void {
      for (const { note } of taken) {
        hidden.delete(note.id)
        settled.delete(note.id)
      }
      change(({ notes, counts }) => {
        const here = new Set(notes.map(({ id }) => id))
        const back = taken.map(({ note }) => note).filter(({ id }) => !here.has(id))
        return { notes: putInto(notes, taken), counts: counted(counts, back, 1) }
      })
      chooseOne(0)
    },

    /** Behind everything, where everything is listed; else a later page brings it. */
    putLast(note: TriageNote): void {
      hidden.delete(note.id)
      // It may be taken again before anybody has asked for the list.
      settled.delete(note.id)
      change(({ notes, next, counts }) => ({
        notes: next === null ? putInto(notes, [{ note, index: notes.length }]) : notes,
        counts: counted(counts, [note], 1),
      }))
      chooseOne(0)
    },

    /** The note as it is by now, where it is listed. */
    replace(note: TriageNote): void {
      change(({ notes }) => ({ notes: notes.map((each) => (each.id === note.id ? note : each)) }))
    },

    recount(counts: Counts): void {
      if (hidden.size === settled.size) change(() => ({ counts }))
    },

    patch(entries: readonly EntryRow[]): void {
      change(({ notes }) => ({ notes: withEntries(notes, entries) }))
    },
  }
})
export type NoteList = InstanceType<typeof NoteListModel>
