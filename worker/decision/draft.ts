import { titleOf } from '#shared/grouping/title'
import { channelOf } from '#shared/place'

import type { Step, StepKind } from '../part/queries'
import { type DraftDeps, type FailureCode, type Plan, emptyPlan } from './plan'
import type { NextNote, Standing, StandingEntry, StandingNote } from '../standing/standing'

/** States that an entry without notes may have. */
const OVER: ReadonlySet<string> = new Set(['closed', 'declined', 'withdrawn'])

/** An entry while a plan is made. */
export interface DraftEntry extends StandingEntry {
  /** Notes of its own; what was merged into it has its own. */
  own: number
  /** Opened by this very plan. */
  isNew: boolean
}

export type Draft = ReturnType<typeof createDraft>

/**
 * A plan while it is made: it knows where everything would be by now, so that one decision about
 * many notes is consistent, and writes down a step for each thing it changes.
 */
export function createDraft(standing: Standing, { now, by, newId }: DraftDeps) {
  // Later than anything that these entries know, so that history has one order whatever the clock.
  const at = Math.max(
    now,
    ...standing.entries.map(({ changedAt }) => changedAt + 1),
    ...standing.notes.map(({ placed }) => (placed?.at ?? 0) + 1),
  )
  const plan = emptyPlan(at)
  const notes = new Map(standing.notes.map((note) => [note.id, { ...note }]))
  const entries = new Map<string, DraftEntry>()
  for (const entry of standing.entries) {
    const lent = standing.entries
      .filter(({ mergedInto }) => mergedInto === entry.id)
      .reduce((sum, part) => sum + part.notes, 0)
    entries.set(entry.id, { ...entry, own: entry.notes - lent, isNew: false })
  }
  const touched = new Set<string>()
  /** By the entry that showed them: the notes that left, and where the last one went. */
  const left = new Map<string, { notes: StandingNote[]; to: string }>()
  const gained = new Map<string, StandingNote>()

  function entryOf(id: string): DraftEntry {
    const entry = entries.get(id)
    if (entry === undefined) throw new Error('an entry that was not read')
    return entry
  }

  /** The entry that shows what is in this one. */
  function rootOf(id: string): DraftEntry {
    const { mergedInto } = entryOf(id)
    return mergedInto === null ? entryOf(id) : entryOf(mergedInto)
  }

  const partsOf = (id: string) =>
    [...entries.values()].filter(({ mergedInto }) => mergedInto === id)
  const shownBy = (id: string) => partsOf(id).reduce((sum, { own }) => sum + own, entryOf(id).own)

  function touch(id: string): void {
    touched.add(id)
    touched.add(rootOf(id).id)
  }

  function step(kind: StepKind, values: Partial<Omit<Step, 'kind'>>): void {
    plan.steps.push({ kind, noteId: null, entryId: null, before: null, after: null, ...values })
  }

  /** Puts a note where a person wants it, or back where it was at that time. */
  function place(note: StandingNote, entryId: string, why: string, back?: { at: number }): void {
    const from = note.placed
    if (from === null) throw new Error('a note that waits to be grouped')
    const rowAt = back?.at ?? at
    const fromRoot = rootOf(from.entryId)
    const toRoot = rootOf(entryId)
    plan.places.push({ noteId: note.id, entryId, at: rowAt, by, why })
    step('place', {
      noteId: note.id,
      entryId,
      before: `${from.entryId} ${from.at}`,
      after: String(rowAt),
    })
    touch(from.entryId)
    touch(entryId)
    note.placed = { entryId, at: rowAt, by, why }
    if (entryId === from.entryId) {
      const what = back === undefined ? 'confirmed' : 'unconfirmed'
      plan.events.push({ entryId: toRoot.id, what, after: note.id })
      return
    }
    entryOf(from.entryId).own -= 1
    entryOf(entryId).own += 1
    plan.leaves.push({ ...note, entryId: from.entryId })
    plan.enters.push({ ...note, entryId })
    plan.events.push({ entryId, what: 'moved-in', after: note.id, beforeOf: fromRoot.id })
    gained.set(toRoot.id, note)
    if (fromRoot.id === toRoot.id) return
    plan.events.push({
      entryId: fromRoot.id,
      what: 'moved-out',
      after: note.id,
      beforeOf: toRoot.id,
    })
    const others = left.get(fromRoot.id)?.notes ?? []
    left.set(fromRoot.id, { notes: [...others, note], to: entryId })
  }

  /** A new entry, called after the note that it is opened for. */
  function open(note: StandingNote): DraftEntry {
    const state = note.mood === 'liked' ? 'kept' : 'new'
    const entry: DraftEntry = {
      id: newId(),
      number: 0,
      mood: note.mood,
      title: titleOf(note),
      titleConfirmed: false,
      titleNote: note.id,
      state,
      mergedInto: null,
      serviceId: null,
      notes: 0,
      isByHand: false,
      own: 0,
      version: 0,
      changedAt: at,
      isNew: true,
    }
    entries.set(entry.id, entry)
    touched.add(entry.id)
    const { id, mood, title } = entry
    step('opened', { entryId: id })
    plan.opened.push({ id, mood, state, title, titleNote: note.id, channel: channelOf(note.place) })
    return entry
  }

  function setState(
    entry: DraftEntry,
    state: StandingEntry['state'],
    event: { what: string; after?: string; reason?: string },
  ): void {
    step('state', { entryId: entry.id, before: entry.state, after: state })
    plan.events.push({ entryId: entry.id, before: entry.state, after: state, ...event })
    entry.state = state
    touch(entry.id)
  }

  /** Makes one entry a pointer to another, and what was merged into it as well: a merge is one hop. */
  function merge(source: DraftEntry, target: DraftEntry): void {
    for (const part of [source, ...partsOf(source.id)]) {
      touch(part.id)
      step('merge', {
        entryId: part.id,
        before: part.mergedInto === null ? part.state : `merged ${part.mergedInto}`,
        after: target.id,
      })
      plan.events.push({ entryId: part.id, what: 'merged', before: part.state, afterOf: target.id })
      part.state = 'merged'
      part.mergedInto = target.id
      plan.shownElsewhere.push(part.id)
      touch(part.id)
    }
  }

  /** Gives an entry back what it was before a merge. */
  function unmerge(entry: DraftEntry, before: string): void {
    const target = rootOf(entry.id)
    const [state = '', mergedInto = null] = before.split(' ')
    step('merge', {
      entryId: entry.id,
      before: `merged ${target.id}`,
      after: mergedInto ?? state,
    })
    touch(entry.id)
    entry.state = state as StandingEntry['state']
    entry.mergedInto = mergedInto
    touch(entry.id)
    plan.shownElsewhere.push(entry.id)
    plan.events.push(
      mergedInto === null
        ? { entryId: entry.id, what: 'unmerged', beforeOf: target.id, after: state }
        : { entryId: entry.id, what: 'merged', before: 'merged', afterOf: mergedInto },
    )
  }

  /** An entry that shows nothing any more points to where its last note went, so that its number resolves. */
  function pointEmptied(mayPoint: (id: string) => boolean): void {
    for (const [id, { to }] of left) {
      const entry = entryOf(id)
      const isEmptied = entry.mergedInto === null && shownBy(id) === 0 && !entry.isByHand
      if (isEmptied && mayPoint(id)) merge(entry, rootOf(to))
    }
  }

  /** The oldest note that the entry shows by now; undefined where it shows none. */
  function oldestOf(id: string): Pick<NextNote, 'id' | 'words' | 'place'> | undefined {
    const staying = [...notes.values()].filter(
      ({ placed }) => placed !== null && rootOf(placed.entryId).id === id,
    )
    const others = standing.next.filter(({ entryId }) => entryId === id)
    return [...others, ...staying].toSorted((one, other) => one.arrived - other.arrived)[0]
  }

  /** A title that was made of a note goes with it. */
  function retitle(): void {
    for (const [id, { notes: gone }] of left) {
      const entry = entryOf(id)
      const named = gone.find((note) => note.id === entry.titleNote)
      if (named === undefined || entry.titleConfirmed || entry.mergedInto !== null) continue
      const next = oldestOf(id)
      if (next === undefined) continue
      entry.title = titleOf(next)
      entry.titleNote = next.id
      step('title', { entryId: id, noteId: named.id, after: next.id })
      // Where recall finds whose words a title is made of.
      plan.events.push({ entryId: id, what: 'named-after', after: next.id })
    }
  }

  /** A note that comes back to an entry whose others were all taken back. */
  function revive(): void {
    for (const [id, note] of gained) {
      const entry = entryOf(id)
      if (entry.state !== 'withdrawn') continue
      setState(entry, entry.mood === 'liked' ? 'kept' : 'new', { what: 'state' })
      if (entry.titleConfirmed || entry.titleNote !== null) continue
      entry.title = titleOf(note)
      entry.titleNote = note.id
    }
  }

  /** What shows nothing and points nowhere: its own notes were taken back, or went elsewhere, by now. */
  function withdraw(): void {
    for (const id of touched) {
      const entry = entryOf(id)
      const stands = shownBy(id) > 0 || entry.isByHand || OVER.has(entry.state)
      if (entry.mergedInto !== null || stands) continue
      setState(entry, 'withdrawn', { what: 'state' })
    }
  }

  /** @param mayPoint which of the entries that it empties are made pointers */
  function finish(mayPoint: (id: string) => boolean = () => true): Plan {
    pointEmptied(mayPoint)
    retitle()
    revive()
    withdraw()
    const read = new Map(standing.entries.map((entry) => [entry.id, entry]))
    for (const id of touched) {
      const entry = entryOf(id)
      plan.touched.push({ id, version: entry.isNew ? null : entry.version })
      const before = read.get(id)
      const isChanged =
        before === undefined
          ? entry.state !== (entry.mood === 'liked' ? 'kept' : 'new') || entry.mergedInto !== null
          : entry.state !== before.state ||
            entry.mergedInto !== before.mergedInto ||
            entry.title !== before.title ||
            entry.titleConfirmed !== before.titleConfirmed ||
            entry.titleNote !== before.titleNote ||
            entry.serviceId !== before.serviceId
      if (isChanged) plan.changed.push(entry)
    }
    return plan
  }

  return {
    plan,
    at,
    newId,
    notes,
    entries,
    entryOf,
    rootOf,
    partsOf,
    shownBy,
    touch,
    step,
    place,
    open,
    setState,
    merge,
    unmerge,
    finish,
    oldestOf,
    fail(code: FailureCode, about: { noteId?: string; entryId?: string }): void {
      plan.failed.push({ noteId: about.noteId ?? null, entryId: about.entryId ?? null, code })
    },
  }
}
