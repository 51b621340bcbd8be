import * as v from 'valibot'

import { PulledPlan } from '#shared/sync'

import type { KeptWalk, MirrorRow } from '../storage/database'

/** This person's open lines of the plan, what is due first comes first. */
export function planIn(mirror: readonly MirrorRow[]): PulledPlan[] {
  return mirror
    .flatMap(({ row }) => {
      const line = v.safeParse(PulledPlan, row)
      return line.success && line.output.state === 'open' ? [line.output] : []
    })
    .toSorted((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0))
}

/** The first of these lines that no walk from here carries out yet. */
export function openLine(
  plan: readonly PulledPlan[],
  walks: readonly Pick<KeptWalk, 'planId'>[],
): PulledPlan | undefined {
  return plan.find(({ id }) => walks.every(({ planId }) => planId !== id))
}
