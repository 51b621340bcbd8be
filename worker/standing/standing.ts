import type { TriageEntry } from '#shared/api/triage'
import type { Mood } from '#shared/note'
import type { Place } from '#shared/place'

/** Why a note waits for a person: it joined by itself, it asks, or it opened an entry of its own. */
export type Lane = 'sure' | 'asked' | 'own'

/** A note as it stands before a decision. */
export interface StandingNote {
  id: string
  mood: Mood
  words: string
  expected: string | null
  /** What it counts as: `typed`, or what a person chose. */
  service: string | null
  serviceId: string | null
  /** What the leader typed; null where they did not, or where nobody can say any more. */
  typed: string | null
  place: Place
  arrived: number
  /** Its own entry, which may have been merged into another; null while it waits to be grouped. */
  placed: { entryId: string; at: number; by: string; why: string } | null
  /** Null once a person has decided. */
  waits: { lane: Lane; position: number } | null
  /** The entry that grouping asks about. */
  proposed: string | null
}

/** An entry as it stands before a decision. */
export interface StandingEntry {
  id: string
  number: number
  mood: Mood
  title: string
  titleConfirmed: boolean
  /** The note whose words the title is made of, or was before a person gave it one. */
  titleNote: string | null
  state: TriageEntry['state']
  mergedInto: string | null
  serviceId: string | null
  /** A person opened it without a note: it stands though it shows none. */
  isByHand: boolean
  /** Notes that it shows, those of what was merged into it among them. */
  notes: number
  version: number
  changedAt: number
}

/** The oldest note that an entry shows besides those that a decision names: what it may be called after. */
export interface NextNote {
  id: string
  entryId: string
  words: string
  place: Place
  arrived: number
}

/** Everything that a decision is about, read at one moment; the batch does nothing once it has moved on. */
export interface Standing {
  notes: StandingNote[]
  /** Those that the notes are in, that are proposed or named, what these were merged into, and what was merged into them. */
  entries: StandingEntry[]
  next: NextNote[]
  /** Open proposals between entries that were named. */
  proposals: { noteId: string; entryId: string }[]
}

/** What a decision names. */
export interface StandingAsked {
  noteIds: readonly string[]
  numbers: readonly number[]
  entryIds: readonly string[]
  /** Of which entries `next` and `proposals` are wanted, besides those that the notes are in. */
  mergeOf: readonly number[]
}
