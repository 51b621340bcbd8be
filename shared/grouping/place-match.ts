import type { EntryStats } from './entry-stats'
import type { FeatureValues } from './features'
import type { NoteFeatures } from './note-features'
import { aboveKeyOf, underKeyOf } from './place-keys'

export type PlaceValues = Pick<
  FeatureValues,
  | 'exact'
  | 'element'
  | 'page'
  | 'parent'
  | 'prefix'
  | 'wide'
  | 'elsewhere'
  | 'exactOwn'
  | 'pageOwn'
  | 'placeOfFewWords'
>

/** Keeps a place at which one note was ever made from being taken for proof. */
const DOUBT = 0.5

/** How the note's place fits each of the pool's entries; fragments of one root count together. */
export function matchPlaces(note: NoteFeatures, pool: readonly EntryStats[]): PlaceValues[] {
  const { places } = note
  const pooled = (key: string | null) => sharesOfPool(key, pool)
  const exact = pooled(places.exact)
  const element = pooled(places.element)
  const page = pooled(places.page)
  const parent = pooled(places.parent)
  const under = pooled(underKeyOf(places))
  const above = pooled(aboveKeyOf(places))
  const wide = pooled(places.wide)
  const fewWords = 1 / (1 + note.stems.length / 3)
  const placed = places.exact !== null || places.page !== null
  return pool.map((entry) => {
    const of = (shares: ReadonlyMap<string, number>) => shares.get(entry.root) ?? 0
    const own = (key: string | null) =>
      key === null ? 0 : (entry.places.get(key) ?? 0) / (entry.size + 1)
    const prefix = Math.max(of(under), of(above))
    const fits = of(exact) + of(page) + of(parent) + prefix > 0
    return {
      exact: of(exact),
      element: of(element),
      page: of(page),
      parent: of(parent),
      prefix,
      wide: of(wide),
      elsewhere: placed && entry.placed && !fits ? 1 : 0,
      exactOwn: own(places.exact),
      pageOwn: own(places.page),
      placeOfFewWords: fewWords * Math.max(of(exact), of(page)),
    }
  })
}

/** By root: its share of the pool's notes at a key. */
function sharesOfPool(key: string | null, pool: readonly EntryStats[]): Map<string, number> {
  const notes = new Map<string, number>()
  if (key === null) return notes
  let all = DOUBT
  for (const { root, places } of pool) {
    const here = places.get(key) ?? 0
    if (here === 0) continue
    all += here
    notes.set(root, (notes.get(root) ?? 0) + here)
  }
  for (const [root, here] of notes) notes.set(root, here / all)
  return notes
}
