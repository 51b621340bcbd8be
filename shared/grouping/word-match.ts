import { type Corpus, shareOf } from './corpus'
import type { EntryStats } from './entry-stats'
import type { FeatureValues } from './features'
import type { NoteFeatures } from './note-features'

export type WordValues = Pick<
  FeatureValues,
  'centroid' | 'exemplar' | 'grams' | 'placeWords' | 'wordsOfPlace'
>

/** Notes with everybody's words that each entry is taken to hold (Dirichlet smoothing). */
const SMOOTHING = 2
/** An entry with fewer grams is compared as if it had so many: two short texts fit by chance. */
const FEWEST_GRAMS = 20

/** How the note's words fit each of the pool's entries. */
export function matchWords(
  note: NoteFeatures,
  pool: readonly EntryStats[],
  corpus: Corpus,
): WordValues[] {
  const stems = note.stems.map((stem) => weigh(stem, corpus))
  const placeStems = note.placeStems.map((stem) => weigh(stem, corpus))
  const weights = new Map(stems.map(({ stem, weight }) => [stem, weight]))
  const all = stems.reduce((sum, { weight }) => sum + weight, 0)
  const mean = stems.length === 0 ? 1 : all / stems.length
  return pool.map((entry) => {
    let centroid = 0
    for (const { stem, share } of stems) {
      const own = entry.stems.get(stem) ?? 0
      if (own > 0)
        centroid += Math.log((own + SMOOTHING * share) / (entry.size + SMOOTHING) / share)
    }
    let exemplar = 0
    for (const each of entry.exemplars) {
      let shared = 0
      for (const stem of each) shared += weights.get(stem) ?? 0
      if (shared > 0) exemplar = Math.max(exemplar, (2 * shared) / (all + each.length * mean))
    }
    let grams = 0
    for (const gram of note.grams) if (entry.grams.has(gram)) grams += 1
    return {
      centroid: centroid / Math.sqrt(stems.length + 4),
      exemplar,
      grams:
        grams === 0
          ? 0
          : grams / Math.sqrt(note.grams.length * Math.max(FEWEST_GRAMS, entry.grams.size)),
      placeWords: cover(placeStems, entry.placeStems, entry.size),
      wordsOfPlace: Math.max(
        cover(stems, entry.placeStems, entry.size),
        cover(placeStems, entry.stems, entry.size),
      ),
    }
  })
}

interface Weighed {
  stem: string
  share: number
  /** The rarer the stem, the more. */
  weight: number
}

function weigh(stem: string, corpus: Corpus): Weighed {
  const share = shareOf(corpus, stem)
  return { stem, share, weight: -Math.log(share) }
}

/** How much of the stems' weight half of an entry's notes, or more, share; 0 … 1. */
function cover(
  stems: readonly Weighed[],
  counts: ReadonlyMap<string, number>,
  size: number,
): number {
  let own = 0
  let all = 0
  for (const { stem, weight } of stems) {
    all += weight
    own += weight * Math.min(1, (2 * (counts.get(stem) ?? 0)) / (size + 1))
  }
  return all === 0 ? 0 : own / all
}
