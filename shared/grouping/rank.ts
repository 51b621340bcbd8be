import type { Corpus } from './corpus'
import type { EntryStats } from './entry-stats'
import { featureValuesOf } from './feature-values'
import { FEATURES, type FeatureValues } from './features'
import type { NoteFeatures } from './note-features'
import { CERTAINTY, type Certainty, type Weights } from './weights'

/** An entry, and how the note fits it. */
export interface Valued {
  entry: EntryStats
  values: FeatureValues
}

export interface Ranked extends Valued {
  /** Log-odds before rivals are looked at. */
  score: number
  /** How far it is ahead of the best entry of another root; negative behind it. */
  margin: number
  /** How sure it is that the note belongs here, 0 … 1. */
  p: number
}

/** Beyond this a margin says no more. */
const MAX_MARGIN = 6

/**
 * The pool, the best first; of equals the larger, then the older. Two passes over one logistic:
 * first every feature but the margin, then with the margin to the best rival of another root.
 * Where there is no rival, a middling one is assumed: being alone is no merit.
 */
export function rankEntries(
  note: NoteFeatures,
  pool: readonly EntryStats[],
  corpus: Corpus,
  weights: Weights,
): Ranked[] {
  return rankValued(note, withValues(note, pool, corpus), corpus, weights)
}

/** What ranking looks at, whatever the weights. */
export function withValues(
  note: NoteFeatures,
  pool: readonly EntryStats[],
  corpus: Corpus,
): Valued[] {
  const values = featureValuesOf(note, pool, corpus)
  return pool.map((entry, index) => {
    const own = values[index]
    if (own === undefined) throw new Error('one value an entry')
    return { entry, values: own }
  })
}

/** As `rankEntries`, where the values are known. */
export function rankValued(
  note: NoteFeatures,
  pool: readonly Valued[],
  corpus: Corpus,
  weights: Weights,
): Ranked[] {
  const scored = pool.map((each) => ({ ...each, score: scoreOf(each.values, weights) }))
  const roots = strengthOfRoots(scored.map(({ entry, score }) => ({ root: entry.root, score })))
  const strength = ({ entry }: { entry: EntryStats }) => roots.get(entry.root) ?? 0
  scored.sort(
    (one, other) =>
      strength(other) - strength(one) ||
      other.score - one.score ||
      other.entry.size - one.entry.size ||
      one.entry.number - other.entry.number,
  )
  const best = scored[0]
  const second = scored.find(({ entry }) => entry.root !== best?.entry.root)
  return scored.map((each) => {
    const { entry, score } = each
    const rival = entry.root === best?.entry.root ? second : best
    const margin = marginOf(strength(each), rival && strength(rival), weights.rivalFloor)
    const { size } = entry
    const inputs = certaintyInputs(note, each.values, {
      score,
      margin,
      size,
      notes: corpus.notes,
    })
    return { ...each, margin, p: toProbability(inputs, weights.certainty) }
  })
}

/** Fragments of one root speak together: the log of the sum of their odds, by root. */
function strengthOfRoots(scored: readonly { root: string; score: number }[]): Map<string, number> {
  const odds = new Map<string, number>()
  for (const { root, score } of scored) odds.set(root, (odds.get(root) ?? 0) + Math.exp(score))
  for (const [root, sum] of odds) odds.set(root, Math.log(sum))
  return odds
}

function scoreOf(values: FeatureValues, weights: Weights): number {
  let score = 0
  for (const feature of FEATURES) score += weights.features[feature] * values[feature]
  return score
}

/** How far a score is ahead of its best rival's, at least the floor's. */
export function marginOf(score: number, rival: number | undefined, floor: number): number {
  const ahead = score - Math.max(rival ?? floor, floor)
  return Math.max(-MAX_MARGIN, Math.min(MAX_MARGIN, ahead))
}

/** What being sure rests on, in the order of the weights; see Certainty. */
export function certaintyInputs(
  { places, stems }: NoteFeatures,
  values: Pick<FeatureValues, 'exemplar' | 'grams' | 'placeWords'>,
  { score, margin, size, notes }: { score: number; margin: number; size: number; notes: number },
): Certainty {
  return {
    bias: 1,
    score,
    margin,
    unplaced: places.exact === null && places.page === null ? 1 : 0,
    fewWords: 1 / (1 + stems.length / 3),
    single: size === 1 ? 1 : 0,
    young: 1 / (1 + notes / YOUNG_NOTES),
    exemplar: values.exemplar,
    grams: values.grams,
    placeWords: values.placeWords,
  }
}

/** A register of so many notes is half young. */
const YOUNG_NOTES = 100

function toProbability(inputs: Certainty, weights: Certainty): number {
  let odds = 0
  for (const part of CERTAINTY) odds += weights[part] * inputs[part]
  return 1 / (1 + Math.exp(-odds))
}
