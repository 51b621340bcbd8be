import * as v from 'valibot'

import { type GrowingEntry, addEntry, addNote, emptyEntry } from '#shared/grouping/entry-stats'
import type { NoteFeatures } from '#shared/grouping/note-features'

/** Names of services and walks that are kept of one entry; the newest. */
const MAX_NAMES = 64

const Names = v.array(v.tuple([v.string(), v.number()]))
const Summary = v.object({
  grams: v.array(v.tuple([v.number(), v.number()])),
  exemplars: v.array(v.array(v.string())),
  kinds: Names,
  channels: Names,
  services: Names,
  walks: Names,
  placed: v.boolean(),
  newestAt: v.number(),
})

/** What ranking knows of an entry beside its tokens, as it is stored. */
export function toSummary(entry: GrowingEntry): string {
  const { placed, newestAt } = entry
  return JSON.stringify({
    grams: [...entry.grams],
    exemplars: entry.exemplars.map((stems) => [...stems]),
    kinds: [...entry.kinds],
    channels: [...entry.channels],
    services: [...entry.services].slice(-MAX_NAMES),
    walks: [...entry.walks].slice(-MAX_NAMES),
    placed,
    newestAt,
  } satisfies v.InferOutput<typeof Summary>)
}

/** Adds what `toSummary` stored. */
export function addSummary(entry: GrowingEntry, json: string): void {
  const { grams, exemplars, kinds, channels, services, walks, ...rest } = v.parse(
    Summary,
    JSON.parse(json),
  )
  addEntry(entry, {
    ...emptyEntry(entry.id, entry.number, entry.mood),
    ...rest,
    grams: new Map(grams),
    exemplars,
    kinds: new Map(kinds),
    channels: new Map(channels),
    services: new Map(services),
    walks: new Map(walks),
  })
}

/** The same with one more note; the entry stays as it is. */
export function summaryWith(entry: GrowingEntry, note: NoteFeatures): string {
  const next = emptyEntry(entry.id, entry.number, entry.mood)
  addEntry(next, entry)
  addNote(next, note)
  return toSummary(next)
}
