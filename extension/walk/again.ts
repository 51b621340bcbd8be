import * as v from 'valibot'

import { PulledSecondWalk } from '#shared/sync'

import type { Fate } from '../home/home'
import type { KeptNote, KeptWalk, Meta, MirrorRow } from '../storage/database'
import type { WalkStart } from './walks'

/** An errand as it was walked before, to be walked again after the fix. */
export interface WalkAgain {
  start: WalkStart
  /** A web page that it begins on; null for wherever somebody is. */
  page: string | null
  /** Null where nobody asked, and it is only offered. */
  askId: string | null
}

export interface KnownAgain {
  walks: readonly KeptWalk[]
  notes: readonly Pick<KeptNote, 'id' | 'walkId' | 'place'>[]
  asks: readonly PulledSecondWalk[]
  /** What was put off, by the ask's id. */
  looked: Meta['looked']
  /** Unix ms. */
  now: number
}

/** A fix that is older than this is no news any more, in ms. */
const NEWS_MS = 60 * 24 * 3_600_000

/** What this person is asked to walk again, the last ask first. */
export function asksIn(mirror: readonly MirrorRow[]): PulledSecondWalk[] {
  return mirror
    .flatMap(({ row }) => {
      const ask = v.safeParse(PulledSecondWalk, row)
      return ask.success && ask.output.state === 'open' ? [ask.output] : []
    })
    .toSorted((one, other) => other.askedAt - one.askedAt)
}

/** What became of a note is walked again where somebody asks for it, or where it is fixed and of late. */
export function walkAgainOf(fate: Fate, known: KnownAgain): WalkAgain | null {
  const { entryId, state, mood, changedAt, closedAs, noteIds } = fate
  const { walks, notes, asks, now } = known
  const isClosed = state === 'closed'
  if (mood !== 'embarrassed' || !(isClosed || state === 'check')) return null
  const ask = asks.find((each) => each.entryId === entryId)
  const note = notes.find(({ id, walkId }) => walkId !== null && noteIds.includes(id))
  const before = walks.find(({ id }) => id === note?.walkId)
  const isNews = isClosed && now - changedAt <= NEWS_MS
  const isFixed = closedAs !== 'cannot-fix' && closedAs !== 'unsuccessful'
  if (ask === undefined && !(isNews && isFixed && before?.errand != null)) return null
  const errand = ask?.errand ?? before?.errand ?? null
  const since = ask?.askedAt ?? changedAt
  // Whoever walked it again in check has seen the fix; closing it makes no other one.
  const isWalked = walks.some((walk) =>
    walk.startedAt > since
      ? walk.againOf === entryId || (errand !== null && walk.errand === errand)
      : ask === undefined && walk.againOf === entryId,
  )
  if (isWalked) return null
  const persona = ask?.persona ?? before?.persona ?? null
  const service = ask?.service ?? before?.service ?? null
  return {
    // Second visits have lost their first eyes.
    start: { errand, persona, service, firstTime: false, againOf: entryId },
    page:
      webPageOf(ask?.page) ??
      (note?.place.kind === 'page' ? webPageOf(`${note.place.origin}/`) : null),
    askId: ask?.id ?? null,
  }
}

/** As it came from outside: an address of any other kind is none. */
function webPageOf(address: string | null | undefined): string | null {
  return address != null && /^https?:/.test(address) && URL.canParse(address) ? address : null
}
