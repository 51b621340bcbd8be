import type { KeptNote } from '../storage/database'
import type { Settlement } from './outbox-store'
import type { ScrubTransaction } from './scrub'

/**
 * Writes down what became of one op.
 *
 * @returns the note that was recalled by it, or long before it; nothing of it may stay here
 */
export async function settleIn(
  transaction: ScrubTransaction,
  { opId, state, code, seq }: Settlement,
  { at, serverTime }: { at: number; serverTime: number },
): Promise<string | undefined> {
  const outbox = transaction.objectStore('outbox')
  const queued = await outbox.get(opId)
  if (queued === undefined || queued.state === 'taken-back') return undefined
  await outbox.put({ ...queued, state, code, seq, settledAt: serverTime })
  const { op } = queued
  if (op.kind === 'walk.part') return undefined
  const notes = transaction.objectStore('note')
  const noteId = op.kind === 'note.add' ? op.payload.id : op.payload.noteId
  const isGone = op.kind === 'note.add' ? code === 'recalled' : state === 'acked'
  if (isGone) return noteId
  const note = await notes.get(noteId)
  if (note === undefined || note.state === 'taken-back') return undefined
  await notes.put(
    op.kind === 'note.add' ? afterAdd(note, state, code, at) : afterRefusedRecall(note, code),
  )
  return undefined
}

function afterAdd(
  note: KeptNote,
  state: Settlement['state'],
  code: string | null,
  at: number,
): KeptNote {
  if (state === 'rejected') return { ...note, state: 'refused', refusedCode: code }
  const arrived = { ...note, refusedCode: null, sentAt: note.sentAt ?? at }
  // Its recall goes behind it, and says what it is then.
  return note.state === 'recalling' ? arrived : { ...arrived, state: 'sent' }
}

/** It is with the team as before, and says why. */
function afterRefusedRecall(note: KeptNote, code: string | null): KeptNote {
  return note.state === 'recalling' ? { ...note, state: 'sent', recallCode: code } : note
}
