/** What the register as a whole says about words; of the asking note's mood. */
export interface Corpus {
  /** Notes in the register. */
  notes: number
  /** How many of them use this stem. */
  notesWith(stem: string): number
}

/** Notes that a young register is taken to have had already, so that its first words say little. */
const PRIOR_NOTES = 50
const MOST = 0.5

/** The share of notes that use a stem, between 0 and a half; never 0. */
export function shareOf(corpus: Corpus, stem: string): number {
  return Math.min(MOST, (corpus.notesWith(stem) + 1) / (corpus.notes + PRIOR_NOTES))
}
