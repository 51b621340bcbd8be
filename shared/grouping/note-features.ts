import type { Kind, Mood } from '#shared/note'
import { type Channel, type Place, channelOf } from '#shared/place'

import { gramsOf } from './grams'
import { type PlaceKeys, placeKeysOf, placeTextOf } from './place-keys'
import { type ServiceNames, toService } from './service'
import { stemsOf, wordsByStem } from './words'

/** What of a note decides where it goes; what is not known is null. */
export interface GroupableNote {
  mood: Mood
  kind: Kind | null
  service: string | null
  /** Null where nothing is known about it, as opposed to a place that nobody may see. */
  place: Place | null
  /** Where it is not the place's own: an e-mail about a page. */
  channel?: Channel | null
  words: string
  expected: string | null
  walk: string | null
  person: string | null
  /** Unix ms; 0 for not known. */
  at: number
}

/** A note as ranking sees it: a pure function of the note and the names of services. */
export interface NoteFeatures {
  mood: Mood
  kind: Kind | null
  service: string | null
  channel: Channel | null
  places: PlaceKeys
  /** Of its words and what was expected. */
  stems: readonly string[]
  /** The words those stems were seen in, to show. */
  wordOf: ReadonlyMap<string, string>
  placeStems: readonly string[]
  grams: readonly number[]
  walk: string | null
  person: string | null
  at: number
}

export function noteFeaturesOf(note: GroupableNote, names?: ServiceNames): NoteFeatures {
  const text = `${note.words} ${note.expected ?? ''}`
  const wordOf = wordsByStem(text)
  return {
    mood: note.mood,
    kind: note.kind === 'other' ? null : note.kind,
    service: toService(note.service, names),
    channel: note.channel === undefined ? channelAt(note.place) : note.channel,
    places: placeKeysOf(note.place),
    stems: [...wordOf.keys()],
    wordOf,
    placeStems: stemsOf(placeTextOf(note.place)),
    grams: gramsOf(text),
    walk: note.walk,
    person: note.person,
    at: note.at,
  }
}

function channelAt(place: Place | null): Channel | null {
  return place === null || place.kind === 'unseen' ? null : channelOf(place)
}
