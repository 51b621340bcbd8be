import * as v from 'valibot'

import { type GrowingEntry, addNote, emptyEntry } from '#shared/grouping/entry-stats'
import { tokenHasher } from '#shared/grouping/hashed-token'
import { type ServiceNames, wordsOfService } from '#shared/grouping/service'
import type { NearbyEntry, NearbyResponse } from '#shared/nearby'
import { Mood } from '#shared/note'
import { EntryState } from '#shared/sync'

import { featuresOfStored, toStoredNote } from '../ranking/stored-note'
import { addSummary } from '../ranking/summary'

const MOST_SERVICES = 64
const MOST_WORDS = 32

const Row = v.object({
  id: v.string(),
  seq: v.number(),
  number: v.number(),
  mood: Mood,
  state: EntryState,
  title: v.nullable(v.string()),
  notes: v.number(),
  others: v.number(),
  tokens: v.pipe(v.string(), v.parseJson(), v.array(v.tuple([v.string(), v.number()]))),
  summaries: v.pipe(
    v.string(),
    v.parseJson(),
    v.array(v.tuple([v.string(), v.nullable(v.string())])),
  ),
})
/** An entry as `listNearby` reads it. */
export type FoundEntry = v.InferOutput<typeof Row>

export function toFoundEntry(row: Record<string, unknown>): FoundEntry {
  return v.parse(Row, row)
}

/** Ids of the entries and parts whose summary is to be made anew from their newest notes. */
export function withoutSummary(entries: readonly FoundEntry[]): string[] {
  return entries.flatMap(({ summaries }) =>
    summaries.flatMap(([id, data]) => (data === null ? [id] : [])),
  )
}

/**
 * What a device gets of an entry: no token in words, no person, no walk, no time.
 *
 * @param newest rows of notes, by entry, for what has no summary
 */
export function toNearbyRow(
  { id, seq, number, mood, state, title, notes, others, tokens, summaries }: FoundEntry,
  newest: ReadonlyMap<string, Record<string, unknown>[]>,
  { workspaceId, names }: { workspaceId: string; names: ServiceNames },
): NearbyResponse['rows'][number] {
  if (notes === 0) return { type: 'gone', id, seq }
  const hash = tokenHasher(workspaceId)
  const hashed = (counts: Iterable<readonly [string, number]>) =>
    [...counts]
      .map(([name, count]) => [hash(name), Math.round(count)] as const)
      .toSorted(([one], [other]) => one - other)
      .flat()
  const entry = emptyEntry(id, number, mood)
  for (const [member, data] of summaries)
    if (data === null) addNewest(entry, newest.get(member) ?? [], names)
    else addSummary(entry, data)
  return {
    type: 'nearby',
    id,
    seq,
    number,
    mood,
    title,
    closed: state === 'closed',
    notes,
    others,
    placed: entry.placed,
    tokens: hashed(tokens),
    kinds: hashed(entry.kinds),
    channels: hashed(entry.channels),
    services: [...entry.services]
      .slice(-MOST_SERVICES)
      .map(([name, count]) => ({
        name: hash(name),
        notes: Math.round(count),
        words: wordsOfService(name).slice(0, MOST_WORDS).map(hash),
      }))
      .toSorted((one, other) => one.name - other.name),
  } satisfies NearbyEntry
}

function addNewest(
  entry: GrowingEntry,
  rows: readonly Record<string, unknown>[],
  names: ServiceNames,
): void {
  for (const row of rows) addNote(entry, featuresOfStored(toStoredNote(row), names))
}
