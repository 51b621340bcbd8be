import { RECALL_WINDOW_MS } from '#shared/limits'

import type { KeptNote, QueuedOp, WinceDatabase } from '../storage/database'
import { type Surroundings, deviceIdIn, newId } from '../storage/device'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'

/** What became of the wish to take notes back: those that never left, and those a server is asked for. */
export interface Recalled {
  kept: string[]
  asked: string[]
}

/** True while a note can be taken back: as long as it waits here, and a day from when it arrived. */
export function isRecallable(note: KeptNote, now: number): boolean {
  if (note.state === 'queued') return true
  return note.state === 'sent' && note.sentAt !== undefined && now - note.sentAt <= RECALL_WINDOW_MS
}

/**
 * Takes notes back. An op of which no request ever went out is taken out, and its note is kept
 * as before Send; for any other, somebody may have it, so a recall goes behind it to the same
 * receiver. The words stay here until the server says that they are gone there.
 */
export async function recallNotes(
  database: WinceDatabase,
  surroundings: Surroundings,
  noteIds: readonly string[],
): Promise<Recalled> {
  return write(database, ['outbox', 'note', 'meta'], async (transaction) => {
    const outbox = transaction.objectStore('outbox')
    const notes = transaction.objectStore('note')
    const meta = transaction.objectStore('meta')
    await deviceIdIn(meta, surroundings)
    const adds = (await outbox.getAll()).filter(({ op }) => op.kind === 'note.add')
    const recalled: Recalled = { kept: [], asked: [] }
    let mid = await getMetaIn(meta, 'nextMid')
    for (const noteId of noteIds) {
      const note = await notes.get(noteId)
      if (note === undefined || (note.state !== 'queued' && note.state !== 'sent')) continue
      const sent = adds.filter(({ op }) => op.kind === 'note.add' && op.payload.id === noteId)
      const [gone, stayed] = [sent.filter(mayBeKnown), sent.filter((each) => !mayBeKnown(each))]
      for (const { opId } of stayed) await outbox.delete(opId)
      if (gone.length === 0) {
        await notes.put({ ...note, state: 'kept' })
        recalled.kept.push(noteId)
        continue
      }
      for (const receiver of receiversOf(gone)) {
        const at = surroundings.now()
        const opId = newId(surroundings)
        await outbox.add({
          opId,
          mid,
          receiver,
          op: { opId, mid, at, kind: 'note.recall', payload: { noteId } },
          state: 'waiting',
          tried: false,
          code: null,
          seq: null,
          queuedAt: at,
          settledAt: null,
        })
        mid += 1
      }
      await notes.put({ ...note, state: 'recalling', recallCode: null })
      recalled.asked.push(noteId)
    }
    await meta.put(mid, 'nextMid')
    return recalled
  })
}

/** Ops of 0.1.0 do not say whether they were tried; then they may have been. */
function mayBeKnown({ state, tried }: QueuedOp): boolean {
  return state === 'acked' || (state === 'waiting' && tried !== false)
}

/** A note may have gone to several teams, one after the other; each of them has it. */
function receiversOf(ops: readonly QueuedOp[]): QueuedOp['receiver'][] {
  const byKey = new Map(ops.map(({ receiver }) => [JSON.stringify(receiver), receiver]))
  return [...byKey.values()]
}
