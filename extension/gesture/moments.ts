import type { Place } from '#shared/place'

import { blankNote } from '../note/blank-note'
import { keepNote } from '../note/notes'
import type { KeptNote, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { write } from '../storage/write'
import { findActiveWalk } from '../walk/walks'

export interface MomentDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** Where in a tab it happened; what cannot be seen comes back as little as is known, never as a rejection. */
  describe(tabId: number): Promise<Place>
}

/**
 * Keeps a moment: on the disk before anything else is done with it, so that one key is enough.
 * The panel is told afterwards and adds the picture.
 */
export async function keepMoment(
  deps: MomentDeps,
  tab: { id: number; windowId: number },
): Promise<KeptNote> {
  const { database, surroundings } = deps
  const at = surroundings.now()
  const [walk, place] = await Promise.all([findActiveWalk(database), deps.describe(tab.id)])
  const note = await keepNote(database, surroundings, {
    ...blankNote(surroundings, walk?.id ?? null, walk?.service ?? null, place),
    at,
    state: 'kept',
  })
  await write(database, ['meta'], (transaction) =>
    transaction
      .objectStore('meta')
      .put({ noteId: note.id, tabId: tab.id, windowId: tab.windowId, at }, 'moment'),
  )
  return note
}
