import * as v from 'valibot'

import type { Call } from '#shared/api/call'
import { Effort, Impact } from '#shared/entry'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { Channel } from '#shared/place'
import { EntryState } from '#shared/sync'
import { Day, Ms } from '#shared/text'
import { WalkState } from '#shared/walk'

/** What the dashboard reads through `/app`: the register and home. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const EntryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const Owner = v.object({ id: Id, name: v.string() })

/** An entry as a row of the register. */
export const EntryRow = v.object({
  number: EntryNumber,
  mood: Mood,
  title: v.string(),
  titleConfirmed: v.boolean(),
  service: v.nullable(v.string()),
  channel: Channel,
  state: EntryState,
  impact: v.nullable(Impact),
  effort: v.nullable(Effort),
  /** The worst wince among its notes; null where nobody set one. */
  worst: v.nullable(Wince),
  notes: count,
  leaders: count,
  /** Somebody called it free to fix. */
  free: v.boolean(),
  owner: v.nullable(Owner),
  /** How often it passed from one owner to another. */
  handOffs: count,
  /** Whole units of the workspace's money; 0 is free, null where nobody said. */
  cost: v.nullable(count),
  /** A day without a time zone. */
  due: v.nullable(Day),
  /** Customers hit in a month, and how that is known; null where nobody counted. */
  monthly: v.nullable(v.object({ customers: count, source: v.string() })),
  /** What its customers were promised. `dueAt` is the clock that runs out first; null where none runs. */
  followUps: v.object({ all: count, open: count, dueAt: v.nullable(Ms) }),
  openedAt: Ms,
  changedAt: Ms,
  version: count,
})
export type EntryRow = v.InferOutput<typeof EntryRow>

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

/** `GET /app/home`: only what the workspace really holds. */
export const Home = v.object({
  open: count,
  free: count,
  /** Leaders who walked in the last 28 days. */
  leadersWalking: count,
  browsers: count,
  week: v.object({ since: Ms, notes: count, liked: count, entries: count }),
  waitingToBeGrouped: count,
  quickWins: v.array(EntryRow),
  newEntries: v.array(EntryRow),
  newestNotes: v.array(HomeNote),
  lastWalks: v.array(HomeWalk),
  /** Services that walks of the last six months name; the ones walked last are in `coverage`. */
  servicesWalked: count,
  coverage: v.array(Coverage),
})
export type Home = v.InferOutput<typeof Home>

/**
 * The register over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for a number, page or picture that this workspace does not have
 */
export function registerApi(call: Call) {
  return {
    home: () => call({ method: 'GET', path: '/app/home', answer: Home }),
  }
}
export type RegisterApi = ReturnType<typeof registerApi>
