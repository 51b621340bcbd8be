import { FEATURES } from '#shared/grouping/features'
import { dot, fitRanking, named, rounded, toRow } from '#shared/grouping/learn'
import { certaintyInputs, marginOf } from '#shared/grouping/rank'
import { CERTAINTY, type Weights } from '#shared/grouping/weights'

import { forcedLessons } from './forced'
import { freeLessons } from './free'
import { type LabelledNote, inRandomOrder, inTimeOrder } from './labelled-notes'
import { type Lesson, fitLogistic } from './learn'

const RIDGE = 4
/** Each note is learnt from as it came and in so many orders that it might have come in. */
const RANDOM_ORDERS = 2
/** Candidates of a note, the best first, from which being sure is learnt. */
const CONSIDERED = 3
/** While learning; how a register grows unattended must not change with what is chosen below. */
const LESSON_JOIN = 0.66
const LESSON_PROPOSE = 0.43
/** Chosen with the bench: joins that are right nine times of ten, most agreement with proposals. */
const JOIN = 0.63
const PROPOSE = 0.43

export type Fitted = Omit<Weights, 'version'>

/**
 * First from registers that people have sorted, then also from those that grew unattended with
 * the first weights, which hold fragments and wrong notes.
 */
export function fitWeights(files: readonly (readonly LabelledNote[])[], seed: number): Fitted {
  const orders = files.flatMap((notes) => [
    inTimeOrder(notes),
    ...Array.from({ length: RANDOM_ORDERS }, (_, order) => inRandomOrder(notes, seed + order)),
  ])
  const sorted = orders.flatMap(forcedLessons)
  const first = {
    ...fitLessons(sorted),
    version: 'first',
    join: LESSON_JOIN,
    propose: LESSON_PROPOSE,
  }
  const grown = orders.flatMap((notes) => freeLessons(notes, first))
  return fitLessons([...sorted, ...grown])
}

function fitLessons(lessons: readonly Lesson[]): Fitted {
  const answers = lessons.map(({ candidates }) =>
    candidates.map(({ values, right }) => ({ row: toRow(values), right })),
  )
  const ranking = Float64Array.from(fitRanking(answers, RIDGE), rounded)
  const scored = lessons.map(({ candidates, ...lesson }) => ({
    ...lesson,
    candidates: candidates
      .map((each) => ({ ...each, score: dot(ranking, toRow(each.values)) }))
      .toSorted((one, other) => other.score - one.score),
  }))
  const rivalFloor = rounded(medianRival(scored.map(({ candidates }) => candidates)))
  const rows = scored.flatMap(({ note, notes, candidates }) =>
    candidates.slice(0, CONSIDERED).map(({ values, score, root, size, right }) => {
      const rival = candidates.find((other) => other.root !== root)?.score
      const margin = marginOf(score, rival, rivalFloor)
      const inputs = certaintyInputs(note, values, { score, margin, size, notes })
      return { inputs: Float64Array.from(CERTAINTY, (part) => inputs[part]), right }
    }),
  )
  const certainty = fitLogistic(rows, 1).map(rounded)
  return {
    features: named(FEATURES, ranking),
    certainty: named(CERTAINTY, certainty),
    rivalFloor,
    join: JOIN,
    propose: PROPOSE,
  }
}

/** The middle of the best wrong candidates' scores. */
function medianRival(all: readonly (readonly { score: number; right: boolean }[])[]): number {
  const best = all
    .map((candidates) => candidates.find(({ right }) => !right)?.score)
    .filter((score) => score !== undefined)
    .toSorted((one, other) => one - other)
  return best[Math.floor(best.length / 2)] ?? 0
}
