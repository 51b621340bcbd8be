import { FEATURES } from './features'
import { tokenHasher } from './hashed-token'
import { type Answer, dot, fitRanking, isTelling, named, rounded, toRow } from './learn'
import type { Weights } from './weights'

/** How strongly the weights that ship hold, in decisions. */
const RIDGE = 32
const FEWEST_LESSONS = 30
/** Of the lessons, the newest: what was learnt from the others has to be better there. */
const TRIAL_SHARE = 0.25

/**
 * The weights of a workspace: those that ship, pulled to what its people decided. Only the
 * ranking is learnt; how sure it is, and what is enough to propose, stays. The same decisions in
 * the same order give the same weights, and the version says which these are.
 *
 * @param lessons what was suggested for each note, and where people put it; the newest first
 * @returns null where they are too few, or where weights from the older ones would not have put
 *   more of the newest first than those that ship
 */
export function refitted(base: Weights, lessons: readonly (readonly Answer[])[]): Weights | null {
  const telling = lessons.filter(isTelling)
  if (telling.length < FEWEST_LESSONS) return null
  const shipped = toRow(base.features)
  const newest = Math.ceil(telling.length * TRIAL_SHARE)
  const trial = telling.slice(0, newest)
  const tried = fitRanking(telling.slice(newest), RIDGE, shipped)
  if (countRight(Float64Array.from(tried), trial) <= countRight(shipped, trial)) return null
  const learnt = fitRanking(telling, RIDGE, shipped).map(rounded)
  const version = `${base.version}+${hashed(JSON.stringify(learnt))}`
  return { ...base, version, features: named(FEATURES, learnt) }
}

/** In how many lessons the right answer comes before all others. */
function countRight(weights: Float64Array, lessons: readonly (readonly Answer[])[]): number {
  const best = (answers: readonly Answer[], isRight: boolean) =>
    Math.max(
      ...answers.filter(({ right }) => right === isRight).map(({ row }) => dot(weights, row)),
    )
  return lessons.filter((answers) => best(answers, true) > best(answers, false)).length
}

function hashed(text: string): string {
  return tokenHasher('')(text).toString(16).padStart(8, '0')
}
