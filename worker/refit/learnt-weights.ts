import * as v from 'valibot'

import { FEATURES } from '#shared/grouping/features'
import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import type { Written } from '../database/write-all'

const Learnt = v.object({
  base: v.literal(WEIGHTS.version),
  weights: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({
      version: v.pipe(v.string(), v.maxLength(40)),
      features: v.object(v.entriesFromList(FEATURES, v.pipe(v.number(), v.finite()))),
    }),
  ),
})

/**
 * The weights that suggest in a workspace: its own, or those that ship where it has none, or has
 * them from another version.
 *
 * @param found what `findLearntWeights` gives
 */
export function toWeights(found: Written | undefined): Weights {
  const learnt = v.safeParse(Learnt, found?.rows[0])
  return learnt.success ? { ...WEIGHTS, ...learnt.output.weights } : WEIGHTS
}

/** What `toWeights` reads. */
export function fromWeights({ version, features }: Weights): string {
  return JSON.stringify({ version, features })
}
