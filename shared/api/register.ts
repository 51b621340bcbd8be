import * as v from 'valibot'

import { type Call, toSearch } from '#shared/api/call'
import { PictureType, Sha256 } from '#shared/attachment'
import { Effort, Impact } from '#shared/entry'
import { Id } from '#shared/id'
import { Kind, Money, Mood, Source, Wince } from '#shared/note'
import { Channel, Place } from '#shared/place'
import { EntryState } from '#shared/sync'
import { Day, Ms, textUpTo } from '#shared/text'
import { WalkState } from '#shared/walk'

/** What the dashboard reads and changes through `/app`: entries, home, and the pictures. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const Owner = v.object({ id: Id, name: v.string() })

/** An entry as a row of the register. */
export const EntryRow = v.object({
  number: entryNumber,
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

/** Why a note is where it is: what was decided, in one sentence, and what else it could have been. */
export const Why = v.object({
  decision: v.string(),
  sentence: v.string(),
  nextBest: v.array(v.object({ number: entryNumber, reason: v.string() })),
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
  /** Who may own an entry here. */
  owners: v.array(Owner),
  /** The number that was asked for, where it was merged into this entry. */
  mergedFrom: v.nullable(entryNumber),
  /** What was merged into it, at most fifty, with the decision to undo where one is known. */
  mergedIn: v.array(
    v.object({
      number: entryNumber,
      title: v.string(),
      notes: count,
      decision: v.nullable(Id),
    }),
  ),
})
export type EntryDetail = v.InferOutput<typeof EntryDetail>

/** `PATCH /app/entries/:number`: what a reviewer judges. Saying a title confirms it. */
export const EntryChange = v.strictObject({
  /** The version that was on screen; another one answers 409 with the row as it is now. */
  version: count,
  title: v.optional(v.pipe(textUpTo(300), v.trim(), v.minLength(1))),
  impact: v.optional(v.nullable(Impact)),
  effort: v.optional(v.nullable(Effort)),
  owner: v.optional(v.nullable(Id)),
  /** Why it passes from one owner to another. */
  reason: v.optional(textUpTo(2_000)),
})
export type EntryChange = v.InferOutput<typeof EntryChange>

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
  entry: v.nullable(v.object({ number: entryNumber, title: v.string() })),
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

    /** @throws ApiError 409 `changed` when somebody else was faster */
    changeEntry: (number: number, change: EntryChange) =>
      call({ method: 'PATCH', path: `/app/entries/${number}`, json: change, answer: EntryRow }),
  }
}
export type RegisterApi = ReturnType<typeof registerApi>

/** Where a picture is shown from; the cookie of the page that shows it opens it. */
export function pictureAddress(sha256: string): string {
  return `/app/pictures/${sha256}`
}
