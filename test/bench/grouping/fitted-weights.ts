import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import type { Fitted } from './fit'
import folds from './folds.json'
import type { LabelledNote } from './labelled-notes'

const WITHOUT: Partial<Record<string, Fitted>> = folds

/**
 * What ships; but for a walker, or a file without walkers, whose notes it was fitted to, weights
 * that never saw one of them, so that nobody is measured on what was learnt from them.
 */
export function fittedWeights({ unit }: Pick<LabelledNote, 'unit'>): Weights {
  const held = Object.hasOwn(WITHOUT, unit) ? WITHOUT[unit] : undefined
  return held === undefined ? WEIGHTS : { ...held, version: `${WEIGHTS.version} without ${unit}` }
}
