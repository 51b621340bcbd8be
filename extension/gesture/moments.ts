import type { PagePlace } from '#shared/place'

import { blankNote } from '../note/blank-note'
import { keepNote, keepNoteIn, setPlace } from '../note/notes'
import type { KeptNote, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { write } from '../storage/write'
import { findActiveWalk } from '../walk/walks'
import { findFirstPlace, isAnswerOf } from './first-place'
import { withTimeout } from './with-timeout'

/** The browser knows its tabs; whose address it has not told by now is not waited for. In ms. */
const ADDRESS_TIMEOUT_MS = 80

export interface MomentDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** The address of a tab, where the browser tells it. Never rejects. */
  addressOf(tabId: number): Promise<string | undefined>
  /** What a page says of itself and of what is under the cursor, if it says anything. Never rejects. */
  askPage(tabId: number): Promise<PagePlace | undefined>
}

export interface Moment {
  /** As it is on the disk when this is told. */
  note: KeptNote
  /** Settles when the page had its say. Never rejects: the note stands without it. */
  placed: Promise<void>
}

/**
 * Keeps a moment: on the disk before anything else is done with it, so that one key is enough.
 * That the panel is to open it is written with it: the background may be gone a moment later.
 */
export async function keepMoment(
  deps: MomentDeps,
  tab: { id: number; windowId: number },
): Promise<Moment> {
  const { database, surroundings } = deps
  return keepFirst(deps, tab.id, (moment) =>
    write(database, ['note', 'meta'], async (transaction) => {
      const note = await keepNoteIn(transaction.objectStore('note'), surroundings, moment)
      await transaction
        .objectStore('meta')
        .put({ noteId: note.id, tabId: tab.id, windowId: tab.windowId, at: moment.at }, 'moment')
      return note
    }),
  )
}

/** As `keepMoment`, where the panel itself was asked for it. */
export async function keepMomentHere(deps: MomentDeps, tabId: number): Promise<Moment> {
  return keepFirst(deps, tabId, (moment) => keepNote(deps.database, deps.surroundings, moment))
}

async function keepFirst(
  deps: MomentDeps,
  tabId: number,
  keep: (moment: KeptNote) => Promise<KeptNote>,
): Promise<Moment> {
  const { database, surroundings } = deps
  const at = surroundings.now()
  // Asked now, because the cursor moves on; a page may take its time to answer.
  const asked = deps.askPage(tabId)
  const [active, address] = await Promise.all([
    findActiveWalk(database),
    withTimeout(deps.addressOf(tabId), ADDRESS_TIMEOUT_MS),
  ])
  // A shift keeps no page and no time: a moment beside it is none of its.
  const walk = active?.kind === 'shift' ? undefined : active
  const place = await findFirstPlace(database, walk, tabId, address)
  const note = await keep({
    ...blankNote(surroundings, walk?.id ?? null, walk?.service ?? null, place),
    at,
    state: 'kept',
  })
  return { note, placed: putPlace(database, note, asked) }
}

async function putPlace(
  database: WinceDatabase,
  { id, place: first }: KeptNote,
  asked: Promise<PagePlace | undefined>,
): Promise<void> {
  try {
    const place = await asked
    if (place && isAnswerOf(first, place)) await setPlace(database, id, first, place)
  } catch (error) {
    console.error('a moment has only the place that was known at once', error)
  }
}
