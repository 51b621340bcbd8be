import { RECALL_WINDOW_MS } from '#shared/limits'
import type { OpOf } from '#shared/op'

import type {
  KeptNote,
  KeptWalk,
  QueuedOp,
  WinceDatabase,
  WriteTransaction,
} from '../storage/database'
import { type Surroundings, deviceIdIn, newId } from '../storage/device'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'

/** What became of the wish to take something back: what never left, and what a server is asked for. */
export interface Recalled {
  kept: string[]
  asked: string[]
}

/** True while a note can be taken back: as long as it waits here, and a day from when it arrived. */
export function isRecallable(note: KeptNote, now: number): boolean {
  if (note.state === 'queued') return true
  return note.state === 'sent' && note.sentAt !== undefined && now - note.sentAt <= RECALL_WINDOW_MS
}

/** The same of a walk's timeline, from when its last part arrived. One that goes on is ended or parked first. */
export function isTimelineRecallable(walk: KeptWalk, now: number): boolean {
  if (walk.sendId === undefined || walk.takenBack != null || walk.state === 'walking') return false
  return walk.sentAt == null || now - walk.sentAt <= RECALL_WINDOW_MS
}

type RecallTransaction = WriteTransaction<'outbox' | 'note' | 'walk' | 'meta'>

/**
 * Takes notes and the timelines of walks back. An op of which no request ever went out is taken
 * out, and what it held is kept as before Send; for any other, somebody may have it, so a recall
 * goes behind it to the same receiver. The words stay here until the server says that they are
 * gone there.
 */
export async function takeBack(
  database: WinceDatabase,
  surroundings: Surroundings,
  { noteIds = [], walkIds = [] }: { noteIds?: readonly string[]; walkIds?: readonly string[] },
): Promise<Recalled> {
  return write(database, ['outbox', 'note', 'walk', 'meta'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    await deviceIdIn(meta, surroundings)
    const recalled: Recalled = { kept: [], asked: [] }
    const asks: [QueuedOp, RecallOf][] = []
    for (const noteId of noteIds) {
      const gone = await takeNoteBack(transaction, noteId)
      if (gone === undefined) continue
      recalled[gone.length === 0 ? 'kept' : 'asked'].push(noteId)
      for (const each of gone) asks.push([each, { kind: 'note.recall', payload: { noteId } }])
    }
    for (const walkId of walkIds) {
      const gone = await takeTimelineBack(transaction, walkId)
      if (gone === undefined) continue
      recalled[gone.length === 0 ? 'kept' : 'asked'].push(walkId)
      for (const each of gone) asks.push([each, { kind: 'walk.recall', payload: { walkId } }])
    }
    let mid = await getMetaIn(meta, 'nextMid')
    for (const [{ receiver }, recall] of asks) {
      const at = surroundings.now()
      const opId = newId(surroundings)
      await transaction.objectStore('outbox').add({
        opId,
        mid,
        receiver,
        op: { opId, mid, at, ...recall },
        state: 'waiting',
        tried: false,
        code: null,
        seq: null,
        queuedAt: at,
        settledAt: null,
      })
      mid += 1
    }
    await meta.put(mid, 'nextMid')
    return recalled
  })
}

/** A recall before it has its id and number. */
type RecallOf =
  | { kind: 'note.recall'; payload: OpOf<'note.recall'>['payload'] }
  | { kind: 'walk.recall'; payload: OpOf<'walk.recall'>['payload'] }

/** @returns one op for each receiver that may have it; undefined where there is nothing to take back */
async function takeNoteBack(
  transaction: RecallTransaction,
  noteId: string,
): Promise<QueuedOp[] | undefined> {
  const notes = transaction.objectStore('note')
  const note = await notes.get(noteId)
  if (note?.state !== 'queued' && note?.state !== 'sent') return undefined
  const { gone } = await takeOut(
    transaction,
    ({ op }) => op.kind === 'note.add' && op.payload.id === noteId,
  )
  await notes.put(
    gone.length === 0
      ? { ...note, state: 'kept' }
      : { ...note, state: 'recalling', recallCode: null },
  )
  return gone
}

/** As `takeNoteBack`. Parts that never left are unsent again, and go with the next Send where the rest stays. */
async function takeTimelineBack(
  transaction: RecallTransaction,
  walkId: string,
): Promise<QueuedOp[] | undefined> {
  const walks = transaction.objectStore('walk')
  const found = await walks.get(walkId)
  if (found === undefined || found.takenBack != null || found.sentParts === 0) return undefined
  const { gone, stayed, others } = await takeOut(
    transaction,
    ({ op }) => op.kind === 'walk.part' && op.payload.walk.id === walkId,
  )
  const { sendId, ...walk } = found
  const parts = stayed.flatMap(({ op }) => (op.kind === 'walk.part' ? [op.payload] : []))
  if (parts.length > 0) {
    const steps = parts.flatMap((part) => part.steps.map(({ seq }) => seq))
    const first = Math.min(...parts.map(({ part }) => part))
    walk.sentParts = Math.max(first - 1, ...others)
    walk.sentSeq = Math.min(walk.sentSeq, ...steps.map((seq) => seq - 1))
    walk.endSent = false
  }
  await walks.put(
    gone.length === 0
      ? walk
      : { ...walk, ...(sendId !== undefined && { sendId }), takenBack: 'asked', recallCode: null },
  )
  return gone
}

/**
 * Deletes those of the chosen ops that certainly nobody has.
 *
 * @returns them as `stayed`; in `gone` one for each receiver that may have something of it, as it
 *   may have gone to several teams, one after the other; in `others` the numbers of parts left
 */
async function takeOut(
  transaction: RecallTransaction,
  isChosen: (queued: QueuedOp) => boolean,
): Promise<{ gone: QueuedOp[]; stayed: QueuedOp[]; others: number[] }> {
  const outbox = transaction.objectStore('outbox')
  const chosen = (await outbox.getAll()).filter(isChosen)
  const stayed = chosen.filter((each) => !mayBeKnown(each))
  for (const { opId } of stayed) await outbox.delete(opId)
  const left = chosen.filter(mayBeKnown)
  const gone = new Map(left.map((each) => [JSON.stringify(each.receiver), each]))
  const others = left.flatMap(({ op }) => (op.kind === 'walk.part' ? [op.payload.part] : []))
  return { gone: [...gone.values()], stayed, others }
}

/** Ops of 0.1.0 do not say whether they were tried; then they may have been. */
function mayBeKnown({ state, tried }: QueuedOp): boolean {
  return state === 'acked' || state === 'past' || (state === 'waiting' && tried !== false)
}
