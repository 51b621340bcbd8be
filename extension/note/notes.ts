import type { Attachment } from '#shared/attachment'
import type { Place } from '#shared/place'

import type { PictureProof } from '../picture/proof'
import type { KeptNote, KeptPicture, WinceDatabase, WriteTransaction } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { write } from '../storage/write'

/**
 * Keeps a note and its masked pictures: on disk when this resolves, and not said to be before
 * (rule 1). The first wording that has words stays the first wording for ever.
 *
 * @throws DOMException `QuotaExceededError` when the disk is full; then nothing was kept
 */
export async function keepNote(
  database: WinceDatabase,
  surroundings: Surroundings,
  note: KeptNote,
  pictures: readonly KeptPicture[] = [],
): Promise<KeptNote> {
  return write(database, ['note', 'picture'], async (transaction) => {
    for (const picture of pictures) await keepPictureIn(transaction, picture)
    return keepNoteIn(transaction.objectStore('note'), surroundings, note)
  })
}

/** The store `note` of a transaction that is going on. */
interface NoteStore {
  get(id: string): Promise<KeptNote | undefined>
  put(note: KeptNote): Promise<unknown>
}

/** As `keepNote`, inside a transaction that is going on. A place on the disk is `setPlace`'s to change. */
export async function keepNoteIn(
  notes: NoteStore,
  surroundings: Surroundings,
  note: KeptNote,
): Promise<KeptNote> {
  const before = await notes.get(note.id)
  if (before !== undefined && isGone(before)) return before
  const words = note.words.trim()
  // No clock says when a customer was at the desk.
  const now = note.source === 'shift' ? note.at : surroundings.now()
  const isFirst = before?.firstWords == null && note.state === 'kept' && words !== ''
  const kept: KeptNote = {
    ...note,
    // Whoever writes may have read the note before its page had answered.
    place: before?.place ?? note.place,
    // Whoever writes may have read the note before its picture came.
    ...(before?.proofs && { proofs: before.proofs }),
    words,
    firstWords: isFirst ? words : (before?.firstWords ?? null),
    firstWordsAt: isFirst ? now : (before?.firstWordsAt ?? null),
    savedAt: now,
  }
  await notes.put(kept)
  return kept
}

/**
 * Equal bytes are one row: covered whole, two notes have one picture. A row that is there stays
 * as it is, or the picture of a note that was sent would never follow it.
 */
async function keepPictureIn(
  transaction: WriteTransaction<'note' | 'picture'>,
  picture: KeptPicture,
): Promise<void> {
  const known = await transaction.objectStore('picture').get(picture.sha256)
  if (known === undefined) await transaction.objectStore('picture').add(picture)
}

/** True once Send was pressed: from then on the note is what was sent, and is not written over. */
export function isGone({ state }: KeptNote): boolean {
  return state === 'queued' || state === 'sent' || state === 'recalling' || state === 'taken-back'
}

export async function findNote(database: WinceDatabase, id: string): Promise<KeptNote | undefined> {
  return database.get('note', id)
}

/**
 * Gives a note the place that its page told after it was kept. Says whether it did: not where the
 * place is another one than `first` by now, and not once Send was pressed.
 */
export async function setPlace(
  database: WinceDatabase,
  id: string,
  first: Place,
  place: Place,
): Promise<boolean> {
  return write(database, ['note'], async (transaction) => {
    const note = await transaction.objectStore('note').get(id)
    if (note === undefined || isGone(note) || !isSamePlace(note.place, first)) return false
    await transaction.objectStore('note').put({ ...note, place })
    return true
  })
}

export function isSamePlace(one: Place, other: Place): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** All notes of this device that are not removed, the newest first. */
export async function listNotes(database: WinceDatabase): Promise<KeptNote[]> {
  const notes = await database.getAll('note')
  return notes
    .filter((note) => note.state !== 'removed')
    .toSorted((one, other) => other.at - one.at)
}

/** Notes of one walk, in the order they happened. */
export async function listNotesOfWalk(
  database: WinceDatabase,
  walkId: string,
): Promise<KeptNote[]> {
  const notes = await database.getAllFromIndex('note', 'byWalk', walkId)
  return notes
    .filter((note) => note.state !== 'removed')
    .toSorted((one, other) => one.at - other.at)
}

/** Leaves a note out of the next Send, or takes it in again. */
export async function leaveOut(
  database: WinceDatabase,
  id: string,
  leftOut: boolean,
): Promise<void> {
  await changeUnsent(database, id, { leftOut })
}

/** Takes a note away; `restoreNote` brings it back. */
export async function removeNote(database: WinceDatabase, id: string): Promise<void> {
  await changeUnsent(database, id, { state: 'removed' })
}

export async function restoreNote(database: WinceDatabase, id: string): Promise<void> {
  await write(database, ['note'], async (transaction) => {
    const note = await transaction.objectStore('note').get(id)
    if (note?.state === 'removed')
      await transaction.objectStore('note').put({ ...note, state: 'kept' })
  })
}

/**
 * Takes its pictures off a note. One that the server refused is ready to be sent without them;
 * one that arrived is as it is there. A picture that nobody shows any more goes.
 */
export async function leavePictures(database: WinceDatabase, id: string): Promise<void> {
  await write(database, ['note', 'picture'], async (transaction) => {
    const notes = transaction.objectStore('note')
    const note = await notes.get(id)
    if (note === undefined || (isGone(note) && note.state !== 'sent')) return
    await notes.put({
      ...note,
      attachments: [],
      proofs: [],
      state: note.state === 'sent' ? 'sent' : 'kept',
    })
    const shown = new Set(
      (await notes.getAll()).flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256)),
    )
    for (const { sha256 } of note.attachments)
      if (!shown.has(sha256)) await transaction.objectStore('picture').delete(sha256)
  })
}

async function changeUnsent(
  database: WinceDatabase,
  id: string,
  change: Partial<Pick<KeptNote, 'leftOut' | 'state'>>,
): Promise<void> {
  await write(database, ['note'], async (transaction) => {
    const note = await transaction.objectStore('note').get(id)
    if (note === undefined || isGone(note)) return
    await transaction.objectStore('note').put({ ...note, ...change })
  })
}

export async function findPicture(
  database: WinceDatabase,
  sha256: string,
): Promise<KeptPicture | undefined> {
  return database.get('picture', sha256)
}

/** Gives a note its masked picture, unless the note has gone by now. Says whether it did. */
export async function attachPicture(
  database: WinceDatabase,
  noteId: string,
  attachment: Attachment,
  picture: KeptPicture,
  proof: PictureProof,
): Promise<boolean> {
  return write(database, ['note', 'picture'], async (transaction) => {
    const note = await transaction.objectStore('note').get(noteId)
    if (note === undefined || isGone(note) || note.state === 'removed') return false
    const others = note.attachments.filter(({ sha256 }) => sha256 !== attachment.sha256)
    const proofs = (note.proofs ?? []).filter(({ sha256 }) => sha256 !== attachment.sha256)
    await keepPictureIn(transaction, picture)
    await transaction
      .objectStore('note')
      .put({ ...note, attachments: [...others, attachment], proofs: [...proofs, proof] })
    return true
  })
}

/** Not sent yet, in whatever state: what the badge counts and what pairing says is kept here. */
export function isUnsent(note: KeptNote): boolean {
  return note.state === 'queued' || (!isGone(note) && note.state !== 'removed')
}

/** Begun and not said to be ready: a draft, or a silent moment that waits for words. */
export function isToFinish(note: KeptNote): boolean {
  return note.state === 'draft' || (note.state === 'kept' && note.words === '')
}

/** Ready to be sent, and not sent. */
export function isReady(note: KeptNote): boolean {
  return note.state === 'kept' || note.state === 'refused'
}
