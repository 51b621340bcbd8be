import type { PlannedEvent, Step } from '../part/queries'
import type { IndexedNote } from '../database/index-rows'
import type { Lane, StandingEntry } from '../standing/standing'

/** Where a note is from now on; where it was there before `at`, that row counts again. */
interface PlannedPlace {
  noteId: string
  entryId: string
  at: number
  by: string
  why: string
}

interface OpenedEntry {
  id: string
  mood: string
  state: string
  title: string
  titleNote: string
  channel: string
}

/** Everything that one batch does, decided before it is written. */
export interface Plan {
  at: number
  opened: OpenedEntry[]
  places: PlannedPlace[]
  leaves: IndexedNote[]
  enters: IndexedNote[]
  /** Entries with a value of their own that changed; all of them are in `touched`. */
  changed: Pick<
    StandingEntry,
    'id' | 'state' | 'mergedInto' | 'title' | 'titleConfirmed' | 'titleNote' | 'serviceId'
  >[]
  services: { noteId: string; serviceId: string | null; service: string | null }[]
  proposals: { noteId: string; entryId: string; state: string }[]
  /** Waiting ends, goes on behind everything (`position` null), or begins again where it was. */
  marks: { noteId: string; lane: Lane | null; position: number | null }[]
  /** Pairs that stay apart: a note and an entry. */
  never: { noteId: string; entryId: string }[]
  /** Every note that `of` shows in the end stays apart from `with`. */
  neverAll: { of: string; with: string }[]
  /** Pairs that `undoes` wrote may meet again. */
  freesPairs: boolean
  aliases: { alias: string; serviceId: string; noteId: string }[]
  /** Notes whose aliases, taught by `undoes`, mean nothing any more. */
  forgets: string[]
  /** Entries to count anew. `version` is the one that was read, null for one that this opens. */
  touched: { id: string; version: number | null }[]
  /** Entries all of whose own notes are shown elsewhere from now on. */
  shownElsewhere: string[]
  events: PlannedEvent[]
  steps: Step[]
  done: string[]
  failed: Failure[]
}

/** Why nothing was done about a note or an entry. */
export interface Failure {
  noteId: string | null
  entryId: string | null
  code: FailureCode
}

export const FAILURES = {
  gone: 'It is not here any more; its leader may have taken it back.',
  ungrouped: 'It has no entry yet. Try again in a minute.',
  decided: 'Somebody has decided about it already.',
  'other-mood': 'What leaders liked and what embarrassed them never share an entry.',
  'taken-back': 'Every note of that entry was taken back. Choose another one.',
  'not-there': 'It is not in that entry any more.',
  'all-of-it': 'These are all its notes. Leave one there, or rename the entry.',
  merged: 'It was merged already. Undo that first.',
  itself: 'That is the same entry. Choose another one.',
  'already-so': 'It is so already.',
  done: 'It is closed, declined or taken back already.',
  begun: 'It is being worked on. Close it instead, and explain to customers why.',
  'not-kept': 'Only what leaders liked, and was not shared yet, can be shared.',
  'moved-on': 'It has moved on since, so it was left as it is.',
  changed: 'Somebody changed it meanwhile. Try again.',
} as const
export type FailureCode = keyof typeof FAILURES

export function emptyPlan(at: number): Plan {
  return {
    at,
    opened: [],
    places: [],
    leaves: [],
    enters: [],
    changed: [],
    services: [],
    proposals: [],
    marks: [],
    never: [],
    neverAll: [],
    freesPairs: false,
    aliases: [],
    forgets: [],
    touched: [],
    shownElsewhere: [],
    events: [],
    steps: [],
    done: [],
    failed: [],
  }
}

/** What a plan is made with. */
export interface DraftDeps {
  /** Unix ms. */
  now: number
  /** A person's id. */
  by: string
  newId(): string
}
