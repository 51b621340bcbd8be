import { readAll, writeAll } from '../database/write-all'
import { findNotesToIndex, indexAnew, listNotesToIndex, listServiceNames } from '../ranking/queries'
import { toAskingNote } from '../ranking/register-view'
import { toServiceNames } from '../ranking/service-names'
import { featuresOfStored, toStoredNote } from '../ranking/stored-note'
import { type GroupingDeps, alone } from './group-notes'

/** Notes of one run; all of them are one batch. */
const NOTES_A_RUN = 50

/**
 * Counts notes anew that are marked for it, each in the entry that it is in by now: what the
 * first engine had placed, and what has come to be called by another service. At most five D1 calls.
 *
 * @returns how many
 */
export async function indexAgain(deps: GroupingDeps): Promise<number> {
  const { d1, db } = deps
  const workspaceId = await findNotesToIndex(db)
  if (workspaceId === undefined) return 0
  const done = await alone(deps, workspaceId, async () => {
    const [found, named] = await readAll(d1, [
      listNotesToIndex(db, workspaceId, NOTES_A_RUN),
      listServiceNames(db, workspaceId),
    ])
    const names = toServiceNames(named)
    const notes = (found?.rows ?? []).map((row) => {
      const note = toStoredNote(row)
      const { tokens, print } = toAskingNote(note.id, featuresOfStored(note, names))
      const [entryId, from] = [row['entry_id'], row['counted_by']].map((id) =>
        typeof id === 'string' ? id : null,
      )
      return { id: note.id, tokens, print, entryId: entryId ?? null, from: from ?? null }
    })
    await writeAll(d1, indexAnew(db, workspaceId, notes))
    return notes.length
  })
  return done ?? 0
}
