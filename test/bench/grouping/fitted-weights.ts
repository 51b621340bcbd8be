import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import type { Fitted } from './fit'
import folds from './folds.json'
import type { LabelledNote } from './labelled-notes'

const WITHOUT: Partial<Record<string, Fitted>> = folds

/**
 * What ships; but for a walker whose notes it was fitted to, weights that never saw one of that
 * walker's notes, so that nobody is measured on what was learnt from them.
 */
export function fittedWeights({ walker }: Pick<LabelledNote, 'walker'>): Weights {
  const held = walker === null ? undefined : WITHOUT[walker]
  return held === undefined ? WEIGHTS : { ...held, version: `${WEIGHTS.version} without ${walker}` }
}
