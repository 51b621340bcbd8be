import fc from 'fast-check'

import type { NewDecisionInput } from '#shared/api/triage'

const WORDS = ['printer', 'password', 'queue', 'laptop', 'badge', 'menu', 'form', 'hold']
const SERVICES = [null, 'Printing', 'print', 'Network']
const WHATS = [
  'confirm',
  'confirm',
  'suggest',
  'own',
  'decline',
  'move',
  'split',
  'merge',
  'merge',
  'rename',
  'decline-entry',
  'share',
  'service',
  'entry-service',
  'later',
] as const satisfies readonly NewDecisionInput['what'][]

const pick = fc.nat({ max: 1_000 })

/** One thing that somebody does; what it is about is chosen among what there is by then. */
export const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('note' as const),
      leader: fc.integer({ min: 0, max: 2 }),
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 0, maxLength: 5 }),
      place: fc.integer({ min: 0, max: 3 }),
      isLiked: fc.boolean(),
      service: fc.constantFrom(...SERVICES),
      wince: fc.constantFrom(null, 1, 3),
      asks: fc.option(pick),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      what: fc.constantFrom(...WHATS),
      notes: fc.array(pick, { minLength: 1, maxLength: 3 }),
      entry: pick,
      into: pick,
      by: fc.integer({ min: 0, max: 1 }),
      isUndoneAtOnce: fc.boolean(),
      isSentTwice: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recall' as const), which: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), which: pick }) },
)
export type Act = typeof act extends fc.Arbitrary<infer Each> ? Each : never
