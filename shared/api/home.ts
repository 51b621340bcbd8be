import * as v from 'valibot'

import type { Call } from '#shared/api/call'
import { EntryRow } from '#shared/api/register'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { Channel } from '#shared/place'
import { Ms } from '#shared/text'
import { WalkState } from '#shared/walk'

/** What is new and what waits, over `/app`. */

/** Home counts no further: one more than this says that there are more, so that it costs the same for everybody. */
export const COUNTED_TO = 200

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const EntryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const HomeWalk = v.object({
  id: Id,
  kind: v.picklist(['errand', 'shift']),
  state: WalkState,
  errand: v.nullable(v.string()),
  persona: v.nullable(v.string()),
  service: v.nullable(v.string()),
  leader: v.string(),
  startedAt: Ms,
  elapsedMs: count,
  waitingMs: count,
  done: v.nullable(v.picklist(['yes', 'partly', 'no'])),
  notes: count,
})

const HomeNote = v.object({
  id: Id,
  at: Ms,
  author: v.string(),
  mood: Mood,
  wince: v.nullable(Wince),
  words: v.string(),
  service: v.nullable(v.string()),
  channel: Channel,
  /** The entry it joined; null while it waits to be grouped. */
  entry: v.nullable(v.object({ number: EntryNumber, title: v.string() })),
})

/** One service in the last months: the worst wince of each, and when it was walked last. */
const Coverage = v.object({
  service: v.string(),
  lastWalkedAt: Ms,
  months: v.array(
    v.object({
      /** `2026-11`, UTC. */
      month: v.string(),
      /** null: walked, nothing graded. */
      worst: v.nullable(Wince),
    }),
  ),
})
export type Coverage = v.InferOutput<typeof Coverage>

/** A customer who waits to hear from us. */
const HomeFollowUp = v.object({
  id: Id,
  /** Who it is, as a role; empty where nobody said. */
  customer: v.string(),
  /** The clock that runs out first, Unix ms. */
  dueAt: Ms,
  /** `word`: to hear from us at all · `solved`: to be asked whether it is solved. */
  waitsFor: v.picklist(['word', 'solved']),
  seenThroughBy: v.nullable(v.string()),
  /** Null while its note waits to be grouped. */
  entry: v.nullable(v.object({ number: EntryNumber, title: v.string() })),
})
export type HomeFollowUp = v.InferOutput<typeof HomeFollowUp>

/** Something that got better. */
const Better = v.object({
  number: EntryNumber,
  /** What customers are told that changed, or the entry's title where nobody said. */
  words: v.string(),
})

/** `GET /app/home`: only what the workspace really holds. No figure goes past one more than `COUNTED_TO`. */
export const Home = v.object({
  open: count,
  free: count,
  /** Leaders who walked in the last 28 days. */
  leadersWalking: count,
  browsers: count,
  week: v.object({ since: Ms, notes: count, liked: count, entries: count, reopened: count }),
  waitingToBeGrouped: count,
  waitingForTriage: count,
  /** Customers whose 24 hours are over; the list begins with them, and goes on with those that have less than six hours. */
  late: count,
  followUps: v.array(HomeFollowUp),
  /** Closed in seven days with a success, the last first. */
  better: v.array(Better),
  quickWins: v.array(EntryRow),
  /** Open entries that nobody owns, the newest first. */
  unowned: v.array(EntryRow),
  /** Who may own an entry here. */
  owners: v.array(v.object({ id: Id, name: v.string() })),
  newestNotes: v.array(HomeNote),
  lastWalks: v.array(HomeWalk),
  /** Services that the last walks of six months name; the ones walked last are in `coverage`. */
  servicesWalked: count,
  coverage: v.array(Coverage),
})
export type Home = v.InferOutput<typeof Home>

export function homeApi(call: Call) {
  return { home: () => call({ method: 'GET', path: '/app/home', answer: Home }) }
}
export type HomeApi = ReturnType<typeof homeApi>
