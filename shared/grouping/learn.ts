import { FEATURES, type FeatureValues } from './features'

/** An entry that a note could go to, and whether it belongs there. */
export interface Answer {
  /** In the order of the features. */
  row: Float64Array
  right: boolean
}

const STEPS = 200
const STEP_SIZE = 0.05

/**
 * Weights under which the right answers beat the others: a softmax over each note's answers
 * (McFadden 1974, conditional logit), full-batch Adam. Notes without a right or a wrong one teach
 * nothing. Nothing is drawn by lot, so the same data gives the same weights.
 *
 * @param ridge how strongly weights are held at the prior, in notes
 * @param prior where they start, and stay without a reason
 */
export function fitRanking(
  lessons: readonly (readonly Answer[])[],
  ridge: number,
  prior: Float64Array = new Float64Array(FEATURES.length),
): number[] {
  const usable = lessons.filter(isTelling)
  return descend(prior, (weights, gradient) => {
    for (const answers of usable) {
      const scores = answers.map(({ row }) => dot(weights, row))
      const top = Math.max(...scores)
      let all = 0
      let right = 0
      for (let index = 0; index < scores.length; index += 1) {
        const odds = Math.exp((scores[index] ?? 0) - top)
        scores[index] = odds
        all += odds
        if (answers[index]?.right) right += odds
      }
      for (let index = 0; index < scores.length; index += 1) {
        const answer = answers[index]
        const odds = scores[index] ?? 0
        const miss = odds / all - (answer?.right ? odds / right : 0)
        if (answer) addScaled(gradient, answer.row, miss / usable.length)
      }
    }
    const pull = ridge / Math.max(1, usable.length)
    for (let index = 0; index < gradient.length; index += 1)
      gradient[index] =
        (gradient[index] ?? 0) + ((weights[index] ?? 0) - (prior[index] ?? 0)) * pull
  })
}

/** Whether there is something to tell apart. */
export function isTelling(answers: readonly Answer[]): boolean {
  return answers.some(({ right }) => right) && answers.some(({ right }) => !right)
}

/** @param addGradient adds the slope at `weights` to `gradient` */
export function descend(
  start: Float64Array,
  addGradient: (weights: Float64Array, gradient: Float64Array) => void,
): number[] {
  const width = start.length
  const [weights, mean, variance] = [
    Float64Array.from(start),
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

export function named<Name extends string>(
  names: readonly Name[],
  values: ArrayLike<number>,
): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0])) as Record<
    Name,
    number
  >
}

/** Four decimals are enough, and are the same on every machine. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

export function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0)
  return sum
}

export function addScaled(to: Float64Array, values: Float64Array, by: number): void {
  for (let index = 0; index < to.length; index += 1)
    to[index] = (to[index] ?? 0) + (values[index] ?? 0) * by
}
