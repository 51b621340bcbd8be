import type { Fate } from '../../../extension/home/home'
import type { WinceDatabase } from '../../../extension/storage/database'
import { endWalk, startWalk } from '../../../extension/walk/walks'
import { keptNote, type surroundingsAt } from '../device'

const HOUR = 3_600_000
export const WALKED = {
  errand: 'I need a badge.',
  persona: 'Student',
  service: 'Badges',
  firstTime: true,
}

/** A walk that ended with a note, and the entry that the note joined. */
export async function walkedWith(
  database: WinceDatabase,
  surroundings: ReturnType<typeof surroundingsAt>,
  change: Partial<Fate> = {},
) {
  const walk = await startWalk(database, surroundings, WALKED, { tabIds: [], origins: [] })
  const note = await keptNote(database, surroundings, { walkId: walk.id })
  await endWalk(database, surroundings, walk.id)
  surroundings.pass(HOUR)
  const fate: Fate = {
    entryId: 'e',
    number: 4,
    state: 'closed',
    title: 'Badges take a week',
    mood: 'embarrassed',
    changedAt: surroundings.now(),
    said: undefined,
    closedAs: undefined,
    until: undefined,
    noteIds: [note.id],
    ...change,
  }
  surroundings.pass(HOUR)
  return { walk, note, fate }
}
