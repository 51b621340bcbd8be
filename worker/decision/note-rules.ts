import { foldService } from '#shared/grouping/service'
import type { NewDecision } from '#shared/api/triage'

import type { Draft, DraftEntry } from './draft'
import type { StandingNote } from '../standing/standing'

/** What each decision about notes does with one of them. */

export type NoteDecision = Extract<
  NewDecision,
  { what: 'confirm' | 'suggest' | 'own' | 'decline' | 'move' | 'service' | 'later' }
>

/** What a decision names besides notes, as it was found. */
export interface Named {
  entry: DraftEntry | null
  into: DraftEntry | null
  service: { id: string; name: string } | null
}

type Placed = StandingNote & { placed: NonNullable<StandingNote['placed']> }

/** Does it for every note, in the order in which they are named; what cannot be done is said and stops nobody. */
export function decideNotes(draft: Draft, decision: NoteDecision, named: Named): void {
  for (const noteId of decision.noteIds) {
    const note = draft.notes.get(noteId)
    if (note === undefined) draft.fail('gone', { noteId })
    else if (!isPlaced(note)) draft.fail('ungrouped', { noteId })
    else if (decideNote(draft, note, decision, named)) draft.plan.done.push(noteId)
  }
}

export function isPlaced(note: StandingNote): note is Placed {
  return note.placed !== null
}

function decideNote(
  draft: Draft,
  note: Placed,
  decision: NoteDecision,
  { entry, service }: Named,
): boolean {
  switch (decision.what) {
    case 'confirm':
      return confirm(draft, note)
    case 'suggest':
    case 'move':
      return entry !== null && moveTo(draft, note, entry)
    case 'own':
      giveItsOwn(draft, note)
      return true
    case 'decline':
      return decline(draft, note, decision.reason)
    case 'service':
      return setService(draft, note, service, decision.teach)
    case 'later':
      return putBehind(draft, note)
  }
}

/** The answer to an open proposal, if there is one. */
export function answer(
  draft: Draft,
  note: StandingNote,
  state: 'accepted' | 'rejected' | 'withdrawn',
): void {
  const { proposed } = note
  if (proposed === null) return
  note.proposed = null
  draft.plan.proposals.push({ noteId: note.id, entryId: proposed, state })
  draft.step('proposal', { noteId: note.id, entryId: proposed, before: 'open', after: state })
}

/** Nothing about this note waits any more. */
function settle(draft: Draft, note: Placed): void {
  const { waits } = note
  if (waits === null) return
  note.waits = null
  draft.plan.marks.push({ noteId: note.id, lane: null, position: null })
  draft.step('mark', { noteId: note.id, before: `${waits.lane} ${waits.position}`, after: 'done' })
}

function keepApart(draft: Draft, note: Placed, ...entryIds: string[]): void {
  for (const entryId of new Set(entryIds)) {
    draft.plan.never.push({ noteId: note.id, entryId })
    draft.step('never', { noteId: note.id, entryId })
  }
}

function confirm(draft: Draft, note: Placed): boolean {
  if (note.waits === null && note.proposed === null) {
    draft.fail('decided', { noteId: note.id })
    return false
  }
  const proposed = note.proposed === null ? null : draft.rootOf(note.proposed)
  const isHere = proposed?.id === draft.rootOf(note.placed.entryId).id
  const isThere = proposed !== null && proposed.state !== 'withdrawn'
  if (isThere && !isHere) return moveTo(draft, note, proposed)
  // Every note of what was proposed was taken back: there is nothing to be the same as.
  answer(draft, note, isHere ? 'accepted' : 'withdrawn')
  stay(draft, note)
  return true
}

/** Where it is, and from now on by a person; the machine's reasons stay to be read. */
export function stay(draft: Draft, note: Placed): void {
  draft.place(note, note.placed.entryId, note.placed.why)
  settle(draft, note)
}

function moveTo(draft: Draft, note: Placed, target: DraftEntry): boolean {
  const from = draft.rootOf(note.placed.entryId)
  if (target.mood !== note.mood) {
    draft.fail('other-mood', { noteId: note.id })
    return false
  }
  if (target.state === 'withdrawn') {
    draft.fail('taken-back', { noteId: note.id })
    return false
  }
  reject(draft, note, target)
  if (target.id === from.id) {
    stay(draft, note)
    return true
  }
  if (draft.shownBy(from.id) > 1) keepApart(draft, note, from.id)
  draft.place(note, target.id, WHY_MOVED)
  // What is new on a closed entry opens it again; what is only sorted does not.
  if (target.state === 'closed' && note.waits !== null) {
    draft.setState(target, 'reopened', { what: 'reopened', after: note.id })
  }
  settle(draft, note)
  return true
}

/** An open proposal is answered by where the note goes instead. */
function reject(draft: Draft, note: Placed, target: DraftEntry): void {
  if (note.proposed === null) return
  const proposed = draft.rootOf(note.proposed)
  if (proposed.id === target.id) return answer(draft, note, 'accepted')
  if (proposed.id !== draft.rootOf(note.placed.entryId).id) {
    keepApart(draft, note, proposed.id, note.proposed)
  }
  answer(draft, note, 'rejected')
}

const WHY_MOVED = JSON.stringify({ decision: 'moved', sentence: 'A person put it here.' })
const WHY_SPLIT = JSON.stringify({ decision: 'split', sentence: 'A person split it off.' })

/** An entry of its own: the one it is alone in, or a new one that never grows together with the old. */
function giveItsOwn(draft: Draft, note: Placed): DraftEntry {
  const from = draft.rootOf(note.placed.entryId)
  if (note.proposed !== null) {
    const proposed = draft.rootOf(note.proposed)
    if (proposed.id !== from.id) keepApart(draft, note, proposed.id, note.proposed)
    answer(draft, note, 'rejected')
  }
  if (draft.shownBy(from.id) === 1) {
    stay(draft, note)
    return from
  }
  const own = draft.open(note)
  splitOff(draft, [note], from, own)
  return own
}

/** Moves notes out of an entry into a new one; neither half grows into the other again by itself. */
export function splitOff(draft: Draft, notes: Placed[], from: DraftEntry, own: DraftEntry): void {
  draft.plan.events.push(
    { entryId: own.id, what: 'split-from', afterOf: from.id },
    { entryId: from.id, what: 'split', afterOf: own.id },
  )
  for (const note of notes) {
    keepApart(draft, note, from.id, note.placed.entryId)
    draft.place(note, own.id, WHY_SPLIT)
    settle(draft, note)
  }
  draft.plan.neverAll.push({ of: from.id, with: own.id })
}

/** Declines the entry that the note is alone in; among others it gets one of its own first. */
function decline(draft: Draft, note: Placed, reason: string): boolean {
  const from = draft.rootOf(note.placed.entryId)
  if (draft.shownBy(from.id) === 1 && from.state === 'declined') {
    draft.fail('already-so', { noteId: note.id })
    return false
  }
  // Nobody said that the proposal is wrong.
  answer(draft, note, 'withdrawn')
  const declined = giveItsOwn(draft, note)
  draft.setState(declined, 'declined', { what: 'declined', reason })
  return true
}

function setService(
  draft: Draft,
  note: Placed,
  service: Named['service'],
  teach: boolean,
): boolean {
  const serviceId = service?.id ?? null
  if (teach && service !== null && note.typed !== null) {
    const alias = foldService(note.typed)
    if (alias !== '' && alias !== foldService(service.name)) {
      draft.plan.aliases.push({ alias, serviceId: service.id, noteId: note.id })
      draft.step('alias', { noteId: note.id, after: service.id })
    }
  }
  if (serviceId !== note.serviceId) changeService(draft, note, serviceId, service?.name ?? null)
  return true
}

/** @param name of the service; unused where it is none of the list, which means what was typed */
export function changeService(
  draft: Draft,
  note: Placed,
  serviceId: string | null,
  name: string | null,
): void {
  const { entryId } = note.placed
  const service = serviceId === null ? note.typed : name
  draft.plan.leaves.push({ ...note, entryId })
  draft.plan.services.push({ noteId: note.id, serviceId, service })
  draft.step('service', { noteId: note.id, before: note.serviceId, after: serviceId })
  note.serviceId = serviceId
  note.service = service
  draft.plan.enters.push({ ...note, entryId })
  draft.plan.events.push({
    entryId: draft.rootOf(entryId).id,
    what: 'note-service',
    before: name,
    after: note.id,
  })
  draft.touch(entryId)
}

function putBehind(draft: Draft, note: Placed): boolean {
  const { waits } = note
  if (waits === null) {
    draft.fail('decided', { noteId: note.id })
    return false
  }
  draft.plan.marks.push({ noteId: note.id, lane: waits.lane, position: null })
  draft.step('mark', {
    noteId: note.id,
    before: `${waits.lane} ${waits.position}`,
    after: 'later',
  })
  return true
}
