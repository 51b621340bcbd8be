import { titleOf } from '#shared/grouping/title'
import { RECALL_WINDOW_MS } from '#shared/limits'
import type { OpOf } from '#shared/op'

import type { Db } from '../database/open'
import { type Written, writeAll } from '../database/write-all'
import type { Unplacement } from '../leaving/queries'
import { unindexNotes } from '../placing/index-rows'
import { NAMELESS } from '../placing/nameless'
import type { ReceivedOp, Sender } from '../sync/queries'
import { type ToRecall, findToRecall, isBeingRecalled, recallNote } from './queries'

/** Rounds against grouping, which may move the entry between the read and the batch. */
const ROUNDS = 2

/**
 * Takes a note back: its words, its pictures and all that was made of them leave the database in
 * one batch. The bytes of its pictures go after it, by the sweep.
 *
 * @returns what the batch did; its last row has the op's `seq`, or the `code` of its refusal
 */
export async function applyRecall(
  d1: D1Database,
  db: Db,
  sender: Sender,
  received: ReceivedOp<OpOf<'note.recall'>>,
): Promise<Written[]> {
  const { noteId } = received.op.payload
  const receivedSince = received.receivedAt - RECALL_WINDOW_MS
  for (let round = 1; ; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each round reads what the one before missed
    const note = await findToRecall(d1, db, sender, noteId)
    const from = unplacementOf(note, received.op.opId)
    const entryId = note?.entries[0]?.entryId
    const unindex =
      note === undefined || entryId === undefined
        ? []
        : unindexNotes(
            db,
            sender.workspaceId,
            [{ ...note, entryId }],
            isBeingRecalled(sender, received.op.opId, noteId),
          )
    // oxlint-disable-next-line no-await-in-loop -- as above
    const written = await writeAll(
      d1,
      recallNote(db, sender, received, { noteId, receivedSince, from, unindex }),
    )
    if (written.at(-1)?.rows[0]?.['code'] !== 'moved' || round === ROUNDS) return written
  }
}

function unplacementOf(note: ToRecall | undefined, eventId: string): Unplacement {
  return {
    entries: (note?.entries ?? []).map(({ entryId, version, titleConfirmed, next }) => ({
      entryId,
      version,
      title: titleConfirmed ? null : next === null ? NAMELESS : titleOf(next),
      titleNote: next?.id ?? null,
    })),
    derivedTitle: note === undefined ? NAMELESS : titleOf(note),
    nameless: NAMELESS,
    eventId,
  }
}
