import type { NewDecision } from '#shared/api/triage'
import { movesFrom } from '#shared/entry-moves'
import type { EntryState } from '#shared/sync'

import type { Draft, DraftEntry } from './draft'
import type { Standing, StandingNote } from '../standing/standing'
import { type Named, answer, isPlaced, splitOff, stay } from './note-rules'

/** What each decision about an entry does. */

export type EntryDecision = Extract<
  NewDecision,
  { what: 'split' | 'merge' | 'rename' | 'decline-entry' | 'share' | 'entry-service' }
>

/** What is worked on is closed and explained instead; what leaders liked has no way to go through. */
function mayDecline(state: EntryState): boolean {
  return state === 'kept' || state === 'shared' || movesFrom(state).includes('declined')
}

const OVER: ReadonlySet<string> = new Set(['closed', 'declined', 'merged', 'withdrawn'])

export function decideEntry(
  draft: Draft,
  decision: EntryDecision,
  named: Named,
  standing: Standing,
): void {
  const { entry, into, service } = named
  if (entry === null) return
  switch (decision.what) {
    case 'split':
      return split(draft, entry, decision.noteIds)
    case 'merge':
      return into === null ? undefined : merge(draft, entry, into, decision.noteIds, standing)
    case 'rename':
      return rename(draft, entry, decision.title)
    case 'decline-entry':
      if (OVER.has(entry.state)) return draft.fail('done', { entryId: entry.id })
      if (!mayDecline(entry.state)) return draft.fail('begun', { entryId: entry.id })
      return draft.setState(entry, 'declined', { what: 'declined', reason: decision.reason })
    case 'share':
      if (entry.state !== 'kept') return draft.fail('not-kept', { entryId: entry.id })
      return draft.setState(entry, 'shared', { what: 'shared', reason: decision.thanks })
    case 'entry-service':
      return setEntryService(draft, entry, service)
  }
}

function split(draft: Draft, entry: DraftEntry, noteIds: readonly string[]): void {
  const notes = [...new Set(noteIds)].flatMap((noteId) => {
    const note = draft.notes.get(noteId)
    if (note !== undefined && isPlaced(note) && draft.rootOf(note.placed.entryId) === entry) {
      return [note]
    }
    draft.fail(note === undefined ? 'gone' : 'not-there', { noteId })
    return []
  })
  const [oldest] = notes.toSorted((one, other) => one.arrived - other.arrived)
  if (oldest === undefined) return
  if (notes.length >= draft.shownBy(entry.id)) {
    for (const { id } of notes) draft.fail('all-of-it', { noteId: id })
    return
  }
  for (const note of notes) answerAbout(draft, note, entry, 'rejected')
  splitOff(draft, notes, entry, draft.open(oldest))
  draft.plan.done.push(...notes.map(({ id }) => id))
}

/** Whether it is the same as `entry` is answered; anything else is asked no more. */
function answerAbout(
  draft: Draft,
  note: StandingNote,
  entry: DraftEntry,
  verdict: 'accepted' | 'rejected',
): void {
  const { proposed } = note
  if (proposed === null) return
  answer(draft, note, draft.rootOf(proposed) === entry ? verdict : 'withdrawn')
}

function merge(
  draft: Draft,
  source: DraftEntry,
  target: DraftEntry,
  noteIds: readonly string[],
  standing: Standing,
): void {
  const refused = whyNoMerge(source, target)
  if (refused !== undefined) return draft.fail(refused, { entryId: source.id })
  draft.plan.events.push({ entryId: target.id, what: 'merged-in', afterOf: source.id })
  draft.merge(source, target)
  for (const { noteId, entryId } of standing.proposals) {
    const named = draft.notes.get(noteId)
    if (named !== undefined) named.proposed = null
    draft.plan.proposals.push({ noteId, entryId, state: 'accepted' })
    draft.step('proposal', { noteId, entryId, before: 'open', after: 'accepted' })
  }
  for (const noteId of new Set(noteIds)) {
    const note = draft.notes.get(noteId)
    if (note === undefined) draft.fail('gone', { noteId })
    else if (!isPlaced(note) || draft.rootOf(note.placed.entryId) !== target)
      draft.fail('not-there', { noteId })
    else {
      answerAbout(draft, note, target, 'accepted')
      stay(draft, note)
      draft.plan.done.push(noteId)
    }
  }
}

/** One that is closed may take another in; one whose notes were all taken back may not. */
function whyNoMerge(source: DraftEntry, target: DraftEntry) {
  if (source.mergedInto !== null) return 'merged'
  if (source.id === target.id) return 'itself'
  if (source.mood !== target.mood) return 'other-mood'
  if (source.state === 'withdrawn' || target.state === 'withdrawn') return 'taken-back'
  return undefined
}

function rename(draft: Draft, entry: DraftEntry, title: string): void {
  if (entry.title === title && entry.titleConfirmed) {
    return draft.fail('already-so', { entryId: entry.id })
  }
  // The event keeps the title from before, where recall finds it; a step holds no words.
  const id = draft.newId()
  const { title: before } = entry
  draft.plan.events.push({ id, entryId: entry.id, what: 'renamed', before, after: title })
  draft.step('title', {
    entryId: entry.id,
    before: entry.titleConfirmed ? 'confirmed' : 'derived',
    after: id,
  })
  entry.title = title
  entry.titleConfirmed = true
  draft.touch(entry.id)
}

function setEntryService(draft: Draft, entry: DraftEntry, service: Named['service']): void {
  const serviceId = service?.id ?? null
  if (entry.serviceId === serviceId) return draft.fail('already-so', { entryId: entry.id })
  draft.step('service', { entryId: entry.id, before: entry.serviceId, after: serviceId })
  draft.plan.events.push({ entryId: entry.id, what: 'service', after: service?.name ?? null })
  entry.serviceId = serviceId
  draft.touch(entry.id)
}
