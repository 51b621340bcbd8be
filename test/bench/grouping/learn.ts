import type { Corpus } from '#shared/grouping/corpus'
import type { EntryStats } from '#shared/grouping/entry-stats'
import { featureValuesOf } from '#shared/grouping/feature-values'
import type { FeatureValues } from '#shared/grouping/features'
import { addScaled, descend, dot } from '#shared/grouping/learn'
import type { NoteFeatures } from '#shared/grouping/note-features'

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

/**
 * Logistic regression by the same means as the ranking; the first input is the bias and is not
 * penalised.
 */
export function fitLogistic(
  rows: readonly { inputs: Float64Array; right: boolean }[],
  ridge: number,
): number[] {
  return descend(new Float64Array(rows[0]?.inputs.length ?? 0), (weights, gradient) => {
    for (const { inputs, right } of rows) {
      const miss = 1 / (1 + Math.exp(-dot(weights, inputs))) - Number(right)
      addScaled(gradient, inputs, miss / rows.length)
    }
    const bias = gradient[0] ?? 0
    addScaled(gradient, weights, ridge / Math.max(1, rows.length))
    gradient[0] = bias
  })
}
