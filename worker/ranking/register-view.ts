import type { Corpus } from '#shared/grouping/corpus'
import { type GrowingEntry, addNote, emptyEntry } from '#shared/grouping/entry-stats'
import { printOf } from '#shared/grouping/fingerprint'
import { type Posting, type Postings, likeliest, putPosting } from '#shared/grouping/likeliest'
import type { NoteFeatures } from '#shared/grouping/note-features'
import { askedTokensOf, tokensOf } from '#shared/grouping/tokens'
import type { Mood } from '#shared/note'

import { EVERY_NOTE } from '../database/index-rows'

/** A note that asks where it belongs. */
export interface AskingNote {
  id: string
  features: NoteFeatures
  /** What it is looked up by. */
  asked: readonly string[]
  tokens: readonly string[]
  print: string | null
}

/** An entry as ranking knows it: what it is the sum of, and what of that is its own. */
export interface KnownEntry extends GrowingEntry {
  version: number
  state: string
  /** Without what was merged into it; the entry itself where nothing was. */
  own: GrowingEntry
  /** Ids of it and of what was merged into it. */
  members: readonly string[]
  /** How many of its notes have a token, as far as notes have asked. */
  counts: Map<string, number>
  /** The notes that have asked. */
  countedFor: Set<string>
  /** Ids of notes that went into it since. */
  came: Set<string>
  /** True when all is known that its tokens do not say. */
  isRead: boolean
  /** False while its own summary is not known, so that none may be stored. */
  isSummed: boolean
  /** True when it was opened since, so that nothing of it is unknown. */
  isNew: boolean
}

interface GrowingPostings extends Postings<KnownEntry> {
  notes: number
  entries: number
  top: Posting<KnownEntry>[]
}

export function toAskingNote(id: string, features: NoteFeatures): AskingNote {
  const [asked, tokens] = [askedTokensOf(features), tokensOf(features)]
  return { id, features, asked, tokens, print: printOf(features) }
}

export function knownEntry(id: string, number: number, mood: Mood): KnownEntry {
  const entry = {
    ...emptyEntry(id, number, mood),
    version: 1,
    state: 'new',
    members: [id],
    counts: new Map<string, number>(),
    countedFor: new Set<string>(),
    came: new Set<string>(),
    isRead: false,
    isSummed: false,
    isNew: false,
  }
  return Object.assign(entry, { own: entry })
}

/**
 * What a round knows of the register: as it was read, and with all that the round has done since,
 * so that each note sees where those before it went.
 */
export class RegisterView {
  readonly #entries = new Map<string, KnownEntry>()
  readonly #postings = new Map<string, GrowingPostings>()
  readonly #twins = new Map<string, KnownEntry>()
  readonly #named = new Map<string, KnownEntry>()
  /** By note: the notes and entries that people keep apart from it. */
  readonly #apart = new Map<string, Set<string>>()
  readonly #roots = new Map<string, string>()

  entry(id: string): KnownEntry | undefined {
    return this.#entries.get(id)
  }

  addEntry(entry: KnownEntry): void {
    this.#entries.set(entry.id, entry)
  }

  hasPostings(mood: Mood, token: string): boolean {
    return this.#postings.has(`${mood}|${token}`)
  }

  addPostings(mood: Mood, token: string, postings: GrowingPostings): void {
    this.#postings.set(`${mood}|${token}`, postings)
  }

  addTwin(print: string, entry: KnownEntry): void {
    this.#twins.set(print, entry)
  }

  addNamed(noteId: string, entry: KnownEntry): void {
    this.#named.set(noteId, entry)
  }

  keepApart(noteId: string, otherId: string): void {
    this.#apart.set(noteId, (this.#apart.get(noteId) ?? new Set()).add(otherId))
  }

  corpusOf(mood: Mood): Corpus {
    return {
      notes: this.#postings.get(`${mood}|${EVERY_NOTE}`)?.notes ?? 0,
      notesWith: (stem) => this.#postings.get(`${mood}|stem|${stem}`)?.notes ?? 0,
    }
  }

  /** The entry of a note with the same fingerprint. */
  twinOf({ id, print }: AskingNote): KnownEntry | undefined {
    const twin = print === null ? undefined : this.#twins.get(print)
    return twin && this.#isApart(id, twin) ? undefined : twin
  }

  /** The entry that its author says it is the same as, unless people have said otherwise since. */
  namedBy({ id }: AskingNote): KnownEntry | undefined {
    const named = this.#named.get(id)
    return named && this.#isApart(id, named) ? undefined : named
  }

  /** The entries that the note may fit, its twin's and the one its author named included. */
  find(note: AskingNote): KnownEntry[] {
    const { id, asked } = note
    const { mood } = note.features
    const known = asked
      .map((token) => this.#postings.get(`${mood}|${token}`))
      .filter((postings) => postings !== undefined)
    const found = likeliest(known, this.corpusOf(mood).notes, (entry) => this.#isApart(id, entry))
    const also = [this.twinOf(note), this.namedBy(note)].filter((entry) => entry !== undefined)
    return [...new Set([...found, ...also])]
  }

  /**
   * Those of them that can be ranked: all is known of them that this note asks, and they are not
   * proposed to be one with an entry that is kept apart from it.
   */
  rankable(note: AskingNote, found: readonly KnownEntry[]): KnownEntry[] {
    const roots = new Set(
      this.apartFrom(note).flatMap((other) => [other, this.#roots.get(other) ?? other]),
    )
    return found.filter((entry) => knows(entry, note) && !roots.has(entry.root))
  }

  /** Ids of notes and entries. */
  apartFrom({ id }: AskingNote): string[] {
    return [...(this.#apart.get(id) ?? [])]
  }

  /** Says which entry another one is proposed to be the same as, in the end. */
  setRoot(entryId: string, root: string): void {
    this.#roots.set(entryId, root)
    const entry = this.#entries.get(entryId)
    if (entry) entry.root = root
  }

  /** Counts in that the note went into this entry. */
  put(note: AskingNote, entry: KnownEntry): void {
    const { features, tokens, print } = note
    this.#entries.set(entry.id, entry)
    addNote(entry, features)
    if (entry.own !== entry) addNote(entry.own, features)
    entry.came.add(note.id)
    for (const token of [EVERY_NOTE, ...tokens]) {
      const key = `${features.mood}|${token}`
      const postings = this.#postings.get(key) ?? { notes: 0, entries: 0, top: [] }
      const now = (entry.counts.get(token) ?? 0) + 1
      entry.counts.set(token, now)
      postings.notes += 1
      postings.entries += now === 1 ? 1 : 0
      if (token !== EVERY_NOTE) raise(postings.top, entry, now)
      this.#postings.set(key, postings)
    }
    if (print !== null && !this.#twins.has(print)) this.#twins.set(print, entry)
  }

  #isApart(noteId: string, entry: KnownEntry): boolean {
    const apart = this.#apart.get(noteId)
    if (apart === undefined) return false
    return [entry.id, ...entry.members, ...entry.came].some((id) => apart.has(id))
  }
}

/** An entry that stood too far back to be read is put where it belongs by now. */
function raise(top: Posting<KnownEntry>[], entry: KnownEntry, notes: number): void {
  const before = top.find((posting) => posting.entry === entry)?.notes ?? 0
  putPosting(top, entry, before, notes)
}

export function knows(entry: KnownEntry, { id }: AskingNote): boolean {
  return entry.isNew || entry.countedFor.has(id)
}

/** Says how many of the entry's notes have a token. */
export function setCount(entry: KnownEntry, token: string, notes: number): void {
  entry.counts.set(token, notes)
  const [sort = ''] = token.split('|', 1)
  const word = token.slice(sort.length + 1)
  if (sort === 'stem') entry.stems.set(word, notes)
  else if (sort === 'name') entry.placeStems.set(word, notes)
  else if (sort === 'person') entry.persons.set(word, notes)
  // The rest only helps to find it.
  else if (!OTHER_SORTS.has(sort)) entry.places.set(token, notes)
}

const OTHER_SORTS = new Set(['', 'kind', 'service'])

/** What was merged speaks with one voice. */
export function toTop(top: readonly [number, number][], byNumber: ReadonlyMap<number, KnownEntry>) {
  const notesOf = new Map<KnownEntry, number>()
  for (const [number, notes] of top) {
    const entry = byNumber.get(number)
    if (entry) notesOf.set(entry, (notesOf.get(entry) ?? 0) + notes)
  }
  return [...notesOf]
    .map(([entry, notes]) => ({ entry, notes }))
    .toSorted((one, other) => other.notes - one.notes || one.entry.number - other.entry.number)
}
