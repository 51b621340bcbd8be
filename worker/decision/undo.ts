import { titleOf } from '#shared/grouping/title'

import type { Step, StepKind } from '../part/queries'
import { NAMELESS } from '../placing/nameless'
import type { Lane } from '../standing/standing'
import type { Draft } from './draft'
import { changeService, isPlaced } from './note-rules'
import type { Plan } from './plan'

/** What a decision did, as far as it is still known. */
export interface Recorded {
  what: string
  /** Unix ms. */
  at: number
  /** Of one part, in the order in which they were done. */
  steps: readonly Step[]
  /** The titles before and after each renaming, by the event's id; null where words were taken back. */
  renamed: ReadonlyMap<string, { before: string | null; after: string | null }>
  /** When another note was last placed in an entry. */
  lastPlaced: ReadonlyMap<string, number>
  /** Entries whose state somebody changed since. */
  movedSince: ReadonlySet<string>
  /** Names of services by id. */
  services: ReadonlyMap<string, string>
}

/**
 * Takes back what was recorded, and only that: what has moved on since is left and named. Entries
 * come apart first, so that notes find what they were in.
 */
export function planUndo(draft: Draft, recorded: Recorded): Plan {
  const of = (kind: StepKind) => recorded.steps.filter((step) => step.kind === kind)
  const back = new Set(of('place').filter((step) => isAsPlaced(draft, step)))
  const entriesBack = new Set([...back].map(({ before }) => before?.split(' ')[0] ?? ''))

  undoMerges(draft, recorded.what, of('merge'), entriesBack)
  const moved = new Set<string>()
  for (const step of of('place').toReversed()) {
    if (back.has(step)) putBack(draft, step)
    else {
      moved.add(step.noteId ?? '')
      draft.fail('moved-on', { noteId: step.noteId ?? '' })
    }
  }
  for (const step of of('state')) undoState(draft, step, recorded)
  for (const step of of('title')) undoTitle(draft, step, recorded, moved)
  for (const step of of('service')) undoService(draft, step, recorded)
  draft.plan.forgets.push(...of('alias').flatMap(({ noteId }) => noteId ?? []))
  draft.plan.freesPairs = true
  const returned = new Set([...back].map(({ noteId }) => noteId))
  const asked = new Set(of('proposal').flatMap((step) => askAgain(draft, step, moved, returned)))
  for (const step of of('mark')) waitAgain(draft, step, moved, asked)

  draft.plan.done.push(
    ...new Set(
      recorded.steps.flatMap(({ noteId }) =>
        noteId === null || moved.has(noteId) || !draft.notes.has(noteId) ? [] : noteId,
      ),
    ),
  )
  // What was there before stays an entry of its own, should it be empty now.
  const opened = new Set(of('opened').map(({ entryId }) => entryId))
  const plan = draft.finish((id) => opened.has(id))
  // Nobody takes an undo back.
  plan.steps.splice(0)
  return plan
}

function isAsPlaced(draft: Draft, { noteId, entryId, after }: Step): boolean {
  const placed = draft.notes.get(noteId ?? '')?.placed
  return placed?.entryId === entryId && placed?.at === Number(after)
}

function putBack(draft: Draft, step: Step): void {
  const note = draft.notes.get(step.noteId ?? '')
  const [entryId = '', at = ''] = step.before?.split(' ') ?? []
  if (note !== undefined) draft.place(note, entryId, '{}', { at: Number(at) })
}

/**
 * A merge that a person decided comes apart wherever its target went since, and its halves stay so.
 * One that only made an emptied number resolve ends when something comes back to that entry.
 */
function undoMerges(
  draft: Draft,
  what: string,
  steps: readonly Step[],
  entriesBack: ReadonlySet<string>,
): void {
  for (const { entryId, before, after } of steps) {
    if (entryId === null || before === null || after === null) continue
    const [word, beforeTarget] = before.split(' ')
    const entry = draft.entryOf(entryId)
    const isThere =
      entry.mergedInto !== null &&
      (entry.mergedInto === after || entry.mergedInto === draft.entryOf(after).mergedInto)
    const returns = (id: string) =>
      entriesBack.has(id) ||
      steps.some((step) => step.before === `merged ${id}` && entriesBack.has(step.entryId ?? ''))
    if (what !== 'merge' && !returns(word === 'merged' ? (beforeTarget ?? '') : entryId)) continue
    if (
      !isThere ||
      (beforeTarget !== undefined && draft.entryOf(beforeTarget).mergedInto !== null)
    ) {
      draft.fail('moved-on', { entryId })
      continue
    }
    const target = draft.rootOf(entryId)
    draft.unmerge(entry, before)
    if (what !== 'merge' || beforeTarget !== undefined) continue
    draft.plan.events.push({ entryId: target.id, what: 'merged-out', afterOf: entryId })
    draft.plan.neverAll.push({ of: entryId, with: target.id }, { of: target.id, with: entryId })
  }
}

function undoState(draft: Draft, step: Step, { at, lastPlaced, movedSince }: Recorded): void {
  const entry = draft.entryOf(step.entryId ?? '')
  // A note that came after is a reason of its own to be open.
  const isOpenAnyway = step.after === 'reopened' && (lastPlaced.get(entry.id) ?? 0) > at
  if (entry.state !== step.after || movedSince.has(entry.id) || isOpenAnyway) {
    draft.fail('moved-on', { entryId: entry.id })
    return
  }
  draft.setState(entry, step.before as typeof entry.state, { what: 'state' })
}

function undoTitle(
  draft: Draft,
  step: Step,
  { renamed }: Recorded,
  moved: ReadonlySet<string>,
): void {
  const entry = draft.entryOf(step.entryId ?? '')
  if (step.noteId !== null) {
    const note = draft.notes.get(step.noteId)
    // Named after yet another note since, or after none: that note was taken back.
    const isAsMade = entry.titleNote === step.after || entry.titleNote === null
    if (note && !moved.has(note.id) && !entry.titleConfirmed && isAsMade) {
      entry.title = titleOf(note)
      entry.titleNote = note.id
      draft.plan.events.push({ entryId: entry.id, what: 'named-after', after: note.id })
      draft.touch(entry.id)
    }
    return
  }
  const event = renamed.get(step.after ?? '')
  if (event === undefined || !entry.titleConfirmed || entry.title !== event.after) {
    draft.fail('moved-on', { entryId: entry.id })
    return
  }
  const oldest = event.before === null ? draft.oldestOf(entry.id) : undefined
  if (oldest !== undefined) entry.titleNote = oldest.id
  entry.title = event.before ?? (oldest === undefined ? NAMELESS : titleOf(oldest))
  entry.titleConfirmed = step.before === 'confirmed' && event.before !== null
  draft.plan.events.push({ entryId: entry.id, what: 'rename-undone' })
  draft.touch(entry.id)
}

function undoService(draft: Draft, step: Step, { services }: Recorded): void {
  const name = services.get(step.before ?? '') ?? null
  if (step.noteId !== null) {
    const note = draft.notes.get(step.noteId)
    if (!note || !isPlaced(note)) return
    if (note.serviceId === step.after) changeService(draft, note, step.before, name)
    else draft.fail('moved-on', { noteId: note.id })
    return
  }
  const entry = draft.entryOf(step.entryId ?? '')
  if (entry.serviceId !== step.after) return draft.fail('moved-on', { entryId: entry.id })
  entry.serviceId = step.before
  draft.plan.events.push({ entryId: entry.id, what: 'service', after: name })
  draft.touch(entry.id)
}

/** @returns the note, where its question is open again */
function askAgain(
  draft: Draft,
  step: Step,
  moved: ReadonlySet<string>,
  returned: ReadonlySet<string | null>,
): string[] {
  const note = draft.notes.get(step.noteId ?? '')
  const isFree = note !== undefined && note.proposed === null && !moved.has(note.id)
  if (!isFree || step.entryId === null) return []
  // A person who placed it since knew where it belongs.
  if (!returned.has(note.id) && note.placed?.by !== 'grouping') return []
  note.proposed = step.entryId
  draft.plan.proposals.push({ noteId: note.id, entryId: step.entryId, state: 'open' })
  return [note.id]
}

function waitAgain(
  draft: Draft,
  step: Step,
  moved: ReadonlySet<string>,
  asked: ReadonlySet<string>,
): void {
  const note = draft.notes.get(step.noteId ?? '')
  const [before = '', position = ''] = step.before?.split(' ') ?? []
  const isLater = step.after === 'later'
  if (!note || moved.has(note.id) || (note.waits === null) === isLater) return
  const lane = before === 'asked' && !isLater && !asked.has(note.id) ? 'own' : (before as Lane)
  draft.plan.marks.push({ noteId: note.id, lane, position: Number(position) })
}
