import type { Corpus } from './corpus'
import { type EntryStats, type GrowingEntry, addNote } from './entry-stats'
import { type Posting, type Postings, likeliest, putPosting } from './likeliest'
import type { NoteFeatures } from './note-features'
import { askedTokensOf, tokensOf } from './tokens'

interface GrowingPostings extends Postings<GrowingEntry> {
  notes: number
  entries: number
  top: Posting<GrowingEntry>[]
  notesOf: Map<string, number>
}

/**
 * Which entries a note may fit, in memory: the same answer that a database gives from an index
 * by (mood, token, notes). The cost of a look-up has a bound that no register can move.
 */
export class CandidateIndex {
  readonly #entries = new Map<string, GrowingEntry>()
  readonly #postings = new Map<string, GrowingPostings>()
  readonly #notes = new Map<string, number>()

  get entries(): ReadonlyMap<string, GrowingEntry> {
    return this.#entries
  }

  /** What is known about words, of this mood. */
  corpusOf(mood: string): Corpus {
    return {
      notes: this.#notes.get(mood) ?? 0,
      notesWith: (stem) => this.#postings.get(`${mood}|stem|${stem}`)?.notes ?? 0,
    }
  }

  /** @throws Error when the entry's mood is not the note's */
  add(entry: GrowingEntry, note: NoteFeatures): void {
    if (entry.mood !== note.mood) throw new Error('moods never meet')
    this.#entries.set(entry.id, entry)
    this.#notes.set(note.mood, (this.#notes.get(note.mood) ?? 0) + 1)
    addNote(entry, note)
    for (const token of tokensOf(note)) count(this.#postingsOf(`${note.mood}|${token}`), entry, 1)
  }

  /** Takes an entry out with these notes, which are all that it holds. */
  remove(entry: GrowingEntry, notes: readonly NoteFeatures[]): void {
    this.#entries.delete(entry.id)
    for (const note of notes) {
      this.#notes.set(note.mood, (this.#notes.get(note.mood) ?? 0) - 1)
      for (const token of tokensOf(note))
        count(this.#postingsOf(`${note.mood}|${token}`), entry, -1)
    }
  }

  /**
   * At most sixteen entries of the note's mood, the likeliest first.
   *
   * @param isApart says which entries people keep apart from this note
   */
  find(note: NoteFeatures, isApart: (entry: EntryStats) => boolean = () => false): EntryStats[] {
    const asked = askedTokensOf(note)
      .map((token) => this.#postings.get(`${note.mood}|${token}`))
      .filter((postings) => postings !== undefined)
    return likeliest(asked, this.#notes.get(note.mood) ?? 0, isApart)
  }

  #postingsOf(key: string): GrowingPostings {
    let postings = this.#postings.get(key)
    if (postings === undefined) {
      postings = { notes: 0, entries: 0, top: [], notesOf: new Map() }
      this.#postings.set(key, postings)
    }
    return postings
  }
}

function count(postings: GrowingPostings, entry: GrowingEntry, by: 1 | -1): void {
  const before = postings.notesOf.get(entry.id) ?? 0
  postings.notes += by
  postings.notesOf.set(entry.id, before + by)
  if (before + by <= 0) postings.notesOf.delete(entry.id)
  putPosting(postings.top, entry, before, before + by)
  postings.entries = postings.notesOf.size
}
