import { subjectOf } from '#shared/op'

import type { KeptNote, QueuedOp } from '../storage/database'
import type { Settlement } from './outbox-store'
import type { ScrubTransaction } from './scrub'

/**
 * Writes down what became of one op.
 *
 * @returns the note or walk that was recalled by it, or long before it; nothing of it may stay here
 */
export async function settleIn(
  transaction: ScrubTransaction,
  settlement: Settlement,
  { at, serverTime }: { at: number; serverTime: number },
): Promise<string | undefined> {
  const { opId, state, code, seq } = settlement
  const outbox = transaction.objectStore('outbox')
  const queued = await outbox.get(opId)
  if (queued === undefined || queued.state === 'taken-back') return undefined
  await outbox.put({ ...queued, state, code, seq, settledAt: serverTime })
  const { op } = queued
  if (op.kind === 'walk.part' || op.kind === 'walk.recall')
    return settleWalk(transaction, queued, settlement, at)
  const notes = transaction.objectStore('note')
  const noteId = subjectOf(op)
  const isGone = op.kind === 'note.add' ? code === 'recalled' : state === 'acked'
  if (isGone) return noteId
  const note = await notes.get(noteId)
  if (note === undefined || note.state === 'taken-back') return undefined
  await notes.put(
    op.kind === 'note.add' ? afterAdd(note, state, code, at) : afterRefusedRecall(note, code),
  )
  return undefined
}

/** As `settleIn`, of what concerns a walk. */
async function settleWalk(
  transaction: ScrubTransaction,
  { op, settledAt }: QueuedOp,
  { state, code }: Settlement,
  at: number,
): Promise<string | undefined> {
  if (op.kind !== 'walk.part' && op.kind !== 'walk.recall') return undefined
  const walkId = subjectOf(op)
  if (op.kind === 'walk.part' ? code === 'recalled' : state === 'acked') return walkId
  const walk = await transaction.objectStore('walk').get(walkId)
  if (walk === undefined || walk.takenBack === 'done') return undefined
  // A replay brings a part that arrived before; its time runs from then.
  if (op.kind === 'walk.part' && state === 'acked' && settledAt === null)
    await transaction.objectStore('walk').put({ ...walk, sentAt: at })
  if (op.kind === 'walk.recall' && walk.takenBack === 'asked')
    await transaction.objectStore('walk').put({ ...walk, takenBack: null, recallCode: code })
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
