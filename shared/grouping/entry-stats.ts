import type { Mood } from '#shared/note'

import type { NoteFeatures } from './note-features'
import { keysOf } from './place-keys'

const MAX_EXEMPLARS = 4
const MAX_ENTRY_GRAMS = 256

export type Counts<Key> = ReadonlyMap<Key, number>

/**
 * All that ranking knows of an entry; each map says how many of its notes have a thing. `places`,
 * `stems`, `placeStems` and `grams` may be cut to what the asking note has, so that a database
 * needs to load no more than that.
 */
export interface EntryStats {
  id: string
  number: number
  /** The entry it is proposed to be the same as, else itself. Entries of one root are no rivals. */
  root: string
  mood: Mood
  /** Notes in it. */
  size: number
  places: Counts<string>
  /** False where none of its notes has a place, as opposed to another place. */
  placed: boolean
  stems: Counts<string>
  placeStems: Counts<string>
  /** At most 256, the most frequent. */
  grams: Counts<number>
  /** The stems of up to four of its notes, as different from each other as can be. */
  exemplars: readonly (readonly string[])[]
  kinds: Counts<string>
  channels: Counts<string>
  services: Counts<string>
  walks: Counts<string>
  persons: Counts<string>
  /** When its newest note happened, Unix ms; 0 where that is not known. */
  newestAt: number
}

/** The same, while notes are put into it. */
export interface GrowingEntry extends EntryStats {
  root: string
  size: number
  places: Map<string, number>
  stems: Map<string, number>
  placeStems: Map<string, number>
  grams: Map<number, number>
  exemplars: (readonly string[])[]
  kinds: Map<string, number>
  channels: Map<string, number>
  services: Map<string, number>
  walks: Map<string, number>
  persons: Map<string, number>
}

export function emptyEntry(id: string, number: number, mood: Mood, root = id): GrowingEntry {
  return {
    id,
    number,
    root,
    mood,
    size: 0,
    places: new Map(),
    placed: false,
    stems: new Map(),
    placeStems: new Map(),
    grams: new Map(),
    exemplars: [],
    kinds: new Map(),
    channels: new Map(),
    services: new Map(),
    walks: new Map(),
    persons: new Map(),
    newestAt: 0,
  }
}

/** Counts a note in; what an entry keeps of it depends on the order only where its bounds are met. */
export function addNote(entry: GrowingEntry, note: NoteFeatures): void {
  entry.size += 1
  for (const key of keysOf(note.places)) count(entry.places, key)
  entry.placed ||= entry.places.size > 0
  for (const stem of note.stems) count(entry.stems, stem)
  for (const stem of note.placeStems) count(entry.placeStems, stem)
  for (const gram of note.grams) count(entry.grams, gram)
  if (entry.grams.size > MAX_ENTRY_GRAMS) entry.grams = mostFrequent(entry.grams)
  if (note.kind !== null) count(entry.kinds, note.kind)
  if (note.channel !== null) count(entry.channels, note.channel)
  if (note.service !== null) count(entry.services, note.service)
  if (note.walk !== null) count(entry.walks, note.walk)
  if (note.person !== null) count(entry.persons, note.person)
  entry.newestAt = Math.max(entry.newestAt, note.at)
  addExemplar(entry.exemplars, note.stems)
}

/** Counts in what is known of another entry, as if its notes were put into this one. */
export function addEntry(entry: GrowingEntry, other: EntryStats): void {
  entry.size += other.size
  for (const name of COUNTED) for (const [key, notes] of other[name]) count(entry[name], key, notes)
  for (const [gram, notes] of other.grams) count(entry.grams, gram, notes)
  if (entry.grams.size > MAX_ENTRY_GRAMS) entry.grams = mostFrequent(entry.grams)
  entry.placed ||= other.placed
  entry.newestAt = Math.max(entry.newestAt, other.newestAt)
  for (const stems of other.exemplars) addExemplar(entry.exemplars, stems)
}

const COUNTED = [
  'places',
  'stems',
  'placeStems',
  'kinds',
  'channels',
  'services',
  'walks',
  'persons',
] as const

function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

/** Of equals the ones seen first stay: sorting is stable. */
function mostFrequent(grams: Map<number, number>): Map<number, number> {
  const sorted = [...grams].toSorted(([, one], [, other]) => other - one)
  return new Map(sorted.slice(0, MAX_ENTRY_GRAMS))
}

/** Of the two most alike the later one goes, so that what is kept spreads over the entry. */
function addExemplar(exemplars: (readonly string[])[], stems: readonly string[]): void {
  if (stems.length === 0) return
  exemplars.push(stems)
  if (exemplars.length <= MAX_EXEMPLARS) return
  let goes = exemplars.length - 1
  let most = -1
  for (const [later, other] of exemplars.entries()) {
    for (const one of exemplars.slice(0, later)) {
      const similarity = jaccard(one, other)
      if (similarity > most) [goes, most] = [later, similarity]
    }
  }
  exemplars.splice(goes, 1)
}

/** Shared of all, 0 … 1; 0 for two empty sets. Neither side holds a stem twice. */
export function jaccard(one: readonly string[], other: readonly string[]): number {
  const own = new Set(one)
  const shared = other.filter((stem) => own.has(stem)).length
  const all = own.size + other.length - shared
  return all === 0 ? 0 : shared / all
}
