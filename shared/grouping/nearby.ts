import type { Mood } from '#shared/note'

import type { Corpus } from './corpus'
import { type EntryStats, type GrowingEntry, emptyEntry } from './entry-stats'
import { type TokenHash, tokenHasher } from './hashed-token'
import { type Posting, type Postings, likeliest } from './likeliest'
import type { NoteFeatures } from './note-features'
import { type Ranked, rankEntries } from './rank'
import { reasonFor } from './reasons'
import { wordsOfService } from './service'
import { askedTokensOf } from './tokens'
import type { Weights } from './weights'

/** What ranking needs of an entry whose every token is hashed; see `NearbyEntry`. */
export interface HashedEntry {
  id: string
  number: number
  mood: Mood
  notes: number
  others: number
  placed: boolean
  tokens: readonly number[]
  kinds: readonly number[]
  channels: readonly number[]
  services: readonly { name: TokenHash; notes: number; words: readonly TokenHash[] }[]
}

/** An entry that a walker may mean as well. */
export interface Nearby<Row extends HashedEntry = HashedEntry> {
  row: Row
  p: number
  /** The narrowest place that they share. */
  at: 'element' | 'page' | 'node' | 'message' | 'reason' | null
  /** Why, in sentences; the only words in it are the note's own. */
  reason: string
}

const MAX_SHOWN = 3
/** What it takes at another place: then two of three notes find their entry among the offered (docs/grouping.md). */
const WORTH_A_LOOK = 0.15

/** A row that shares a token with the note. */
interface Found<Row> {
  row: Row
  number: number
  size: number
  /** How many of its notes have a token; only tokens that the note asks for. */
  counts: Map<string, number>
}

/**
 * At most three entries that others have noted and that fit the note's place and words, the
 * likeliest first: the worker's ranking, over rows that hold no words. Reads every row once; the
 * same question always has the same answer.
 */
export function nearbyFor<Row extends HashedEntry>(
  note: NoteFeatures,
  rows: readonly Row[],
  workspaceId: string,
  weights: Weights,
): Nearby<Row>[] {
  const hash = tokenHasher(workspaceId)
  const { found, postings, corpus } = lookUp(note, rows, hash)
  const isOwn = ({ row }: Found<Row>) => row.others === 0
  const pool = likeliest(postings, corpus.notes, isOwn).map((each) => toStats(note, each, hash))
  const rowOf = new Map(found.map(({ row }) => [row.id, row]))
  // Sums of fractions depend on their order, so there is one.
  pool.sort((one, other) => one.number - other.number)
  return rankEntries(note, pool, corpus, weights)
    .map((ranked) => ({ ranked, at: sharedPlaceOf(note, ranked.entry) }))
    .filter(({ ranked, at }) => isWorthALook(ranked, at))
    .slice(0, MAX_SHOWN)
    .flatMap(({ ranked: { entry, p }, at }) => {
      const row = rowOf.get(entry.id)
      return row === undefined ? [] : [{ row, p, at, reason: reasonFor(note, entry, corpus) }]
    })
}

function isWorthALook({ p, values }: Ranked, at: Nearby['at']): boolean {
  if (at !== null) return true
  const isLike = values.centroid + values.placeWords + values.wordsOfPlace > 0
  return isLike && p >= WORTH_A_LOOK
}

function lookUp<Row extends HashedEntry>(
  note: NoteFeatures,
  rows: readonly Row[],
  hash: (token: string) => TokenHash,
): { found: Found<Row>[]; postings: Postings<Found<Row>>[]; corpus: Corpus } {
  const asked = new Map(
    askedTokensOf(note).map((token) => [
      hash(token),
      { token, notes: 0, entries: 0, top: [] as Posting<Found<Row>>[] },
    ]),
  )
  const found: Found<Row>[] = []
  let notes = 0
  for (const row of rows) {
    if (row.mood !== note.mood) continue
    notes += row.notes
    let mine: Found<Row> | undefined
    const { tokens } = row
    for (let at = 0; at + 1 < tokens.length; at += 2) {
      const posting = asked.get(tokens[at] ?? 0)
      if (posting === undefined) continue
      const having = tokens[at + 1] ?? 0
      if (mine === undefined) {
        mine = { row, number: row.number, size: row.notes, counts: new Map() }
        found.push(mine)
      }
      mine.counts.set(posting.token, having)
      posting.notes += having
      posting.entries += 1
      posting.top.push({ entry: mine, notes: having })
    }
  }
  const postings = [...asked.values()].filter(({ entries }) => entries > 0)
  for (const { top } of postings)
    top.sort((one, other) => other.notes - one.notes || one.entry.number - other.entry.number)
  const notesWith = new Map(postings.map((posting) => [posting.token, posting.notes]))
  const corpus = { notes, notesWith: (stem: string) => notesWith.get(`stem|${stem}`) ?? 0 }
  return { found, postings, corpus }
}

/** The entry as the worker would rank it, cut to what the note asks for. */
function toStats(
  note: NoteFeatures,
  { row, counts }: Found<HashedEntry>,
  hash: (token: string) => TokenHash,
): EntryStats {
  const entry = emptyEntry(row.id, row.number, row.mood)
  entry.size = row.notes
  entry.placed = row.placed
  for (const [token, notes] of counts) setCount(entry, token, notes)
  takeNamed(entry.kinds, row.kinds, note.kind, hash)
  takeNamed(entry.channels, row.channels, note.channel, hash)
  const words = new Map(
    (note.service === null ? [] : wordsOfService(note.service)).map((word) => [hash(word), word]),
  )
  for (const [index, service] of row.services.entries()) {
    const isSame = note.service !== null && service.name === hash(note.service)
    const shared = service.words.map((word) => words.get(word)).find((word) => word !== undefined)
    // One that only shares a word with the note's stays a name of its own.
    const name = isSame ? note.service : `${shared ?? ''} ?${index}`
    entry.services.set(name ?? '', service.notes)
  }
  return entry
}

/** Of names that are hashed only the note's own can be known; the others still count. */
function takeNamed(
  counts: Map<string, number>,
  hashed: readonly number[],
  own: string | null,
  hash: (token: string) => TokenHash,
): void {
  const known = own === null ? null : hash(own)
  for (let at = 0; at + 1 < hashed.length; at += 2) {
    const name = own !== null && hashed[at] === known ? own : `?${hashed[at]}`
    counts.set(name, hashed[at + 1] ?? 0)
  }
}

const OTHER_SORTS = new Set(['kind', 'service', 'person'])

function setCount(entry: GrowingEntry, token: string, notes: number): void {
  const [sort = ''] = token.split('|', 1)
  const word = token.slice(sort.length + 1)
  if (sort === 'stem') entry.stems.set(word, notes)
  else if (sort === 'name') entry.placeStems.set(word, notes)
  // The rest only helps to find it.
  else if (!OTHER_SORTS.has(sort)) entry.places.set(token, notes)
}

function sharedPlaceOf({ places }: NoteFeatures, entry: EntryStats): Nearby['at'] {
  const has = (key: string | null) => key !== null && (entry.places.get(key) ?? 0) > 0
  if (has(places.exact)) {
    const kind = places.exact?.split('|', 2)[1]
    if (kind === 'call') return 'node'
    if (kind === 'reply') return 'message'
    return kind === 'desk' ? 'reason' : 'element'
  }
  if (!has(places.page)) return null
  return places.page?.startsWith('page|call|') ? 'node' : 'page'
}
