import './platform'
import 'fake-indexeddb/auto'

import { FAULTS, type Fault } from './faults'
import type { Kind } from './findings'
import { readShapes } from './memory-keys'
import type { Mutant } from './mutant'
import { type Outcome, runSchedule } from './schedule'
import { openTwins } from './twins'

/** One schedule on fresh twins. */
export async function runOnTwins(root: string, seed: number, mutant?: Mutant): Promise<Outcome> {
  const shapes = await knownShapes()
  const backend = openTwins(root, seed)
  return runSchedule(seed, { backend, shapes, ...(mutant && { mutant }) })
}

let shapes: ReturnType<typeof readShapes> | undefined

function knownShapes(): ReturnType<typeof readShapes> {
  shapes ??= readShapes()
  return shapes
}

export interface Tally extends Record<Kind, number> {
  schedules: number
  ops: number
  faults: Record<Fault, number>
}

export function newTally(): Tally {
  return {
    schedules: 0,
    ops: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    diverged: 0,
    stuck: 0,
    recalledLeft: 0,
    faults: Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>,
  }
}

/** Schedules that had it, not times that they had it: one lost part loses many steps. */
export function addTo(tally: Tally, { bad, faults, ops }: Outcome): void {
  tally.schedules += 1
  tally.ops += ops
  for (const kind of new Set(bad.map((each) => each.kind))) tally[kind] += 1
  for (const fault of FAULTS) tally.faults[fault] += faults[fault] ?? 0
}
