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

/** The same as sixteen hexadecimal digits, to be looked up by (FNV-1a, forwards and backwards). */
export function printOf(note: NoteFeatures): string | null {
  const fingerprint = fingerprintOf(note)
  if (fingerprint === null) return null
  let forwards = FNV_OFFSET
  let backwards = FNV_OFFSET
  for (let index = 0; index < fingerprint.length; index += 1) {
    const last = fingerprint.length - 1 - index
    forwards = Math.imul(forwards ^ fingerprint.charCodeAt(index), FNV_PRIME)
    backwards = Math.imul(backwards ^ fingerprint.charCodeAt(last), FNV_PRIME)
  }
  return [forwards, backwards].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
