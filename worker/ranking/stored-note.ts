import * as v from 'valibot'

import { type NoteFeatures, noteFeaturesOf } from '#shared/grouping/note-features'
import type { ServiceNames } from '#shared/grouping/service'
import { Kind, Mood, Wince } from '#shared/note'
import { Place } from '#shared/place'

const StoredNoteRow = v.object({
  id: v.string(),
  person_id: v.string(),
  walk_id: v.nullable(v.string()),
  mood: Mood,
  kind: v.nullable(Kind),
  wince: v.nullable(Wince),
  money: v.nullable(v.string()),
  service: v.nullable(v.string()),
  place: v.pipe(v.string(), v.parseJson(), Place),
  words: v.string(),
  expected: v.nullable(v.string()),
  at: v.number(),
  /** The entry that its author says it is the same as, where somebody asks for that. */
  same_as: v.optional(v.nullable(v.string()), null),
})

/** What of a note grouping reads. */
export type StoredNote = v.InferOutput<typeof StoredNoteRow>

export function toStoredNote(row: Record<string, unknown>): StoredNote {
  return v.parse(StoredNoteRow, row)
}

export function featuresOfStored(note: StoredNote, names: ServiceNames): NoteFeatures {
  const { mood, kind, service, place, words, expected, at } = note
  return noteFeaturesOf(
    { mood, kind, service, place, words, expected, walk: note.walk_id, person: note.person_id, at },
    names,
  )
}
