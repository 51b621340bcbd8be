import type { Corpus } from './corpus'
import { type EntryStats, type GrowingEntry, addNote } from './entry-stats'
import type { NoteFeatures } from './note-features'
import { askedTokensOf, tokensOf } from './tokens'

export const MAX_CANDIDATES = 16
/** Entries read of one token, those with most notes of it, and of all tokens: what a note may cost. */
const MAX_READ_A_TOKEN = 64
const MAX_READ = 1_024
const PRIOR_NOTES = 50
const SMOOTHING = 2

interface Posting {
  entry: GrowingEntry
  notes: number
}

interface Postings {
  notes: number
  /** Most notes first, then the older entry. */
  sorted: Posting[]
  byEntry: Map<string, Posting>
}

/**
 * Which entries a note may fit, in memory: the same answer that a database gives from an index
 * by (mood, token, notes). The cost of a look-up has a bound that no register can move.
 */
export class CandidateIndex {
  readonly #entries = new Map<string, GrowingEntry>()
  readonly #postings = new Map<string, Postings>()
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
   * At most sixteen entries of the note's mood, the likeliest first: naive Bayes over tokens,
   * the rarest read first until the budget is spent.
   *
   * @param isApart says which entries people keep apart from this note
   */
  find(note: NoteFeatures, isApart: (entry: EntryStats) => boolean = () => false): EntryStats[] {
    const all = (this.#notes.get(note.mood) ?? 0) + PRIOR_NOTES
    const found = askedTokensOf(note)
      .map((token) => this.#postings.get(`${note.mood}|${token}`))
      .filter((postings) => postings !== undefined)
      .toSorted((one, other) => one.notes - other.notes)
    const scores = new Map<GrowingEntry, number>()
    let budget = MAX_READ
    for (const { notes, sorted } of found) {
      const share = Math.min(0.5, (notes + 1) / all)
      for (const { entry, notes: own } of sorted.slice(0, Math.min(MAX_READ_A_TOKEN, budget))) {
        const gain = Math.log((own + SMOOTHING * share) / (entry.size + SMOOTHING) / share)
        scores.set(entry, (scores.get(entry) ?? 0) + gain)
      }
      budget -= Math.min(MAX_READ_A_TOKEN, sorted.length)
      if (budget <= 0) break
    }
    return [...scores]
      .filter(([entry]) => !isApart(entry))
      .toSorted(([one, a], [other, b]) => b - a || one.number - other.number)
      .slice(0, MAX_CANDIDATES)
      .map(([entry]) => entry)
  }

  #postingsOf(key: string): Postings {
    let postings = this.#postings.get(key)
    if (postings === undefined) {
      postings = { notes: 0, sorted: [], byEntry: new Map() }
      this.#postings.set(key, postings)
    }
    return postings
  }
}

/** Moves one entry to where its new count belongs; a new one goes to the end at once. */
function count(postings: Postings, entry: GrowingEntry, by: 1 | -1): void {
  postings.notes += by
  const { sorted, byEntry } = postings
  const posting = byEntry.get(entry.id) ?? { entry, notes: 0 }
  if (byEntry.has(entry.id)) sorted.splice(rankOf(sorted, posting), 1)
  posting.notes += by
  if (posting.notes > 0) {
    byEntry.set(entry.id, posting)
    sorted.splice(rankOf(sorted, posting), 0, posting)
  } else byEntry.delete(entry.id)
}

/** Where the posting stands, or would. */
function rankOf(sorted: readonly Posting[], { entry, notes }: Posting): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = sorted[middle]
    const before =
      at !== undefined &&
      (at.notes > notes || (at.notes === notes && at.entry.number < entry.number))
    if (before) low = middle + 1
    else high = middle
  }
  return low
}
