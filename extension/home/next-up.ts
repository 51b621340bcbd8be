import type { KeptNote, KeptWalk } from '../storage/database'
import { COMMON_ERRANDS } from '../walk/start-form'
import type { WalkStart } from '../walk/walks'
import type { Fate } from './home'

/** One errand with everything filled in (C12), or one that has waited long enough to be asked about. */
export type NextUp =
  | { kind: 'walk-again'; start: WalkStart; origin: string | null; fixedAt: number }
  | { kind: 'answer'; walkId: string; errand: string | null; waitedMs: number }
  | { kind: 'errand'; start: WalkStart; origin: null }

/** They have had a day: whoever waited that long would look. In ms. */
const LONG_MS = 24 * 3_600_000
/** A fix that is older than this is no news any more, in ms. */
const NEWS_MS = 60 * LONG_MS

interface Known {
  walks: readonly KeptWalk[]
  notes: readonly Pick<KeptNote, 'id' | 'walkId' | 'place'>[]
  fates: readonly Fate[]
  /** Unix ms. */
  now: number
}

/**
 * The errand for the next four minutes: something of one's own that was fixed and not walked
 * since, else one that has waited for them for a day, else a common errand that was never walked
 * from here. Null while nothing of it is left.
 */
export function nextUpOf(known: Known): NextUp | null {
  return walkAgainOf(known) ?? answerOf(known) ?? commonOf(known)
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
