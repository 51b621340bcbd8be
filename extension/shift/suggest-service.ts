import type { WinceDatabase } from '../storage/database'
import { listContacts } from './contacts'

/** A service, and words that were said of it on this device. */
export interface KnownService {
  service: string
  words: string
}

/** Of short words too many are everywhere. */
const WORD_MIN_LENGTH = 4
/** The service's own name says more than what else was said of it. */
const NAME_WEIGHT = 2
/** One word of its name, or two of what was said of it. */
const ENOUGH = 2

/**
 * The service that a need is most likely about: the one that shares the most words with it, its
 * name counting double. Null where too little is shared, and where two share as much.
 */
export function suggestService(need: string, known: readonly KnownService[]): string | null {
  const needed = wordsOf(need)
  const scores = new Map<string, number>()
  const said = new Map<string, Set<string>>()
  for (const { service, words } of known) {
    const all = said.get(service) ?? new Set()
    for (const word of wordsOf(words)) all.add(word)
    said.set(service, all)
  }
  for (const [service, words] of said) {
    const name = wordsOf(service)
    let score = 0
    for (const word of needed) score += name.has(word) ? NAME_WEIGHT : words.has(word) ? 1 : 0
    if (score >= ENOUGH) scores.set(service, score)
  }
  const [first, second] = [...scores].toSorted(([, one], [, other]) => other - one)
  return first === undefined || first[1] === second?.[1] ? null : first[0]
}

/** Services of the walks, notes and contacts of this device, with what was said of them. */
export async function listKnownServices(database: WinceDatabase): Promise<KnownService[]> {
  const [walks, notes] = await Promise.all([database.getAll('walk'), database.getAll('note')])
  const shifts = walks.filter(({ kind }) => kind === 'shift')
  const contacts = await Promise.all(shifts.map(({ id }) => listContacts(database, id)))
  return [
    ...walks.map(({ service, errand }) => ({ service, words: errand ?? '' })),
    ...notes.map(({ service, words }) => ({ service, words })),
    ...contacts.flat().map(({ step }) => ({ service: step.service, words: step.need })),
  ].flatMap(({ service, words }) => (service ? [{ service, words }] : []))
}

/** Folded words; one of several and one of its kind are the same. */
function wordsOf(text: string): Set<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(
    words.filter((word) => word.length >= WORD_MIN_LENGTH).map((word) => word.replace(/s$/, '')),
  )
}
