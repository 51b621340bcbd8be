import type { Corpus } from '#shared/grouping/corpus'
import type { EntryStats } from '#shared/grouping/entry-stats'
import { featureValuesOf } from '#shared/grouping/feature-values'
import type { NoteFeatures } from '#shared/grouping/note-features'
import { FEATURES, type FeatureValues } from '#shared/grouping/features'

/** One note with its candidates; several are right where an entry has fragments. */
export interface Lesson {
  note: NoteFeatures
  /** Notes in the register by then. */
  notes: number
  candidates: { values: FeatureValues; root: string; size: number; right: boolean }[]
}

export function toLesson(
  note: NoteFeatures,
  pool: readonly EntryStats[],
  corpus: Corpus,
  isRight: (entry: EntryStats) => boolean,
): Lesson {
  const values = featureValuesOf(note, pool, corpus)
  const candidates = pool.flatMap((entry, index) => {
    const own = values[index]
    if (own === undefined) return []
    return [{ values: own, root: entry.root, size: entry.size, right: isRight(entry) }]
  })
  return { note, notes: corpus.notes, candidates }
}

const STEPS = 200
const STEP_SIZE = 0.05

/**
 * Weights under which the right candidates beat the others: a softmax over each note's
 * candidates (McFadden 1974, conditional logit), ridge-penalised, full-batch Adam. Nothing is
 * drawn by lot, so the same data gives the same weights.
 */
export function fitRanking(lessons: readonly Lesson[], ridge: number): number[] {
  const usable = lessons
    .map(({ candidates }) => candidates.map(({ values, right }) => ({ row: toRow(values), right })))
    .filter((all) => all.some(({ right }) => right) && all.some(({ right }) => !right))
  return descend(FEATURES.length, (weights, gradient) => {
    for (const candidates of usable) {
      const scores = candidates.map(({ row }) => dot(weights, row))
      const top = Math.max(...scores)
      let all = 0
      let right = 0
      for (let index = 0; index < scores.length; index += 1) {
        const odds = Math.exp((scores[index] ?? 0) - top)
        scores[index] = odds
        all += odds
        if (candidates[index]?.right) right += odds
      }
      for (let index = 0; index < scores.length; index += 1) {
        const candidate = candidates[index]
        const odds = scores[index] ?? 0
        const miss = odds / all - (candidate?.right ? odds / right : 0)
        if (candidate) addScaled(gradient, candidate.row, miss / usable.length)
      }
    }
    addScaled(gradient, weights, ridge / Math.max(1, usable.length))
  })
}

/** Logistic regression by the same means; the first input is the bias and is not penalised. */
export function fitLogistic(
  rows: readonly { inputs: Float64Array; right: boolean }[],
  ridge: number,
): number[] {
  return descend(rows[0]?.inputs.length ?? 0, (weights, gradient) => {
    for (const { inputs, right } of rows) {
      const miss = 1 / (1 + Math.exp(-dot(weights, inputs))) - Number(right)
      addScaled(gradient, inputs, miss / rows.length)
    }
    const bias = gradient[0] ?? 0
    addScaled(gradient, weights, ridge / Math.max(1, rows.length))
    gradient[0] = bias
  })
}

function descend(
  width: number,
  addGradient: (weights: Float64Array, gradient: Float64Array) => void,
): number[] {
  const [weights, mean, variance] = [
    new Float64Array(width),
    new Float64Array(width),
    new Float64Array(width),
  ]
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(width)
    addGradient(weights, gradient)
    for (let index = 0; index < width; index += 1) {
      const slope = gradient[index] ?? 0
      const first = 0.9 * (mean[index] ?? 0) + 0.1 * slope
      const second = 0.99 * (variance[index] ?? 0) + 0.01 * slope * slope
      mean[index] = first
      variance[index] = second
      const scaled = first / (1 - 0.9 ** step) / (Math.sqrt(second / (1 - 0.99 ** step)) + 1e-8)
      weights[index] = (weights[index] ?? 0) - STEP_SIZE * scaled
    }
  }
  return [...weights]
}

export function toRow(values: FeatureValues): Float64Array {
  return Float64Array.from(FEATURES, (feature) => values[feature])
}

export function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0)
  return sum
}

function addScaled(to: Float64Array, values: Float64Array, by: number): void {
  for (let index = 0; index < to.length; index += 1)
    to[index] = (to[index] ?? 0) + (values[index] ?? 0) * by
}
