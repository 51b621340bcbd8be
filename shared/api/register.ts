import * as v from 'valibot'

import { Effort, Impact } from '#shared/entry'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { Channel } from '#shared/place'
import { EntryState } from '#shared/sync'
import { Day, Ms } from '#shared/text'

/** An entry as the dashboard's lists show it. */

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
  /** How often a new note opened it again after it was closed. */
  regressions: count,
  openedAt: Ms,
  changedAt: Ms,
  version: count,
})
export type EntryRow = v.InferOutput<typeof EntryRow>
