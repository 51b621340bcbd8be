import { jaccard } from '#shared/grouping/entry-stats'

import type { LabelledNote } from './labelled-notes'

/** How alike a text is to each of those before it. */
export type Similarity = (index: number) => Float64Array

/**
 * Joins the group of the most alike text before it, or starts its own below the threshold. The
 * similarities are asked for once, whatever the number of thresholds.
 */
export function groupsByNearest(
  similarity: Similarity,
  count: number,
  thresholds: readonly number[],
): string[][] {
  const groups = thresholds.map(() => [] as string[])
  for (let index = 0; index < count; index += 1) {
    const alike = similarity(index)
    let best = 0
    for (let other = 1; other < index; other += 1)
      if ((alike[other] ?? 0) > (alike[best] ?? 0)) best = other
    for (const [which, threshold] of thresholds.entries()) {
      const joins = index > 0 && (alike[best] ?? 0) >= threshold
      groups[which]?.push(joins ? (groups[which]?.[best] ?? '') : `n${index}`)
    }
  }
  return groups
}

export function jaccardOf(notes: readonly LabelledNote[]): Similarity {
  return (index) =>
    Float64Array.from({ length: index }, (_, other) =>
      jaccard(notes[index]?.features.stems ?? [], notes[other]?.features.stems ?? []),
    )
}

const SATURATION = 1.2
const LENGTH = 0.75

/**
 * BM25 (Robertson & Zaragoza 2009) of a text against those before it, as a share of what the
 * text scores against itself. Stems occur once in a text.
 */
export function bm25Of(notes: readonly LabelledNote[]): Similarity {
  const frequency = new Map<string, number>()
  const sets: Set<string>[] = []
  let stemsSoFar = 0
  return (index) => {
    const stems = notes[index]?.features.stems ?? []
    const mean = index === 0 ? 1 : Math.max(1, stemsSoFar / index)
    const idf = (stem: string) => {
      const having = frequency.get(stem) ?? 0
      return Math.log(1 + (index - having + 0.5) / (having + 0.5))
    }
    const gain = (length: number) =>
      (SATURATION + 1) / (1 + SATURATION * (1 - LENGTH + (LENGTH * length) / mean))
    const weights = stems.map((stem) => ({ stem, weight: idf(stem) }))
    const own = weights.reduce((sum, { weight }) => sum + weight, 0) * gain(stems.length)
    const alike = Float64Array.from(sets, (set) => {
      let sum = 0
      for (const { stem, weight } of weights) if (set.has(stem)) sum += weight
      return own === 0 ? 0 : (sum * gain(set.size)) / own
    })
    sets.push(new Set(stems))
    stemsSoFar += stems.length
    for (const stem of stems) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
    return alike
  }
}
