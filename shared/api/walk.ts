import * as v from 'valibot'

import { type Call, pathPart, toSearch } from '#shared/api/call'
import { EvidencePicture } from '#shared/api/entry'
import { Id } from '#shared/id'
import { Kind, Mood, Wince } from '#shared/note'
import { Place } from '#shared/place'
import { Step } from '#shared/step'
import { EntryState } from '#shared/sync'
import { Ms, textUpTo } from '#shared/text'
import { Debrief, Totals, Walk } from '#shared/walk'

/** Walks and shifts as far as they were sent, through `/app`. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Walks, notes of one, walks of the same errand, and steps that one answer holds. */
export const WALKS_A_PAGE = 30
export const WALK_MAX_NOTES = 500
export const SAME_ERRAND_MAX = 20
export const STEPS_A_PAGE = 1_000

export const WalkRow = v.object({
  ...v.pick(Walk, [
    'id',
    'kind',
    'state',
    'errand',
    'persona',
    'service',
    'firstTime',
    'startedAt',
    'endedAt',
  ]).entries,
  /** Who walked, for that person and the owner; null for everybody else. */
  leader: v.nullable(v.string()),
  /** Whether the customer got it done; null where nobody said. */
  done: Debrief.entries.done,
  totals: v.object(Totals.entries),
  notes: count,
  /** The worst wince among its notes; null where nobody set one. */
  worst: v.nullable(Wince),
})
export type WalkRow = v.InferOutput<typeof WalkRow>

export const WalksPage = v.object({ walks: v.array(WalkRow), next: v.nullable(v.string()) })
export type WalksPage = v.InferOutput<typeof WalksPage>

/** The query of `GET /app/walks`. */
export const WalksQuery = v.strictObject({ after: v.optional(textUpTo(300)) })

/** A note as its walk shows it. */
export const WalkNote = v.object({
  id: Id,
  at: Ms,
  mood: Mood,
  kind: v.nullable(Kind),
  wince: v.nullable(Wince),
  words: v.string(),
  /** The first wording where it was changed before Send; else null. */
  firstWords: v.nullable(v.string()),
  /** When the words were first kept; null where the browser did not say. */
  wordedAt: v.nullable(Ms),
  expected: v.nullable(v.string()),
  place: Place,
  pictures: v.array(EvidencePicture),
  /** The entry it joined; null while it waits to be grouped. */
  entry: v.nullable(v.object({ number: count, title: v.string(), state: EntryState })),
})
export type WalkNote = v.InferOutput<typeof WalkNote>

/** Another walk of the same errand, to compare with. */
export const SameErrand = v.object({
  id: Id,
  startedAt: Ms,
  done: Debrief.entries.done,
})
export type SameErrand = v.InferOutput<typeof SameErrand>

export const WalkDetail = v.object({
  walk: WalkRow,
  /** What its walker said at the end; null for a walk that goes on. */
  debrief: v.nullable(v.object(v.pick(Debrief, ['done', 'effort', 'line', 'fixFirst']).entries)),
  /** In the order of their times, the first 500. */
  notes: v.array(WalkNote),
  steps: count,
  /** The newest 20, this one not among them. */
  sameErrand: v.array(SameErrand),
})
export type WalkDetail = v.InferOutput<typeof WalkDetail>

/** `next` is for `after`; null on the last page. */
export const StepsPage = v.object({ steps: v.array(Step), next: v.nullable(count) })
export type StepsPage = v.InferOutput<typeof StepsPage>

/**
 * Walks over HTTP, for somebody signed in: a walker's own, and all of them for those who read
 * the register.
 *
 * @throws ApiError 404 for a walk that is not here, or not for this person
 */
export function walkApi(call: Call) {
  return {
    /** Newest first. @throws ApiError 400 `bad-cursor` when `after` belongs to another view */
    listWalks: (query: { after?: string } = {}) =>
      call({ method: 'GET', path: `/app/walks${toSearch(query)}`, answer: WalksPage }),

    getWalk: (id: string) =>
      call({ method: 'GET', path: `/app/walks/${pathPart(id)}`, answer: WalkDetail }),

    /** @param after the number of the step that the page follows; 0 for the first page */
    listSteps: (id: string, after: number) =>
      call({
        method: 'GET',
        path: `/app/walks/${pathPart(id)}/steps${toSearch({ after: String(after) })}`,
        answer: StepsPage,
      }),
  }
}
export type WalkApi = ReturnType<typeof walkApi>

/** Where a walk's story is shown from, or, with its pictures inside, saved from. */
export function storyAddress(id: string, { asFile = false } = {}): string {
  return `/app/walks/${pathPart(id)}/story${asFile ? '?as=file' : ''}`
}
