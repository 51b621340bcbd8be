import * as v from 'valibot'

import { EntryState } from '#shared/sync'

/** How many a customer problem touches: 4 stops work or care · 3 costs hours · 2 costs minutes · 1 annoys. */
export const Impact = v.picklist([1, 2, 3, 4])
export type Impact = v.InferOutput<typeof Impact>

export const IMPACT_WORDS = {
  4: 'Stops work or care',
  3: 'Costs hours',
  2: 'Costs minutes',
  1: 'Annoys',
} as const

export const Effort = v.picklist(['S', 'M', 'L', 'XL'])
export type Effort = v.InferOutput<typeof Effort>

export const EFFORT_WORDS = {
  S: 'A day',
  M: 'A week or two',
  L: 'A quarter',
  XL: 'Longer',
} as const

/** States in which nothing is asked of anybody any more. Liked entries are never done. */
const DONE_STATES: readonly EntryState[] = ['closed', 'declined', 'merged', 'withdrawn']

export function isOpen(state: EntryState): boolean {
  return !DONE_STATES.includes(state)
}
