import type { Feature } from './features'
import shipped from './weights.json'

/** What turns a score into how sure it is. */
export const CERTAINTY = [
  'bias',
  'score',
  'margin',
  /** The note has no place. */
  'unplaced',
  /** 1 without words, towards 0 with many. */
  'fewWords',
  /** The entry has one note only. */
  'single',
  /** 1 for an empty register, towards 0 as it grows. */
  'young',
  /** As in the features: how alike, whatever the rivals are. */
  'exemplar',
  'grams',
  'placeWords',
] as const
export type Certainty = Record<(typeof CERTAINTY)[number], number>

/** What fitting found; data, so that a workspace can have its own. */
export interface Weights {
  /** Stored with each placement; later weights change no past. */
  version: string
  /** For ranking. */
  features: Record<Feature, number>
  certainty: Certainty
  /** The score of a rival where there is none. */
  rivalFloor: number
  /** From here on a note joins by itself. */
  join: number
  /** From here on an entry is proposed. */
  propose: number
}

/** What ships: written by `npm run fit:grouping`, with where it comes from beside it. */
export const WEIGHTS: Weights = shipped
