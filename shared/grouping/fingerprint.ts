import type { NoteFeatures } from './note-features'

/** Part of every fingerprint: should the parts change, old ones match nothing. */
const VERSION = 'f1'

const FEWEST_STEMS = 2

/**
 * One string for notes that say the same of the same place, or null where a note says too little
 * to be the same as another: fewer than two stems and neither element nor menu node nor subject.
 * Mood is part of it, so that liked and embarrassed never meet.
 */
export function fingerprintOf(note: NoteFeatures): string | null {
  const { mood, service, channel, kind, places, stems } = note
  if (stems.length < FEWEST_STEMS && places.exact === null) return null
  const place = places.exact ?? places.page ?? ''
  return JSON.stringify([VERSION, mood, service, channel, kind, place, stems.toSorted()])
}
