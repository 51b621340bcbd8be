import * as v from 'valibot'

import { type Call, pathPart, toSearch } from '#shared/api/call'
import { OUTCOMES } from '#shared/follow-up'
import { Id } from '#shared/id'
import { EntryState } from '#shared/sync'
import { Ms, textUpTo } from '#shared/text'

/** What single customers were promised, over `/app`. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const Somebody = v.object({ id: Id, name: v.string() })

/** Promises of one entry that are kept by hand: more is a mailing, not recovery. */
export const PROMISES_MAX = 500
/** As many as one paste adds. */
export const PASTE_MAX = 100
export const FOLLOW_UPS_A_PAGE = 50

export const FollowUp = v.object({
  id: Id,
  /** A role, never a name; empty for what came with a note. */
  customer: v.string(),
  /** The desk tool's own number; null where there is none, and for who may only look. */
  reference: v.nullable(v.string()),
  /** Null while its note waits to be grouped. */
  entry: v.nullable(v.object({ number: count, title: v.string(), state: EntryState })),
  promisedBy: v.string(),
  seenThroughBy: v.nullable(Somebody),
  since: Ms,
  saidNoAt: v.nullable(Ms),
  firstContactAt: v.nullable(Ms),
  fixedAt: v.nullable(Ms),
  settledAt: v.nullable(Ms),
  /** The clock that runs out first; null where none runs. */
  dueAt: v.nullable(Ms),
  outcome: v.nullable(v.picklist(OUTCOMES)),
  /** Why it is exempt, or what the customer said. */
  reason: v.string(),
  onTheSpot: v.boolean(),
  version: count,
})
export type FollowUp = v.InferOutput<typeof FollowUp>

/** Promises, and how the clocks of this workspace run. */
const listed = {
  followUps: v.array(FollowUp),
  next: v.nullable(v.string()),
  clocksOnWeekends: v.boolean(),
  /** Who may see a promise through. */
  people: v.array(Somebody),
}

/** `GET /app/follow-ups`: open ones, what runs out first comes first, then what waits for a fix. */
const DueList = v.object({
  ...listed,
  /** Of those who answered in the last quarter, the share whose last answer was yes; null for fewer than five. */
  recovered: v.nullable(v.object({ fraction: v.number(), asked: count })),
})
export type DueList = v.InferOutput<typeof DueList>

/** `GET /app/entries/:number/follow-ups`: open ones first. */
const EntryFollowUps = v.object(listed)
export type EntryFollowUps = v.InferOutput<typeof EntryFollowUps>

/** Up to 1,000; a nav item needs no more. */
const OpenCount = v.object({ open: count, late: count })
export type OpenCount = v.InferOutput<typeof OpenCount>

const Said = v.pipe(textUpTo(1_000), v.trim())
const Reason = v.pipe(Said, v.minLength(1, 'empty'))

/** Customers of one entry who are owed an answer; the ids make sending twice add once. */
export const NewFollowUps = v.strictObject({
  followUps: v.pipe(
    v.array(
      v.strictObject({
        id: Id,
        customer: v.pipe(textUpTo(200), v.trim(), v.minLength(1, 'empty')),
        reference: v.optional(v.nullable(v.pipe(textUpTo(120), v.trim())), null),
        since: Ms,
        seenThroughBy: v.optional(v.nullable(Id), null),
      }),
    ),
    v.minLength(1),
    v.maxLength(PASTE_MAX),
  ),
})
export type NewFollowUps = v.InferOutput<typeof NewFollowUps>

const version = count
/** What somebody does about a promise; another version than the one on screen answers 409 with the row as it is now. */
export const FollowUpAct = v.variant('what', [
  /** Takes it over, or hands it over: with a reason where somebody had it. */
  v.strictObject({
    what: v.literal('see-through'),
    version,
    personId: Id,
    reason: v.optional(Said, ''),
  }),
  v.strictObject({ what: v.literal('contact'), version, at: v.optional(Ms) }),
  v.strictObject({ what: v.literal('satisfied'), version, reason: v.optional(Said, '') }),
  v.strictObject({ what: v.literal('recovered'), version, reason: v.optional(Said, '') }),
  v.strictObject({ what: v.literal('not-satisfied'), version, reason: Reason }),
  v.strictObject({ what: v.literal('exempt'), version, reason: Reason }),
  /** What was typed wrong; a settled promise too. History says that, and neither text. */
  v.strictObject({
    what: v.literal('correct'),
    version,
    customer: v.pipe(textUpTo(200), v.trim()),
    reference: v.nullable(v.pipe(textUpTo(120), v.trim())),
  }),
])
export type FollowUpAct = v.InferInput<typeof FollowUpAct>
export type CheckedAct = v.InferOutput<typeof FollowUpAct>

/** @throws ApiError 404 for an entry or a promise that this workspace does not have */
export function followUpApi(call: Call) {
  return {
    listFollowUps: (after?: string) =>
      call({ method: 'GET', path: `/app/follow-ups${toSearch({ after })}`, answer: DueList }),

    countFollowUps: () => call({ method: 'GET', path: '/app/follow-ups/count', answer: OpenCount }),

    listFollowUpsOf: (entry: number, after?: string) =>
      call({
        method: 'GET',
        path: `/app/entries/${entry}/follow-ups${toSearch({ after })}`,
        answer: EntryFollowUps,
      }),

    /** @throws ApiError 422 `too-many` for an entry whose promises are a mailing */
    addFollowUps: (entry: number, json: v.InferInput<typeof NewFollowUps>) =>
      call({
        method: 'POST',
        path: `/app/entries/${entry}/follow-ups`,
        json,
        answer: v.object({ added: count }),
      }),

    /** @throws ApiError 409 `changed` when somebody else was faster; 422 for what cannot be done about it now */
    actOnFollowUp: (id: string, json: FollowUpAct) =>
      call({
        method: 'POST',
        path: `/app/follow-ups/${pathPart(id)}/acts`,
        json,
        answer: FollowUp,
      }),
  }
}
