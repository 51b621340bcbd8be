import { createModel, signal } from '@preact/signals'

import { isGone } from '../note/notes'
import type { KeptNote, WinceDatabase } from '../storage/database'
import { write } from '../storage/write'
import type { Offer } from './offer-words'

export interface MeTooDeps {
  database: WinceDatabase
  note: KeptNote
  offers: readonly Offer[]
  say(text: string, undo: (() => void) | null): void
  /** Takes it off the screen. */
  close(): void
}

/** What others noted that fits a note: one tap says "me too", another takes it back. */
export const MeTooModel = createModel(({ database, note, offers, say, close }: MeTooDeps) => {
  /** The entry that the note is the same as; the note keeps its words. */
  const joined = signal<string | null>(null)

  async function set(offer: Offer | null): Promise<boolean> {
    const sameAs = offer && { entryId: offer.entryId, number: offer.number }
    const isSet = await setSameAs(database, note.id, sameAs)
    if (isSet) joined.value = offer?.entryId ?? null
    else {
      say('Sent already, so it stays', null)
      close()
    }
    return isSet
  }

  return {
    offers: signal(offers),
    joined,
    close,

    /** Never rejects: a tap that cannot be kept says so. */
    async toggle(offer: Offer): Promise<void> {
      const isOn = joined.peek() === offer.entryId
      try {
        if (!(await set(isOn ? null : offer))) return
        if (isOn) say(`Not the same as #${offer.number}`, () => void set(offer))
        else say(`Same as #${offer.number}, in your words`, () => void set(null))
      } catch (error) {
        console.error('not joined', error)
        say('Not kept: this device has no room', null)
      }
    },
  }
})
export type MeTooModel = InstanceType<typeof MeTooModel>

/** Says whether it did: what was sent stays as it was sent. */
async function setSameAs(
  database: WinceDatabase,
  noteId: string,
  sameAs: NonNullable<KeptNote['sameAs']> | null,
): Promise<boolean> {
  return write(database, ['note'], async (transaction) => {
    const notes = transaction.objectStore('note')
    const note = await notes.get(noteId)
    if (note === undefined || isGone(note)) return false
    await notes.put({ ...note, sameAs })
    return true
  })
}
