import type { KeptNote, KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { listNotes, listNotesOfWalk } from '../note/notes'
import { hasUnsentEnd, listSteps } from '../walk/walks'
import { type Parcel, packParcel } from './send'

/** What Send would let go of one walk, with its notes that are ready. */
export async function parcelOfWalk(
  database: WinceDatabase,
  surroundings: Surroundings,
  walk: KeptWalk,
): Promise<Parcel> {
  return pack(database, surroundings, [walk], await listNotesOfWalk(database, walk.id))
}

/** What Send would let go of everything on this device that is kept and not sent. */
export async function parcelOfAll(
  database: WinceDatabase,
  surroundings: Surroundings,
): Promise<Parcel> {
  const notes = (await listNotes(database))
    .filter((note) => note.state === 'kept' || note.state === 'refused')
    .toReversed()
  const walkIds = new Set(notes.map((note) => note.walkId))
  const walks = (await database.getAll('walk')).filter(
    // One without a step is no walk.
    (walk) => walkIds.has(walk.id) || (hasUnsentEnd(walk) && walk.nextSeq > 1),
  )
  return pack(database, surroundings, walks, notes)
}

async function pack(
  database: WinceDatabase,
  surroundings: Surroundings,
  walks: readonly KeptWalk[],
  notes: readonly KeptNote[],
): Promise<Parcel> {
  const withSteps = await Promise.all(
    walks.map(async (walk) => {
      const allSteps = await listSteps(database, walk.id)
      return { walk, allSteps, steps: allSteps.filter((step) => step.seq > walk.sentSeq) }
    }),
  )
  return packParcel(withSteps, notes, surroundings.now())
}
