import { type ReadonlySignal, effect } from '@preact/signals'

import { findNote, isGone } from '../note/notes'
import type { OpenShotsModel } from '../picture/open-shots'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import { watchWrites } from '../storage/write'

/** Lets a shot go when its note was removed or sent, and when the walk ends. Call it inside a model. */
export function endShots(
  shots: OpenShotsModel,
  database: WinceDatabase,
  walk: ReadonlySignal<KeptWalk | null | undefined>,
): void {
  let walkId: string | undefined
  effect(() => {
    const next = walk.value?.id
    if (walkId !== undefined && next !== walkId) shots.letGo()
    walkId = next
  })
  effect(() =>
    watchWrites((stores) => {
      const noteId = shots.held.peek()?.noteId
      if (noteId === undefined || !stores.includes('note')) return
      findNote(database, noteId).then(
        (note) => {
          if (note === undefined || note.state === 'removed' || isGone(note)) shots.letGo(noteId)
        },
        (error: unknown) => {
          console.error('a shot is let go, as its note cannot be read', error)
          shots.letGo(noteId)
        },
      )
    }),
  )
}
