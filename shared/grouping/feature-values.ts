import { matchContext } from './context-match'
import type { Corpus } from './corpus'
import type { EntryStats } from './entry-stats'
import type { FeatureValues } from './features'
import type { NoteFeatures } from './note-features'
import { matchPlaces } from './place-match'
import { matchWords } from './word-match'

/** How a note fits each of the pool's entries. */
export function featureValuesOf(
  note: NoteFeatures,
  pool: readonly EntryStats[],
  corpus: Corpus,
): FeatureValues[] {
  const words = matchWords(note, pool, corpus)
  return matchPlaces(note, pool).map((place, index) => {
    const entry = pool[index]
    const word = words[index]
    if (entry === undefined || word === undefined) throw new Error('one value an entry')
    return { ...place, ...word, ...matchContext(note, entry) }
  })
}
