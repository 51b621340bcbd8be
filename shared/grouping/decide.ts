import { isExactPlace, placeKey, widePlaceKey } from '#shared/place'
import type { Note } from '#shared/note'
import { stemsOf } from './words'

/** The version of these rules; stored with each placement, so that a later one changes no past. */
export const ENGINE = 'first-cut-1'

/** What of a note decides where it goes. */
export interface NoteFeatures {
  mood: Note['mood']
  service: string | null
  place: Note['place']
  placeKey: string
  widePlaceKey: string
  /** True when the place names an element, a menu node, a subject: enough to join by itself. */
  exactPlace: boolean
  stems: string[]
}

/** An entry that a note may join; mood is a hard wall, so candidates have the note's mood. */
export interface Candidate {
  entryId: string
  number: number
  service: string | null
  notes: number
  /** How many of its notes are at this place key, by key. */
  places: ReadonlyMap<string, number>
  /** How many of its notes use this stem, by stem. */
  stems: ReadonlyMap<string, number>
}

interface Scored {
  entryId: string
  number: number
  samePlace: boolean
  /** 0 … 1, Dice coefficient of the stems that matter. */
  similarity: number
  shared: string[]
}

/** Where a note goes, and why in one sentence that a person can check. */
export type Decision =
  | { decision: 'join'; entryId: string; number: number; sentence: string; runnersUp: Scored[] }
  | { decision: 'open'; sentence: string; runnersUp: Scored[] }

export function featuresOf(
  note: Pick<Note, 'mood' | 'service' | 'place' | 'words' | 'expected'>,
): NoteFeatures {
  return {
    mood: note.mood,
    service: note.service,
    place: note.place,
    placeKey: placeKey(note.place),
    widePlaceKey: widePlaceKey(note.place),
    exactPlace: isExactPlace(note.place),
    stems: stemsOf(`${note.words} ${note.expected ?? ''}`),
  }
}

/** Fewer shared stems than this are chance, whatever their share. */
const MIN_SHARED_STEMS = 3
const SIMILAR = 0.6
const MAX_RUNNERS_UP = 3

/**
 * Joins the entry at the very same place, or, elsewhere, one in clearly similar words; opens
 * a new one otherwise. Of several, the most similar wins, then the one with more notes, then
 * the older, so that the same input always gives the same answer.
 */
export function decide(note: NoteFeatures, candidates: readonly Candidate[]): Decision {
  const scored = candidates
    .map((candidate) => ({
      ...score(note, candidate),
      notes: candidate.notes,
      fits: fitsService(note, candidate),
    }))
    .toSorted(
      (one, other) =>
        Number(other.samePlace) - Number(one.samePlace) ||
        other.similarity - one.similarity ||
        other.notes - one.notes ||
        one.number - other.number,
    )
  const best = scored.find((each) => each.samePlace || (each.fits && isSimilar(each)))
  const runnersUp = scored
    .filter((each) => each !== best && (each.samePlace || each.shared.length > 0))
    .slice(0, MAX_RUNNERS_UP)
    .map(({ entryId, number, samePlace, similarity, shared }) => ({
      entryId,
      number,
      samePlace,
      similarity,
      shared,
    }))
  if (best === undefined) return { decision: 'open', sentence: 'Nothing like it yet.', runnersUp }
  return {
    decision: 'join',
    entryId: best.entryId,
    number: best.number,
    sentence: sentenceFor(note, best),
    runnersUp,
  }
}

function isSimilar({ similarity, shared }: Scored): boolean {
  return shared.length >= MIN_SHARED_STEMS && similarity >= SIMILAR
}

function fitsService(note: NoteFeatures, candidate: Candidate): boolean {
  return (
    note.service === null ||
    candidate.service === null ||
    fold(note.service) === fold(candidate.service)
  )
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim()
}

function score(note: NoteFeatures, candidate: Candidate): Scored {
  const shared = note.stems.filter((stem) => stem !== '#' && candidate.stems.has(stem))
  // A large entry collects many stems; only those that a good part of its notes use count as its own.
  const own = [...candidate.stems.values()].filter((notes) => notes * 3 >= candidate.notes).length
  const sharedOwn = shared.filter(
    (stem) => (candidate.stems.get(stem) ?? 0) * 3 >= candidate.notes,
  ).length
  const size = note.stems.length + own
  return {
    entryId: candidate.entryId,
    number: candidate.number,
    samePlace: note.exactPlace && (candidate.places.get(note.placeKey) ?? 0) > 0,
    similarity: size === 0 ? 0 : (2 * sharedOwn) / size,
    shared,
  }
}

function sentenceFor(note: NoteFeatures, best: Scored): string {
  const words =
    best.shared.length === 0 ? '' : `Similar words: ${best.shared.slice(0, 4).join(', ')}.`
  return best.samePlace
    ? [samePlaceSentence(note), words].filter((part) => part !== '').join(' ')
    : words
}

function samePlaceSentence({ place }: NoteFeatures): string {
  switch (place.kind) {
    case 'page': {
      const name = place.anchor?.name
      return `Same ${place.anchor?.role ?? 'place'}${name ? ` “${name}”` : ''} on the same page.`
    }
    case 'call':
      return `Same point in the voice menu of ${place.number}: ${place.keys.join(' › ')}.`
    case 'reply':
      return `Same message from ${place.system}.`
    case 'desk':
      return 'Same reason at the desk.'
    case 'unseen':
      return 'A page that Wince did not see.'
  }
}
