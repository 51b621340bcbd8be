import { type Contact, noteOfContact } from '#shared/contact'
import { timeOfId, uuidv7 } from '#shared/id'
import type { Owed } from '#shared/note'
import type { Step } from '#shared/step'
import { cutToBytes } from '#shared/text'

import { isGone } from '../note/notes'
import type { KeptNote, KeptWalk, WinceDatabase, WriteTransaction } from '../storage/database'
import { type Surroundings, newId } from '../storage/device'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { openLine, planIn } from '../walk/plan'
import { type ContactCard, cardOf } from './card'

export type ContactStep = Extract<Step, { kind: 'contact' }>

/** A contact of a shift on this device, with the note that it gave, if any. */
export interface KeptContact {
  /** Counts from 1 among the shift's contacts. */
  number: number
  step: ContactStep
  note: KeptNote | undefined
}

const STORES = ['walk', 'step', 'note', 'meta'] as const
type ShiftTransaction = WriteTransaction<(typeof STORES)[number]>

/**
 * Starts a desk shift and makes it the walk that goes on; it follows no tab, and carries out the
 * shift that the plan wants next. While another walk goes on, this does nothing.
 */
export async function startShift(
  database: WinceDatabase,
  surroundings: Surroundings,
): Promise<KeptWalk | null> {
  const nothing = { errand: null, persona: null, firstTime: null, debrief: null }
  const [mirror, walks] = await Promise.all([database.getAll('mirror'), database.getAll('walk')])
  const planned = openLine(
    planIn(mirror).filter(({ kind }) => kind === 'shift'),
    walks,
  )
  const walk: KeptWalk = {
    ...nothing,
    planId: planned?.id ?? null,
    service: planned?.service ?? null,
    id: newId(surroundings),
    kind: 'shift',
    state: 'walking',
    startedAt: surroundings.now(),
    endedAt: null,
    nextSeq: 1,
    sentParts: 0,
    sentSeq: 0,
    tabIds: [],
    origins: [],
    unseenTabIds: [],
  }
  return write(database, ['walk', 'meta'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    if ((await getMetaIn(meta, 'activeWalkId')) !== null) return null
    await transaction.objectStore('walk').add(walk)
    await meta.put(walk.id, 'activeWalkId')
    await meta.put(null, 'contactCards')
    return walk
  })
}

/** The contacts of a shift, in the order they came. */
export async function listContacts(
  database: WinceDatabase,
  walkId: string,
): Promise<KeptContact[]> {
  const [walk, rows, notes] = await Promise.all([
    database.get('walk', walkId),
    database.getAll('step', stepsOf(walkId)),
    database.getAllFromIndex('note', 'byWalk', walkId),
  ])
  if (walk === undefined) return []
  const steps = rows.flatMap(({ step }) => (step.kind === 'contact' ? [step] : []))
  return steps.map((step, index) => ({
    number: index + 1,
    step,
    note: notes.find((note) => isNoteOf(walk, step.seq, note)),
  }))
}

/** A contact that is to be kept, and its place among the shift's contacts where it has one. */
export interface ReadyContact {
  /** The contact that it changes or that it was; null for a new one. */
  seq: number | null
  contact: Contact
  owed: Owed | null
}

/**
 * Keeps a contact with the note it gives and the cards that are left, all in one transaction:
 * on the disk when this resolves. Neither step nor note has a time of its own, and the note's
 * id is made of the shift's start and the contact's number: an id of now would tell the time.
 *
 * @param listLeft the cards that are still being filled in, asked for when it is their turn
 * @returns null where the shift is over or what is to be changed was sent already
 */
export async function keepContact(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
  ready: ReadyContact,
  listLeft: () => readonly ContactCard[],
): Promise<{ seq: number; number: number } | null> {
  return write(database, [...STORES], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (walk === undefined || walk.state === 'done') return null
    const steps = transaction.objectStore('step')
    const before = ready.seq === null ? undefined : await steps.get([walkId, ready.seq])
    if (before !== undefined && before.step.seq <= walk.sentSeq) return null
    // One that was removed comes back where it was, unless that part of the shift was sent since.
    const seq = ready.seq !== null && ready.seq > walk.sentSeq ? ready.seq : walk.nextSeq
    const step: ContactStep = { ...ready.contact, kind: 'contact', seq, at: walk.startedAt }
    const isPut = await putNote(transaction, surroundings, walk, step, ready.owed, before?.step)
    if (!isPut) return null
    await steps.put({ walkId, step })
    const nextSeq = Math.max(walk.nextSeq, seq + 1)
    if (nextSeq !== walk.nextSeq) await transaction.objectStore('walk').put({ ...walk, nextSeq })
    await transaction.objectStore('meta').put({ walkId, cards: listLeft() }, 'contactCards')
    const all = await steps.getAll(stepsOf(walkId))
    const number = all.filter((row) => row.step.kind === 'contact' && row.step.seq <= seq).length
    return { seq, number }
  })
}

/**
 * Takes a contact back, with its note: neither is there any more, and its card may be filled in again.
 *
 * @param listLeft the cards that are being filled in then
 * @returns null where it is not there, was sent already, or the shift is over
 */
export async function takeContactBack(
  database: WinceDatabase,
  walkId: string,
  seq: number,
  listLeft: (taken: ContactCard) => readonly ContactCard[],
): Promise<ContactCard | null> {
  return write(database, [...STORES], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    const row = await transaction.objectStore('step').get([walkId, seq])
    if (walk === undefined || walk.state === 'done' || row?.step.kind !== 'contact') return null
    const note = await findNoteIn(transaction, walk, seq)
    if (seq <= walk.sentSeq || (note !== undefined && isGone(note))) return null
    await transaction.objectStore('step').delete([walkId, seq])
    if (note !== undefined) await transaction.objectStore('note').delete(note.id)
    const taken = cardOf(seq, contactOfStep(row.step), note?.owed)
    await transaction.objectStore('meta').put({ walkId, cards: listLeft(taken) }, 'contactCards')
    return taken
  })
}

/** Keeps the cards that are being filled in, so that they outlive panel and browser. */
export async function keepCards(
  database: WinceDatabase,
  walkId: string,
  cards: readonly ContactCard[],
): Promise<void> {
  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put({ walkId, cards }, 'contactCards'),
  )
}

/** Ends a shift. One of which nothing was kept or sent never was; says whether there is one to tell of. */
export async function endShift(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
): Promise<boolean> {
  return write(database, [...STORES], async (transaction) => {
    const walks = transaction.objectStore('walk')
    const walk = await walks.get(walkId)
    const meta = transaction.objectStore('meta')
    if ((await getMetaIn(meta, 'activeWalkId')) === walkId) await meta.put(null, 'activeWalkId')
    if (walk === undefined) return false
    const count = await transaction.objectStore('step').count(stepsOf(walkId))
    if (count > 0 || walk.sentParts > 0) {
      const endedAt = surroundings.now()
      await walks.put({ ...walk, state: 'done', endedAt, endSent: false })
      return true
    }
    await walks.delete(walkId)
    await meta.put(null, 'contactCards')
    return false
  })
}

/** The contact in a step, without what makes it one. */
export function contactOfStep({ kind: _kind, seq: _seq, at: _at, ...contact }: ContactStep) {
  return contact satisfies Contact
}

function stepsOf(walkId: string): IDBKeyRange {
  return IDBKeyRange.bound([walkId, 1], [walkId, Infinity])
}

/** False where the note was sent already, so that it stays as it is. */
async function putNote(
  transaction: ShiftTransaction,
  surroundings: Surroundings,
  walk: KeptWalk,
  step: ContactStep,
  owed: Owed | null,
  stepBefore: Step | undefined,
): Promise<boolean> {
  const notes = transaction.objectStore('note')
  const before = await findNoteIn(transaction, walk, step.seq)
  if (before !== undefined && isGone(before)) return false
  // Whoever took the note away goes on without it.
  if (before?.state === 'removed') return true
  const told = noteOfContact(step, owed !== null)
  if (told === null) {
    if (before !== undefined) await notes.delete(before.id)
    return true
  }
  const toldBefore =
    stepBefore?.kind === 'contact' ? noteOfContact(stepBefore, before?.owed != null) : null
  // Words that were changed in the note stay until they are changed on the card.
  const words = before !== undefined && toldBefore?.words === told.words ? before.words : told.words
  const { need, service } = step
  await notes.put({
    id: before?.id ?? uuidv7(walk.startedAt + step.seq, surroundings.randomBytes),
    walkId: walk.id,
    source: 'shift',
    at: walk.startedAt,
    mood: 'embarrassed',
    wince: before?.wince ?? null,
    expected: before?.expected ?? null,
    ...told,
    words,
    firstWords: before?.firstWords ?? (words === '' ? null : words),
    firstWordsAt: null,
    service,
    place: { kind: 'desk', reason: cutToBytes(need, REASON_MAX_BYTES) || null },
    attachments: [],
    owed,
    state: 'kept',
    refusedCode: null,
    leftOut: before?.leftOut ?? false,
    savedAt: walk.startedAt,
  })
  return true
}

/** As much as a place at the desk takes. */
const REASON_MAX_BYTES = 300

/** Its id says which contact a note is of; nothing else has to, and a file that was saved keeps it. */
function isNoteOf({ startedAt }: KeptWalk, seq: number, note: KeptNote): boolean {
  return note.source === 'shift' && timeOfId(note.id) - startedAt === seq
}

async function findNoteIn(
  transaction: ShiftTransaction,
  walk: KeptWalk,
  seq: number,
): Promise<KeptNote | undefined> {
  const notes = await transaction.objectStore('note').index('byWalk').getAll(walk.id)
  return notes.find((note) => isNoteOf(walk, seq, note))
}
