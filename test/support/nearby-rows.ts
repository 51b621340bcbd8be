import { noteFeaturesOf } from '#shared/grouping/note-features'
import type { NearbyEntry } from '#shared/nearby'
import type { Note } from '#shared/note'

import { hashedEntryOf } from '../bench/grouping/hashed-entries'
import { newId, newNote } from './ops'

/** An entry of others with these notes, as the server tells of it. */
export function nearbyRow(
  notes: readonly Partial<Note>[],
  change: Partial<NearbyEntry> = {},
  workspaceId = 'workspace',
): NearbyEntry {
  const { id = newId(), number = 12 } = change
  const features = notes.map((note) =>
    noteFeaturesOf({ ...newNote(note), walk: null, person: null, at: 0 }),
  )
  const { tokens, kinds, channels, services, ...entry } = hashedEntryOf(
    { id, number },
    features,
    workspaceId,
  )
  return {
    ...entry,
    type: 'nearby',
    seq: number,
    title: null,
    closed: false,
    tokens: [...tokens],
    kinds: [...kinds],
    channels: [...channels],
    services: services.map(({ words, ...service }) => ({ ...service, words: [...words] })),
    ...change,
  }
}
