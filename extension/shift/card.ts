import type { Contact } from '#shared/contact'
import type { Owed } from '#shared/note'
import { cutToBytes, toStorableText } from '#shared/text'

/** A promise of an answer while it is being made; it counts once they agreed to be contacted. */
export interface OwedDraft extends Pick<Owed, 'reference' | 'since'> {
  agreed: boolean
}

/** A contact card that is being filled in. Nobody's name has a field on it. */
export interface ContactCard {
  /** The kept contact that it changes; null for a new one. */
  seq: number | null
  contact: Contact
  /** False while the service is left to what is suggested. */
  isServiceSaid: boolean
  owed: OwedDraft | null
}

/** As much as a contact takes of each. */
const WORDS_MAX_BYTES = 2_000
const SERVICE_MAX_BYTES = 200
const REFERENCE_MAX_BYTES = 120

/** Nothing is preset that says something about the customer; how they came is as it was last. */
export function blankCard(channel: Contact['channel'] = 'phone'): ContactCard {
  return {
    seq: null,
    contact: {
      channel,
      need: '',
      service: null,
      solved: null,
      treatedWell: null,
      reaction: null,
      screens: null,
      tags: [],
      exception: null,
    },
    isServiceSaid: false,
    owed: null,
  }
}

/** Nothing was said of the customer yet: there is nothing to keep. */
export function isBlank({ contact, owed }: ContactCard): boolean {
  const { need, service, solved, treatedWell, reaction, screens, tags } = contact
  return (
    need.trim() === '' &&
    service === null &&
    owed === null &&
    tags.length === 0 &&
    [solved, treatedWell, reaction, screens].every((each) => each === null)
  )
}

/**
 * The contact as it is kept: texts as a database can hold them, an exception only where that
 * was noticed.
 *
 * @param suggested the service that stands on the card until somebody says another
 */
export function contactOf(card: ContactCard, suggested: string | null): Contact {
  const { contact, isServiceSaid } = card
  const { need, service, tags, exception } = contact
  return {
    ...contact,
    need: toText(need, WORDS_MAX_BYTES),
    service: toText((isServiceSaid ? service : suggested) ?? '', SERVICE_MAX_BYTES) || null,
    exception:
      exception !== null && tags.includes('exception')
        ? { ...exception, words: toText(exception.words, WORDS_MAX_BYTES) }
        : null,
  }
}

/** The promise as it is kept: none without their consent. */
export function owedOf(draft: OwedDraft | null): Owed | null {
  if (draft === null || !draft.agreed) return null
  return { reference: toText(draft.reference, REFERENCE_MAX_BYTES), since: draft.since }
}

/** The card of a contact that was kept. */
export function cardOf(seq: number, contact: Contact, owed: Owed | null | undefined): ContactCard {
  return {
    seq,
    contact,
    isServiceSaid: true,
    owed: owed == null ? null : { reference: owed.reference, since: owed.since, agreed: true },
  }
}

/** The cards with one on top of them, which takes the place of a new one that is still blank. */
export function withOnTop(cards: readonly ContactCard[], card: ContactCard): ContactCard[] {
  const others = cards.filter(({ seq }) => seq === null || seq !== card.seq)
  const top = others.at(-1)
  const isInTheWay = top !== undefined && top.seq === null && isBlank(top)
  return [...(isInTheWay ? others.slice(0, -1) : others), card]
}

function toText(text: string, maxBytes: number): string {
  return cutToBytes(toStorableText(text.trim()), maxBytes).trim()
}
