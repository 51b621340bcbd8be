import type { PulledPlan } from '#shared/sync'

import { type KnownAgain, walkAgainOf } from '../walk/again'
import { openLine } from '../walk/plan'
import { COMMON_ERRANDS } from '../walk/start-form'
import type { WalkStart } from '../walk/walks'
import type { Fate } from './home'

/** One errand with everything filled in (C12), or one that has waited long enough to be asked about. */
export type NextUp =
  | { kind: 'plan'; start: WalkStart; page: null; due: string; isShift: boolean }
  | { kind: 'walk-again'; start: WalkStart; page: string | null; fixedAt: number; isAsked: boolean }
  | { kind: 'answer'; walkId: string; errand: string | null; waitedMs: number }
  | { kind: 'unwalked'; start: WalkStart; page: null; service: string }
  | { kind: 'errand'; start: WalkStart; page: null }

/** They have had a day: whoever waited that long would look. In ms. */
const LONG_MS = 24 * 3_600_000
/** What is due within a week comes before everything else, in ms. */
const SOON_MS = 7 * LONG_MS

interface Known extends KnownAgain {
  fates: readonly Fate[]
  /** Open lines of the plan that are this person's, what is due first comes first. */
  plan: readonly PulledPlan[]
  /** A service that nobody has walked for half a year. */
  unwalked: string | null
}

/**
 * The errand for the next four minutes: what somebody asks to have walked again, else what the
 * plan wants within a week, else something of one's own that was fixed and not walked since, else one that has waited for them for a day, else
 * the rest of the plan, else a service that nobody walks, else a common errand that was never
 * walked from here. Null while nothing of it is left.
 */
export function nextUpOf(known: Known): NextUp | null {
  const planned = planOf(known)
  const isSoon = planned !== null && Date.parse(planned.due) - known.now < SOON_MS
  return (
    againOf(known, true) ??
    (isSoon ? planned : null) ??
    againOf(known, false) ??
    answerOf(known) ??
    planned ??
    unwalkedOf(known) ??
    commonOf(known)
  )
}

function planOf({ plan, walks }: Known): Extract<NextUp, { kind: 'plan' }> | null {
  const line = openLine(plan, walks)
  if (line === undefined) return null
  const { id, kind, what, service, due } = line
  const errand = what === '' ? null : kind === 'call' ? `Call ${what}` : what
  const start = { errand, persona: null, service, firstTime: null, planId: id }
  return { kind: 'plan', start, page: null, due, isShift: kind === 'shift' }
}

function unwalkedOf({ unwalked, walks }: Known): NextUp | null {
  if (unwalked === null || walks.some(({ service }) => service === unwalked)) return null
  const start = { errand: null, persona: null, service: unwalked, firstTime: null }
  return { kind: 'unwalked', start, page: null, service: unwalked }
}

function againOf({ fates, ...known }: Known, isAsked: boolean): NextUp | null {
  for (const fate of fates) {
    const again = walkAgainOf(fate, known)
    if (again === null || isAsked !== (again.askId !== null)) continue
    if (again.askId !== null && known.looked[again.askId] !== undefined) continue
    const { start, page } = again
    return { kind: 'walk-again', start, page, fixedAt: fate.changedAt, isAsked }
  }
  return null
}

function answerOf({ walks, now }: Known): NextUp | null {
  const [longest] = walks
    .filter(({ state }) => state === 'waiting')
    .toSorted((one, other) => one.startedAt - other.startedAt)
  if (longest === undefined || now - longest.startedAt < LONG_MS) return null
  const { id, errand, startedAt } = longest
  return { kind: 'answer', walkId: id, errand, waitedMs: now - startedAt }
}

function commonOf({ walks }: Known): NextUp | null {
  const errand = COMMON_ERRANDS.find((each) => walks.every((walk) => walk.errand !== each))
  if (errand === undefined) return null
  const start = { errand, persona: null, service: null, firstTime: null }
  return { kind: 'errand', start, page: null }
}
