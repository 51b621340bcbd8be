import * as v from 'valibot'

import { type Call, pathPart } from '#shared/api/call'
import { Id } from '#shared/id'
import type { EntryState } from '#shared/sync'
import { Ms } from '#shared/text'
import { Debrief } from '#shared/walk'

/** Walking an entry's errand again once it is fixed, over `/app`. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Pairs of walks on an entry's page, the newest. */
export const PAIRS_SHOWN = 5

/** States in which there is a fix to look at. */
const FIXED_STATES: readonly EntryState[] = ['check', 'closed']

export function mayBeWalkedAgain(state: EntryState): boolean {
  return FIXED_STATES.includes(state)
}

/** What a walk came to. */
const WalkFigures = v.object({
  id: Id,
  startedAt: Ms,
  elapsedMs: count,
  waitingMs: count,
  pages: count,
  /** Notes of what embarrassed its walker. */
  winces: count,
  done: Debrief.entries.done,
})
export type WalkFigures = v.InferOutput<typeof WalkFigures>

/** `GET /app/entries/:number/second-walks`. Who was asked stands nowhere but in their own browsers. */
export const Again = v.object({
  asked: v.object({
    leaders: count,
    walked: count,
    open: count,
    /** When it was asked last, and by whom; null where nobody was. */
    last: v.nullable(v.object({ at: Ms, by: v.string() })),
  }),
  /** The newest first. `first` is the walk of the same errand before; null where that is not here any more. */
  pairs: v.array(v.object({ first: v.nullable(WalkFigures), second: WalkFigures })),
  /** How often a new note opened the entry again. */
  regressions: count,
})
export type Again = v.InferOutput<typeof Again>

const path = (number: number) => `/app/entries/${pathPart(String(number))}/second-walks`

/** @throws ApiError 404 for an entry that is not here */
export function againApi(call: Call) {
  return {
    readAgain: (number: number) => call({ method: 'GET', path: path(number), answer: Again }),

    /** Asks those who noted it. @throws ApiError 422 `not-fixed`, `not-for-liked` or `nobody-to-ask` */
    askForSecondWalk: (number: number) =>
      call({ method: 'POST', path: path(number), json: {}, answer: Again }),

    /** Takes back what is asked and not walked yet. */
    dropSecondWalks: (number: number) =>
      call({ method: 'DELETE', path: path(number), answer: Again }),
  }
}
export type AgainApi = ReturnType<typeof againApi>
