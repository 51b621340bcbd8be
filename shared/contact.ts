import * as v from 'valibot'

import type { Kind, Money } from '#shared/note'
import { Channel } from '#shared/place'
import { textUpTo } from '#shared/text'

/** What a leader may notice about a contact, with the words on screen, the frequent ones first. */
export const TAG_WORDS = {
  locked: '“System won’t let me”',
  workaround: 'Workaround',
  'self-service': 'Could be self-service',
  repetitive: 'Repetitive',
  chaotic: 'Chaotic',
  free: 'Free to fix',
  'broken-process': 'Broken process',
  exception: 'Process exception',
} as const

const ContactTag = v.picklist(Object.keys(TAG_WORDS) as (keyof typeof TAG_WORDS)[])
type ContactTag = v.InferOutput<typeof ContactTag>

/** A rule that did not fit the customer: either it is to change, or customers are to be told why it stays. */
const ProcessException = v.looseObject({
  words: textUpTo(2_000),
  way: v.nullable(v.picklist(['improve', 'explain'])),
})

const contactFields = {
  /** How the customer reached the desk; `desk` for who walked up to it. */
  channel: Channel,
  /** What they needed, in their words. */
  need: textUpTo(2_000),
  service: v.nullable(textUpTo(200)),
  solved: v.nullable(v.picklist(['yes', 'later', 'no'])),
  treatedWell: v.nullable(v.picklist(['yes', 'unsure', 'no'])),
  /** How the customer left: −2 upset … +2 delighted. */
  reaction: v.nullable(v.picklist([-2, -1, 0, 1, 2])),
  /** Screens that the agent had to open. */
  screens: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(99))),
  tags: v.pipe(v.array(ContactTag), v.maxLength(8)),
  exception: v.nullable(ProcessException),
}
/** One customer at the desk (C7). Nobody's name has a field here. */
export const Contact = v.looseObject(contactFields)
export type Contact = v.InferOutput<typeof Contact>

/** The fields of a contact, for its step. */
export const CONTACT_FIELDS = contactFields

/** What a contact says to the register. */
export interface ContactNote {
  kind: Kind | null
  money: Money | null
  words: string
}

/**
 * A contact becomes a note where something went wrong, was noticed, or is owed to the customer;
 * one that was served well is a line of the shift's log alone. Null for that.
 */
export function noteOfContact(contact: Contact, owesAnswer: boolean): ContactNote | null {
  const { need, solved, treatedWell, reaction, tags, exception } = contact
  const words = [need.trim(), exception?.words.trim() ?? ''].filter((each) => each !== '')
  const isTelling =
    tags.length > 0 || solved === 'no' || treatedWell === 'no' || (reaction ?? 0) < 0
  if (!owesAnswer && (words.length === 0 || !isTelling)) return null
  return {
    kind: kindOf(contact),
    money: tags.includes('free') ? 'free' : null,
    words: words.join('\n'),
  }
}

function kindOf({ tags, treatedWell }: Contact): Kind | null {
  if (tags.includes('locked')) return 'locked'
  if (treatedWell === 'no') return 'tone'
  return tags.includes('broken-process') ? 'broken' : null
}
