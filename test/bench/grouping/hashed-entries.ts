import { tokenHasher } from '#shared/grouping/hashed-token'
import type { HashedEntry } from '#shared/grouping/nearby'
import type { NoteFeatures } from '#shared/grouping/note-features'
import { wordsOfService } from '#shared/grouping/service'
import { tokensOf } from '#shared/grouping/tokens'

/** An entry with these notes, as a device would have it. Nobody asks who wrote them. */
export function hashedEntryOf(
  { id, number }: { id: string; number: number },
  notes: readonly NoteFeatures[],
  workspaceId: string,
): HashedEntry {
  const [first] = notes
  if (first === undefined) throw new Error('an entry has notes')
  const hash = tokenHasher(workspaceId)
  const counted = (names: readonly (string | null)[]) => {
    const counts = new Map<string, number>()
    for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
    return [...counts]
  }
  const hashed = (names: readonly (string | null)[]) =>
    counted(names).flatMap(([name, count]) => [hash(name), count])
  return {
    id,
    number,
    mood: first.mood,
    notes: notes.length,
    others: notes.length,
    placed: notes.some(({ places }) => Object.values(places).some((key) => key !== null)),
    tokens: hashed(
      notes.flatMap((note) => tokensOf(note).filter((each) => !each.startsWith('person|'))),
    ),
    kinds: hashed(notes.map(({ kind }) => kind)),
    channels: hashed(notes.map(({ channel }) => channel)),
    services: counted(notes.map(({ service }) => service)).map(([name, count]) => ({
      name: hash(name),
      notes: count,
      words: wordsOfService(name).map(hash),
    })),
  }
}
