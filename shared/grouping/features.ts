import { tokenHasher } from './hashed-token'

/**
 * What the score is made of, in the order of the weights' file. Each is 0 where the data says
 * nothing: absent is not different. "Share of the pool" is how many of all candidates' notes at
 * a key are this root's; it says how telling the key is.
 *
 * Placements keep values in this order for workspaces to learn from, with `FEATURE_SET`: a feature
 * whose meaning changes needs another name, so that what it meant before is not learnt from.
 */
export const FEATURES = [
  // Place, as shares of the pool.
  'exact',
  'element',
  'page',
  /** The page one up is the same: siblings in a site or a menu. */
  'parent',
  /** One is directly above the other. */
  'prefix',
  'wide',
  /** Both have places, and nothing but the site or number fits. */
  'elsewhere',
  // Place, as shares of the entry's own notes.
  'exactOwn',
  'pageOwn',
  /** The better of exact and page, the more the fewer words there are. */
  'placeOfFewWords',
  // Words.
  /** How much likelier the note's stems are in this entry than anywhere. */
  'centroid',
  'exemplar',
  'grams',
  /** Names on the screen, titles, subjects. */
  'placeWords',
  /** Words of the note in names on the entry's screens, or the other way round. */
  'wordsOfPlace',
  // What else is known.
  'kind',
  'channel',
  'service',
  'serviceWords',
  'serviceOther',
  /** Another service, but the entry has several already. */
  'serviceSpan',
  'walk',
  'person',
  'size',
  'recency',
] as const
/** Which features these are, and in which order; short, as it is kept with every placement. */
export const FEATURE_SET = tokenHasher('')(FEATURES.join(' ')).toString(16)
export type Feature = (typeof FEATURES)[number]
export type FeatureValues = Record<Feature, number>
