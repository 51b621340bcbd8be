import * as v from 'valibot'

import { type Call, toSearch } from '#shared/api/call'
import { EntryNumber, EntryRow, Owner } from '#shared/api/register'
import { PictureType, Sha256 } from '#shared/attachment'
import { Effort, Impact } from '#shared/entry'
import { Told } from '#shared/entry-facts'
import { CloseCode } from '#shared/entry-moves'
import { Id } from '#shared/id'
import { Kind, Money, Mood, Source, Wince } from '#shared/note'
import { Channel, Place } from '#shared/place'
import { EntryState } from '#shared/sync'
import { Day, Ms, textUpTo } from '#shared/text'
import { EntryWork, WORK_FIELDS } from '#shared/work'

/** One entry over `/app`: its evidence and history, and what people judge, find out and decide of it. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Why a note is where it is: what was decided, in one sentence, and what else it could have been. */
export const Why = v.object({
  decision: v.string(),
  sentence: v.string(),
  nextBest: v.array(v.object({ number: EntryNumber, reason: v.string() })),
})
export type Why = v.InferOutput<typeof Why>

export const EvidencePicture = v.object({
  sha256: Sha256,
  type: PictureType,
  width: count,
  height: count,
  covered: count,
  uninspected: count,
  everythingCovered: v.boolean(),
  /** `pending` until its bytes have arrived; `refused` when they were not a picture. */
  state: v.picklist(['pending', 'stored', 'refused']),
})
export type EvidencePicture = v.InferOutput<typeof EvidencePicture>

/** A note as evidence of its entry. */
export const EvidenceNote = v.object({
  id: Id,
  at: Ms,
  author: v.string(),
  mood: Mood,
  kind: v.nullable(Kind),
  wince: v.nullable(Wince),
  money: v.nullable(Money),
  words: v.string(),
  /** The first wording where it was changed before Send; else null. */
  firstWords: v.nullable(v.string()),
  /** When the words were first kept; null where the browser did not say. */
  wordedAt: v.nullable(Ms),
  expected: v.nullable(v.string()),
  source: Source,
  channel: Channel,
  place: Place,
  walk: v.nullable(
    v.object({
      id: Id,
      kind: v.picklist(['errand', 'shift']),
      errand: v.nullable(v.string()),
      persona: v.nullable(v.string()),
    }),
  ),
  pictures: v.array(EvidencePicture),
  why: v.nullable(Why),
  /** True when a person put it here, not grouping. */
  placedByPerson: v.boolean(),
})
export type EvidenceNote = v.InferOutput<typeof EvidenceNote>

export const EvidencePage = v.object({ notes: v.array(EvidenceNote), next: v.nullable(v.string()) })
export type EvidencePage = v.InferOutput<typeof EvidencePage>

/** A line of an entry's history. `before` and `after` are what `what` says they are. */
export const EntryEvent = v.object({
  id: Id,
  at: Ms,
  /** A person's name; null for Wince itself. */
  actor: v.nullable(v.string()),
  what: v.string(),
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  /** The note it is about, where it is about one. */
  note: v.nullable(v.object({ author: v.string(), source: Source })),
})
export type EntryEvent = v.InferOutput<typeof EntryEvent>

export const HistoryPage = v.object({ events: v.array(EntryEvent), next: v.nullable(v.string()) })
export type HistoryPage = v.InferOutput<typeof HistoryPage>

export const EntryDetail = v.object({
  entry: EntryRow,
  /** Where and when its notes happened. */
  firstNoteAt: v.nullable(Ms),
  lastNoteAt: v.nullable(Ms),
  evidence: EvidencePage,
  history: HistoryPage,
  work: EntryWork,
  /** What its customers are told, where that decides how it may end. */
  told: Told,
  /** Who may own an entry here. */
  owners: v.array(Owner),
  /** The number that was asked for, where it was merged into this entry. */
  mergedFrom: v.nullable(EntryNumber),
  /** What was merged into it, at most fifty, with the decision to undo where one is known. */
  mergedIn: v.array(
    v.object({
      number: EntryNumber,
      title: v.string(),
      notes: count,
      decision: v.nullable(Id),
    }),
  ),
})
export type EntryDetail = v.InferOutput<typeof EntryDetail>

const Reason = v.pipe(textUpTo(2_000), v.trim(), v.minLength(1))

/** `PATCH /app/entries/:number`: what people judge, find out and plan. Saying a title confirms it. */
export const EntryChange = v.strictObject({
  /** The version that was on screen; another one answers 409 with the row as it is now. */
  version: count,
  title: v.optional(v.pipe(textUpTo(300), v.trim(), v.minLength(1))),
  impact: v.optional(v.nullable(Impact)),
  effort: v.optional(v.nullable(Effort)),
  owner: v.optional(v.nullable(Id)),
  /** Why it passes from one owner to another, or to nobody: a hand-off without one is refused. */
  reason: v.optional(Reason),
  cost: v.optional(v.nullable(v.pipe(count, v.maxValue(1e12)))),
  due: v.optional(v.nullable(Day)),
  monthly: v.optional(
    v.nullable(
      v.strictObject({
        customers: v.pipe(count, v.maxValue(1e9)),
        source: v.pipe(textUpTo(200), v.trim(), v.minLength(1)),
      }),
    ),
  ),
  ...v.partial(v.strictObject(WORK_FIELDS)).entries,
})
export type EntryChange = v.InferOutput<typeof EntryChange>

/** `POST /app/entries/:number/moves`: where it goes, with what that way asks for. */
export const EntryMove = v.strictObject({
  version: count,
  to: EntryState,
  /** Why it is declined, comes back, or waits. */
  reason: v.optional(Reason),
  /** Until when it waits. */
  until: v.optional(Day),
  /** The customers who wait for it know that. */
  areTold: v.optional(v.boolean()),
  /** How it ended, and what was done, in a line. */
  code: v.optional(CloseCode),
  note: v.optional(Reason),
})
export type EntryMove = v.InferOutput<typeof EntryMove>

/**
 * One entry over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for a number, page or picture that this workspace does not have
 */
export function entryApi(call: Call) {
  return {
    /** A merged number gives the entry it was merged into. */
    getEntry: (number: number) =>
      call({ method: 'GET', path: `/app/entries/${number}`, answer: EntryDetail }),

    listNotes: (number: number, after: string) =>
      call({
        method: 'GET',
        path: `/app/entries/${number}/notes${toSearch({ after })}`,
        answer: EvidencePage,
      }),

    listHistory: (number: number, after: string) =>
      call({
        method: 'GET',
        path: `/app/entries/${number}/history${toSearch({ after })}`,
        answer: HistoryPage,
      }),

    /** @throws ApiError 409 `changed` when somebody else was faster, or has merged it into the one that comes with it */
    changeEntry: (number: number, change: EntryChange) =>
      call({ method: 'PATCH', path: `/app/entries/${number}`, json: change, answer: EntryRow }),

    /** @throws ApiError 409 `changed` as above, 422 `not-yet` while it lacks something */
    moveEntry: (number: number, move: EntryMove) =>
      call({ method: 'POST', path: `/app/entries/${number}/moves`, json: move, answer: EntryRow }),
  }
}
export type EntryApi = ReturnType<typeof entryApi>

/** Where a picture is shown from; the cookie of the page that shows it opens it. */
export function pictureAddress(sha256: string): string {
  return `/app/pictures/${sha256}`
}
