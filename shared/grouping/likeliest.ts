export const MAX_CANDIDATES = 16
/** Entries read of one token, those with most notes of it, and of all tokens: what a note may cost. */
export const MAX_READ_A_TOKEN = 64
export const MAX_READ = 1_024
const PRIOR_NOTES = 50
const SMOOTHING = 2

/** An entry as looking for candidates sees it. */
interface Findable {
  number: number
  /** Notes in it. */
  size: number
}

/** How many of an entry's notes have a token. */
export interface Posting<Entry> {
  entry: Entry
  notes: number
}

/** Where a token is, within one mood. */
export interface Postings<Entry> {
  /** Notes that have it. */
  notes: number
  /** Entries that have it. */
  entries: number
  /** Most notes first, then the older entry; no more than may be read of it are looked at. */
  top: readonly Posting<Entry>[]
}

/**
 * At most sixteen entries that a note with these tokens may fit, the likeliest first: naive Bayes
 * over tokens, the rarest read first until the budget is spent.
 *
 * @param asked what is known of each of the note's tokens, in the note's order
 * @param notes in the register, of the note's mood
 */
export function likeliest<Entry extends Findable>(
  asked: readonly Postings<Entry>[],
  notes: number,
  isApart: (entry: Entry) => boolean,
): Entry[] {
  const all = notes + PRIOR_NOTES
  const scores = new Map<Entry, number>()
  let budget = MAX_READ
  for (const { notes: having, entries, top } of asked.toSorted((a, b) => a.notes - b.notes)) {
    const share = Math.min(0.5, (having + 1) / all)
    for (const { entry, notes: own } of top.slice(0, Math.min(MAX_READ_A_TOKEN, budget))) {
      const gain = Math.log((own + SMOOTHING * share) / (entry.size + SMOOTHING) / share)
      scores.set(entry, (scores.get(entry) ?? 0) + gain)
    }
    budget -= Math.min(MAX_READ_A_TOKEN, entries)
    if (budget <= 0) break
  }
  return [...scores]
    .filter(([entry]) => !isApart(entry))
    .toSorted(([one, a], [other, b]) => b - a || one.number - other.number)
    .slice(0, MAX_CANDIDATES)
    .map(([entry]) => entry)
}

/** Moves an entry to where its new count belongs; a new one goes in, one without notes goes out. */
export function putPosting<Entry extends Findable>(
  top: Posting<Entry>[],
  entry: Entry,
  before: number,
  notes: number,
): void {
  if (before > 0) {
    const at = rankOf(top, { entry, notes: before })
    if (top[at]?.entry === entry) top.splice(at, 1)
  }
  const posting = { entry, notes }
  if (notes > 0) top.splice(rankOf(top, posting), 0, posting)
}

/** Where the posting stands, or would. */
function rankOf<Entry extends Findable>(
  top: readonly Posting<Entry>[],
  { entry, notes }: Posting<Entry>,
): number {
  let low = 0
  let high = top.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = top[middle]
    const before =
      at !== undefined &&
      (at.notes > notes || (at.notes === notes && at.entry.number < entry.number))
    if (before) low = middle + 1
    else high = middle
  }
  return low
}
