import { createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { DecisionOutcome, TriageEntry, TriageNote } from '#shared/api/triage'

import { sentenceOf } from '../load'
import type { Asked, Desk } from './desk'
import { leftInWords, type NoteAct, noteDoneInWords } from './triage-words'
import type { Taken } from './waiting-notes'

/** Why a note came back after it was decided about. */
export type Problem =
  | { status: 'refused'; sentence: string }
  /** Somebody else was faster. `was` is what was on screen; the list has what is there now. */
  | { status: 'changed'; was: TriageNote; decision: NoteDecision }

/** What was decided about a note, as one would say it again. */
export interface NoteDecision {
  act: NoteAct
  /** Where it goes; null for acts that name no entry. */
  target: TriageEntry | null
  /** Why it is declined. */
  reason: string
}

/** Others may add notes to an entry all the while: so often it is sent again by itself. */
const TRIES = 4

/** Decisions about the note that is read: it leaves the list at once, and comes back when it must. */
export const NoteDecisionsModel = createModel((desk: Desk) => {
  const { api, list, queue, stack, versions } = desk
  const problems = signal<ReadonlyMap<string, Problem>>(new Map())

  function setProblem(id: string, problem: Problem | null): void {
    const next = new Map(problems.peek())
    if (problem === null) next.delete(id)
    else next.set(id, problem)
    problems.value = next
  }

  function comeBack(taken: readonly Taken[], problem: Problem, sentence: string): void {
    list.putBack(taken)
    for (const { note } of taken) setProblem(note.id, problem)
    const noteId = taken[0]?.note.id
    desk.say({
      sentence,
      act: noteId === undefined ? null : { what: 'show', noteId },
    })
  }

  function finish(
    id: string,
    decision: NoteDecision,
    taken: Taken,
    outcome: DecisionOutcome,
  ): void {
    const { act, target } = decision
    versions.learn(outcome.entries)
    list.patch(outcome.entries)
    list.settle([taken.note.id])
    if (act === 'later') list.putLast(taken.note)
    const listed = list.peek()
    // The last one of the view: others may have come meanwhile.
    if (listed?.notes.length === 0 && listed.next === null) void list.refresh()
    const left = listed?.counts.all ?? 0
    // Whoever is faster than the answers hears of the last one only: it is what Z takes back.
    if (!stack.isLast(id)) return
    const done = noteDoneInWords(act, taken.note, outcome, target?.number ?? null)
    desk.say({ sentence: `${done} ${leftInWords(left)}`, act: { what: 'undo' } })
  }

  function send(decision: NoteDecision, taken: Taken, tries: number): void {
    const { note } = taken
    const id = desk.newId()
    const expect = versions.seen(restsOn(decision, note))
    stack.push({ decisionIds: [id], taken: [taken] })
    queue.add({
      id,
      send: () => api.decide({ ...toAsked(decision, note.id), id, expect: expect() }),
      done: (outcome) => finish(id, decision, taken, outcome),
      refused: (error) => {
        stack.drop(id)
        if (error.code === 'changed') void lookAgain(decision, taken, tries)
        else {
          const sentence = sentenceOf(error)
          comeBack([taken], { status: 'refused', sentence }, `A note came back. ${sentence}`)
        }
      },
    })
  }

  /** Somebody was faster: where only numbers of notes differ, it is sent again; else it is shown. */
  async function lookAgain(decision: NoteDecision, taken: Taken, tries: number): Promise<void> {
    const { note: was, index } = taken
    try {
      const note = await api.getTriageNote(was.id)
      const target = decision.target && (await freshEntry(decision.target.number))
      const again = { ...decision, target }
      const fresh = { note, index }
      if (tries < TRIES && note.waiting && isSame(decision, was, again, note)) {
        send(again, fresh, tries + 1)
        return
      }
      comeBack(
        [fresh],
        { status: 'changed', was, decision: again },
        'Somebody changed this meanwhile. The note is back.',
      )
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        list.settle([was.id])
        desk.say({ sentence: 'The note is not here any more: its leader took it back.', act: null })
        return
      }
      const sentence = sentenceOf(error)
      comeBack([taken], { status: 'refused', sentence }, `A note came back. ${sentence}`)
    }
  }

  async function freshEntry(number: number): Promise<TriageEntry> {
    const { entry } = await api.getEntry(number)
    return entry
  }

  function decide(note: TriageNote, decision: NoteDecision): void {
    setProblem(note.id, null)
    const index = list.peek()?.notes.findIndex(({ id }) => id === note.id) ?? 0
    const [taken = { note, index: Math.max(0, index) }] = list.take([note.id])
    send(decision, taken, 1)
  }

  return {
    /** By note; shown beside it until it is decided about again. */
    problems,
    decide,

    /** The same decision on what is there now. */
    decideAnyway(note: TriageNote): void {
      const problem = problems.peek().get(note.id)
      if (problem?.status === 'changed') decide(note, problem.decision)
    },

    /** What is there now stands; a note that somebody decided about leaves the list. */
    letStand(note: TriageNote): void {
      setProblem(note.id, null)
      if (note.waiting) return
      list.take([note.id])
      list.settle([note.id])
    },
  }
})

function toAsked({ act, target, reason }: NoteDecision, noteId: string): Asked {
  const noteIds = [noteId]
  switch (act) {
    case 'confirm':
    case 'own':
    case 'later':
      return { what: act, noteIds }
    case 'decline':
      return { what: act, noteIds, reason }
    case 'suggest':
    case 'move':
      return { what: act, noteIds, entry: target?.number ?? 0 }
  }
}

/** Entries that it would be another decision about, were they another. */
function restsOn({ act, target }: NoteDecision, note: TriageNote): TriageEntry[] {
  if (act === 'confirm' || act === 'own') return [note.proposal?.entry ?? note.entry]
  if (act === 'decline') return [note.entry]
  return target === null ? [] : [target]
}

function isSame(
  decision: NoteDecision,
  was: TriageNote,
  again: NoteDecision,
  note: TriageNote,
): boolean {
  const before = restsOn(decision, was)
  const after = restsOn(again, note)
  return before.every((entry, index) => {
    const now = after[index]
    return now?.number === entry.number && now.title === entry.title && now.state === entry.state
  })
}
