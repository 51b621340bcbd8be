import { CandidateIndex } from '#shared/grouping/candidate-index'
import { type Choice, type Question, choose } from '#shared/grouping/choose'
import { type EntryStats, type GrowingEntry, emptyEntry } from '#shared/grouping/entry-stats'
import { fingerprintOf } from '#shared/grouping/fingerprint'

import type { LabelledNote, WeightsFor } from './labelled-notes'

/** A register in memory: what the engine places, and what people then decide, which stands. */
export class MemoryRegister {
  readonly #index = new CandidateIndex()
  readonly #weightsFor: WeightsFor
  readonly #notesOf = new Map<string, LabelledNote[]>()
  readonly #entryOf = new Map<string, string>()
  readonly #twins = new Map<string, string>()
  readonly #mergedInto = new Map<string, string>()
  /** Pairs of entries that people keep apart, both ways round. */
  readonly #apart = new Map<string, Set<string>>()
  #opened = 0

  constructor(weightsFor: WeightsFor) {
    this.#weightsFor = weightsFor
  }

  get entries(): ReadonlyMap<string, GrowingEntry> {
    return this.#index.entries
  }

  notesOf(entryId: string): readonly LabelledNote[] {
    return this.#notesOf.get(entryId) ?? []
  }

  /** The entry a note is in. */
  entryOf(noteId: string): string | undefined {
    return this.#entryOf.get(noteId)
  }

  /** Where an entry's number leads after every merge. */
  resolve(entryId: string): string {
    const into = this.#mergedInto.get(entryId)
    return into === undefined ? entryId : this.resolve(into)
  }

  rootOf(entryId: string): string {
    return this.entries.get(entryId)?.root ?? entryId
  }

  /** @param onAsked sees the question before the note is put anywhere */
  place(
    note: LabelledNote,
    onAsked: (question: Question) => void = () => undefined,
  ): { entry: string; choice: Choice } {
    const { features } = note
    const print = fingerprintOf(features)
    const twin = print === null ? undefined : this.#entryOf.get(this.#twins.get(print) ?? '')
    const twinEntry = this.entries.get(twin ?? '')
    const found = this.#index.find(features)
    const question = {
      note: features,
      candidates: twinEntry && !found.includes(twinEntry) ? [...found, twinEntry] : found,
      corpus: this.#index.corpusOf(features.mood),
      twin: twin ?? null,
    }
    onAsked(question)
    const choice = choose(question, this.#weightsFor(note))
    const target = choice.decision === 'open' ? undefined : this.entries.get(choice.entryId)
    const entry =
      choice.decision === 'join' && target ? target : this.#open(features.mood, target?.root)
    this.#put(entry, note)
    if (print !== null && !this.#twins.has(print)) this.#twins.set(print, note.id)
    return { entry: entry.id, choice }
  }

  /**
   * Proposes what an entry of one note, to which nothing is proposed, may be the same as: what
   * it belongs to may have come after it. Moves no note.
   */
  sweep(): void {
    for (const entry of this.entries.values()) {
      const [note] = this.notesOf(entry.id)
      if (!note || entry.size > 1 || entry.root !== entry.id || this.#familyOf(entry.id).length > 1)
        continue
      const isApart = (other: EntryStats) =>
        other.id === entry.id || this.areApart(entry.id, other.root)
      const candidates = this.#index.find(note.features, isApart)
      const corpus = this.#index.corpusOf(entry.mood)
      const choice = choose({ note: note.features, candidates, corpus }, this.#weightsFor(note))
      const target = choice.decision === 'open' ? undefined : this.entries.get(choice.entryId)
      if (target) entry.root = target.root
    }
  }

  /** A person says no to what was proposed for an entry; it is never proposed again. */
  reject(entryId: string): void {
    const entry = this.entries.get(entryId)
    if (!entry || entry.root === entryId) return
    for (const other of this.#familyOf(entry.root)) this.#keepApart(entryId, other.id)
    entry.root = entryId
  }

  /** A person moves a note; an entry without notes is gone. */
  move(noteId: string, toId: string): void {
    const from = this.#entryOf.get(noteId) ?? ''
    const note = this.notesOf(from).find(({ id }) => id === noteId)
    const to = this.entries.get(toId)
    if (!note || !to || from === toId || to.mood !== note.features.mood) return
    this.#rebuild(
      from,
      this.notesOf(from).filter((each) => each !== note),
    )
    this.#put(to, note)
  }

  /** A person says that two entries are one; the first one's number leads to the second. */
  merge(fromId: string, toId: string): void {
    const [from, to] = [this.entries.get(fromId), this.entries.get(toId)]
    if (!from || !to || from === to || from.mood !== to.mood || this.areApart(fromId, toId)) return
    const notes = this.notesOf(fromId)
    this.#rebuild(fromId, [])
    this.#mergedInto.set(fromId, toId)
    for (const note of notes) this.#put(to, note)
    for (const other of this.#apart.get(fromId) ?? []) this.#keepApart(toId, other)
    for (const { id } of this.#familyOf(fromId)) this.#setRoot(id, to.root)
  }

  /** A person takes notes out into an entry of their own; the halves never meet again by themselves. */
  split(entryId: string, noteIds: readonly string[]): string | undefined {
    const entry = this.entries.get(entryId)
    const notes = this.notesOf(entryId)
    const out = notes.filter(({ id }) => noteIds.includes(id))
    if (!entry || out.length === 0 || out.length === notes.length) return undefined
    this.#rebuild(
      entryId,
      notes.filter((note) => !out.includes(note)),
    )
    const half = this.#open(entry.mood)
    for (const note of out) this.#put(half, note)
    this.#keepApart(entryId, half.id)
    return half.id
  }

  areApart(entryId: string, root: string): boolean {
    const apart = this.#apart.get(entryId)
    return (
      apart !== undefined &&
      (apart.has(root) || this.#familyOf(root).some(({ id }) => apart.has(id)))
    )
  }

  #familyOf(root: string): GrowingEntry[] {
    return [...this.entries.values()].filter((entry) => entry.root === root)
  }

  #setRoot(entryId: string, root: string): void {
    const entry = this.entries.get(entryId)
    if (entry) entry.root = this.areApart(entryId, root) ? entryId : root
  }

  #keepApart(one: string, other: string): void {
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const) {
      const apart = this.#apart.get(a) ?? new Set()
      this.#apart.set(a, apart.add(b))
    }
  }

  #open(mood: GrowingEntry['mood'], root?: string): GrowingEntry {
    this.#opened += 1
    return emptyEntry(`e${this.#opened}`, this.#opened, mood, root)
  }

  #put(entry: GrowingEntry, note: LabelledNote): void {
    this.#index.add(entry, note.features)
    this.#entryOf.set(note.id, entry.id)
    const notes = this.#notesOf.get(entry.id)
    if (notes) notes.push(note)
    else this.#notesOf.set(entry.id, [note])
  }

  /** The entry with these notes only. What hung on one that is gone stands alone. */
  #rebuild(entryId: string, notes: readonly LabelledNote[]): void {
    const entry = this.entries.get(entryId)
    if (!entry) return
    this.#index.remove(
      entry,
      this.notesOf(entryId).map(({ features }) => features),
    )
    this.#notesOf.set(entryId, [])
    const again = emptyEntry(entryId, entry.number, entry.mood, entry.root)
    for (const note of notes) this.#put(again, note)
    if (notes.length > 0) return
    for (const other of this.#familyOf(entryId)) other.root = other.id
  }
}
