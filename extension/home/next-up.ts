import type { PulledPlan } from '#shared/sync'

import type { KeptNote, KeptWalk } from '../storage/database'
import { openLine } from '../walk/plan'
import { COMMON_ERRANDS } from '../walk/start-form'
import type { WalkStart } from '../walk/walks'
import type { Fate } from './home'

/** One errand with everything filled in (C12), or one that has waited long enough to be asked about. */
export type NextUp =
  | { kind: 'plan'; start: WalkStart; origin: null; due: string; isShift: boolean }
  | { kind: 'walk-again'; start: WalkStart; origin: string | null; fixedAt: number }
  | { kind: 'answer'; walkId: string; errand: string | null; waitedMs: number }
  | { kind: 'unwalked'; start: WalkStart; origin: null; service: string }
  | { kind: 'errand'; start: WalkStart; origin: null }

/** They have had a day: whoever waited that long would look. In ms. */
const LONG_MS = 24 * 3_600_000
/** A fix that is older than this is no news any more, in ms. */
const NEWS_MS = 60 * LONG_MS

/** What is due within a week comes before everything else, in ms. */
const SOON_MS = 7 * LONG_MS

interface Known {
  walks: readonly KeptWalk[]
  notes: readonly Pick<KeptNote, 'id' | 'walkId' | 'place'>[]
  fates: readonly Fate[]
  /** Open lines of the plan that are this person's, what is due first comes first. */
  plan: readonly PulledPlan[]
  /** A service that nobody has walked for half a year. */
  unwalked: string | null
  /** Unix ms. */
  now: number
}

/**
 * The errand for the next four minutes: what the plan wants within a week, else something of
 * one's own that was fixed and not walked since, else one that has waited for them for a day, else
 * the rest of the plan, else a service that nobody walks, else a common errand that was never
 * walked from here. Null while nothing of it is left.
 */
export function nextUpOf(known: Known): NextUp | null {
  const planned = planOf(known)
  const isSoon = planned !== null && Date.parse(planned.due) - known.now < SOON_MS
  return (
    (isSoon ? planned : null) ??
    walkAgainOf(known) ??
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
  return { kind: 'plan', start, origin: null, due, isShift: kind === 'shift' }
}

function unwalkedOf({ unwalked, walks }: Known): NextUp | null {
  if (unwalked === null || walks.some(({ service }) => service === unwalked)) return null
  const start = { errand: null, persona: null, service: unwalked, firstTime: null }
  return { kind: 'unwalked', start, origin: null, service: unwalked }
}

function walkAgainOf({ walks, notes, fates, now }: Known): NextUp | null {
  for (const { state, mood, changedAt, noteIds } of fates) {
    if (state !== 'closed' || mood !== 'embarrassed' || now - changedAt > NEWS_MS) continue
    const note = notes.find(({ id, walkId }) => walkId !== null && noteIds.includes(id))
    const before = walks.find(({ id }) => id === note?.walkId)
    if (note === undefined || before === undefined || before.errand === null) continue
    const { errand, persona, service } = before
    const isWalkedSince = walks.some((walk) => walk.errand === errand && walk.startedAt > changedAt)
    if (isWalkedSince) continue
    const origin = note.place.kind === 'page' ? note.place.origin : null
    // Second visits have lost their first eyes.
    const start = { errand, persona, service, firstTime: false }
    return { kind: 'walk-again', start, origin, fixedAt: changedAt }
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
  return { kind: 'errand', start, origin: null }
}
