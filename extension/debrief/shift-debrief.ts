import { computed, createModel } from '@preact/signals'

import { live } from '../panel/live'
import { isBlank } from '../shift/card'
import { type KeptContact, listContacts } from '../shift/contacts'
import type { KeptWalk, Meta, WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import { write } from '../storage/write'

interface LeftCardsDeps {
  database: WinceDatabase
  walk: KeptWalk
}

/** What a shift left: its contacts, and the cards that nobody kept. */
export const LeftCardsModel = createModel(({ database, walk }: LeftCardsDeps) => {
  const cards = live<Meta['contactCards']>(['meta'], null, () => getMeta(database, 'contactCards'))
  return {
    contacts: live<KeptContact[]>(['step', 'note'], [], () => listContacts(database, walk.id)),
    count: computed(() => {
      const kept = cards.value
      return kept?.walkId === walk.id ? kept.cards.filter((card) => !isBlank(card)).length : 0
    }),
    /** Nobody is to finish them. */
    async drop(): Promise<void> {
      await write(database, ['meta'], (transaction) =>
        transaction.objectStore('meta').put(null, 'contactCards'),
      )
    },
  }
})

/** How people felt treated is no figure here: it is shown of five answers or more, together. */
export function figuresOf(contacts: readonly KeptContact[]): [string, string][] {
  const solved = (how: 'yes' | 'later' | 'no') =>
    String(contacts.filter(({ step }) => step.solved === how).length)
  const notes = contacts.filter(({ note }) => note !== undefined && note.state !== 'removed')
  return [
    [contacts.length === 1 ? 'contact' : 'contacts', String(contacts.length)],
    ['solved', solved('yes')],
    ['solved later', solved('later')],
    ['not solved', solved('no')],
    ['answers owed', String(notes.filter(({ note }) => note?.owed != null).length)],
    [notes.length === 1 ? 'note' : 'notes', String(notes.length)],
  ]
}
