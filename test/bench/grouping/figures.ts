import { type Agreement, agreementOf } from './agreement'
import type { ForcedStep } from './forced'
import type { FreeStep } from './free'

export interface ForcedFigures {
  notes: number
  joinable: number
  top1: number
  top3: number
  top5: number
  /** Of what joined, how much was right; of what could have joined, how much did and rightly. */
  joinPrecision: number
  joinCoverage: number
  /** Keys to sort every note, and the share of what they would be without suggestions. */
  keys: number
  keysShare: number
}

/** Keys of a reviewer: right as it is; its own entry; the second or third suggestion; a search. */
const KEYS = { right: 1, own: 1, other: 2, search: 6 }

export function forcedFigures(steps: readonly ForcedStep[]): ForcedFigures {
  const joinable = steps.filter((step) => step.joinable)
  const share = (part: number) => (joinable.length === 0 ? 0 : part / joinable.length)
  const top = (most: number) =>
    share(joinable.filter(({ ranked, note }) => ranked.slice(0, most).includes(note.group)).length)
  const joins = steps.filter(({ choice }) => choice.decision === 'join')
  const right = joins.filter(
    ({ joinable: could, ranked, note }) => could && ranked[0] === note.group,
  )
  const keys = steps.reduce((sum, step) => sum + keysFor(step), 0)
  const without = joinable.length * KEYS.search + (steps.length - joinable.length) * KEYS.own
  return {
    notes: steps.length,
    joinable: joinable.length,
    top1: top(1),
    top3: top(3),
    top5: top(5),
    joinPrecision: joins.length === 0 ? 0 : right.length / joins.length,
    joinCoverage: share(right.length),
    keys,
    keysShare: keys / without,
  }
}

/** What is only listed, neither joined nor proposed, costs as much as a second suggestion. */
function keysFor({ joinable, ranked, note, choice }: ForcedStep): number {
  if (!joinable) return KEYS.own
  const rank = ranked.slice(0, 3).indexOf(note.group)
  if (rank === 0 && choice.decision !== 'open') return KEYS.right
  return rank >= 0 ? KEYS.other : KEYS.search
}

export interface FreeFigures {
  notes: number
  /** What joined by itself. */
  hard: Agreement
  /** With what is proposed. */
  shown: Agreement
}

export function freeFigures(steps: readonly FreeStep[]): FreeFigures {
  const truth = steps.map(({ note }) => note.group)
  return {
    notes: steps.length,
    hard: agreementOf(
      steps.map(({ entry }) => entry),
      truth,
    ),
    shown: agreementOf(
      steps.map(({ shown }) => shown),
      truth,
    ),
  }
}

/** Rounds every number in it, for people. */
export function forPrint(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 10_000) / 10_000
  if (Array.isArray(value)) return value.map(forPrint)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, forPrint(part)]))
}
