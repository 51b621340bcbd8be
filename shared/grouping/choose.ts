import { relateServices } from './context-match'
import type { Corpus } from './corpus'
import type { EntryStats } from './entry-stats'
import { FEATURES, type FeatureValues } from './features'
import type { NoteFeatures } from './note-features'
import { type Ranked, rankValued, withValues } from './rank'
import { reasonFor, sentenceFor } from './reasons'
import type { Weights } from './weights'

/** An entry that a note may belong to, with the reason in sentences. */
interface Suggestion {
  entryId: string
  number: number
  p: number
  reason: string
  /** How the note fits it, in the order of the features: what is learnt from once people decided. */
  values?: number[]
}

/** Where a note goes. `propose` opens an entry of its own and asks: the same as this one? */
export type Choice = {
  /** Of the weights that chose. */
  engine: string
  /** Why, for people; never empty. */
  sentence: string
  /** The best three, whatever was chosen. */
  suggestions: Suggestion[]
} & (
  | { decision: 'join' | 'propose'; entryId: string; number: number; p: number }
  | { decision: 'open'; p: number }
)

const MAX_SUGGESTIONS = 3
const FEWEST_STEMS = 2
const SHORT_STEMS = 3

export interface Question {
  note: NoteFeatures
  /** At most sixteen entries; those of another mood are passed over, for mood is a hard wall. */
  candidates: readonly EntryStats[]
  corpus: Corpus
  /** The entry that holds a note of the same fingerprint, where one does. */
  twin?: string | null
}

/**
 * Joins the entry of a note with the same fingerprint. Else the likeliest: joins it when sure,
 * proposes it when likely, and opens a new one otherwise. Across services it only proposes. The
 * same question always has the same answer, whatever the order of the candidates.
 *
 * @param weights say what is suggested and proposed
 * @param shipped a note joins by itself only where these would let it join the same entry
 */
export function choose(
  { note, candidates, corpus, twin }: Question,
  weights: Weights,
  shipped = weights,
): Choice {
  // Sums of fractions depend on their order, so there is one.
  const pool = candidates
    .filter(({ mood }) => mood === note.mood)
    .toSorted((one, other) => one.number - other.number)
  const valued = withValues(note, pool, corpus)
  const ranked = rankValued(note, valued, corpus, weights)
  const same = ranked.find(({ entry }) => entry.id === twin)
  const ordered = same ? [same, ...ranked.filter((each) => each !== same)] : ranked
  const suggestions = ordered
    .slice(0, MAX_SUGGESTIONS)
    .map((each) => toSuggestion(note, each, corpus))
  const [best] = ordered
  const about = { engine: weights.version, suggestions }
  if (best === undefined || (!same && best.p < weights.propose)) {
    return {
      ...about,
      decision: 'open',
      p: best?.p ?? 0,
      sentence: sentenceFor('open', suggestions),
    }
  }
  const p = same ? 1 : best.p
  const isShipped = () => {
    const [first] = weights === shipped ? [best] : rankValued(note, valued, corpus, shipped)
    return first?.entry === best.entry && first.p >= shipped.join
  }
  const isSure = p >= weights.join && (same || (mayJoin(note, best) && isShipped()))
  const decision = isSure ? 'join' : 'propose'
  const sentence = same ? 'The same words at the same place.' : sentenceFor(decision, suggestions)
  return { ...about, decision, entryId: best.entry.id, number: best.entry.number, p, sentence }
}

/**
 * What one service is told is not another's fault, unless the entry is several services' already;
 * and two notes are not one problem because nothing else is known yet: they share a page, or two
 * words, or one where the note says no more than two or three, or is about the same element elsewhere.
 */
function mayJoin(note: NoteFeatures, { entry }: Ranked): boolean {
  const { places, stems, service } = note
  const isAt = (key: string | null) => key !== null && entry.places.has(key)
  const isHere = isAt(places.exact) || isAt(places.page)
  const shared = stems.filter((stem) => entry.stems.has(stem)).length
  const isShort = stems.length >= FEWEST_STEMS && stems.length <= SHORT_STEMS
  const saysTheSame = shared >= FEWEST_STEMS || (shared > 0 && (isShort || isAt(places.element)))
  return (
    (isHere || saysTheSame) &&
    (entry.services.size > 1 || relateServices(service, entry.services) !== 'other')
  )
}

function toSuggestion(
  note: NoteFeatures,
  { entry, p, values }: Ranked,
  corpus: Corpus,
): Suggestion {
  return {
    entryId: entry.id,
    number: entry.number,
    p,
    reason: reasonFor(note, entry, corpus),
    values: inOrder(values),
  }
}

/** To three decimals, because it is kept with every placement. */
function inOrder(values: FeatureValues): number[] {
  return FEATURES.map((feature) => Math.round(values[feature] * 1_000) / 1_000)
}
