import type { Place } from '#shared/place'

import { blankNote } from '../note/blank-note'
import { keepNoteIn } from '../note/notes'
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
 * That the panel is to open it is written with it: the background may be gone a moment later.
 */
export async function keepMoment(
  deps: MomentDeps,
  tab: { id: number; windowId: number },
): Promise<KeptNote> {
  const { database, surroundings } = deps
  const at = surroundings.now()
  const [walk, place] = await Promise.all([findActiveWalk(database), deps.describe(tab.id)])
  const moment: KeptNote = {
    ...blankNote(surroundings, walk?.id ?? null, walk?.service ?? null, place),
    at,
    state: 'kept',
  }
  return write(database, ['note', 'meta'], async (transaction) => {
    const note = await keepNoteIn(transaction.objectStore('note'), surroundings, moment)
    await transaction
      .objectStore('meta')
      .put({ noteId: note.id, tabId: tab.id, windowId: tab.windowId, at }, 'moment')
    return note
  })
}
