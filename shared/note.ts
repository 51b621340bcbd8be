import * as v from 'valibot'

import { Attachment } from '#shared/attachment'
import { Id } from '#shared/id'
import { FIELD_MAX_BYTES } from '#shared/limits'
import { Place } from '#shared/place'
import { Ms, textUpTo } from '#shared/text'

export const Mood = v.picklist(['embarrassed', 'liked'])
export type Mood = v.InferOutput<typeof Mood>

/** Kinds of embarrassment, one a note, with the words on screen. Liked notes carry none. */
export const KIND_WORDS = {
  jargon: 'Wrong name',
  confusing: 'Confusing',
  slow: 'Slow',
  broken: 'Broken',
  'asked-again': 'Asked again',
  'dead-end': 'Dead end',
  tone: 'Tone',
  locked: '“The system won’t let me”',
  missing: 'Missing',
  hold: 'On hold',
  transfer: 'Passed on',
  voicemail: 'Voicemail',
  inaccessible: 'Not for everyone',
  other: 'Other',
} as const

export const Kind = v.picklist(Object.keys(KIND_WORDS) as (keyof typeof KIND_WORDS)[])
export type Kind = v.InferOutput<typeof Kind>

/** "Would I show this to a customer in person?" 0 fine · 1 a shrug · 2 a wince · 3 couldn't show it. */
export const Wince = v.picklist([0, 1, 2, 3])
export type Wince = v.InferOutput<typeof Wince>

export const WINCE_WORDS = ['fine', 'a shrug', 'a wince', 'couldn’t show it'] as const

export const Money = v.picklist(['free', 'needs-money'])
export type Money = v.InferOutput<typeof Money>

/** Where a note comes from. */
export const Source = v.picklist(['walk', 'shift', 'told', 'elsewhere'])
export type Source = v.InferOutput<typeof Source>

/** The promise of an answer to the customer of a note (C7, R6), made with their consent. */
export const Owed = v.looseObject({
  /** The desk tool's own reference; never a name or a number of a person. Empty where there is none. */
  reference: textUpTo(120),
  /** When the customer complained, Unix ms on the walker's clock: a day later somebody has spoken to them. */
  since: Ms,
})
export type Owed = v.InferOutput<typeof Owed>

/**
 * What a walker felt or saw at a place; the unit that is grouped. Keys that this version does
 * not know are kept and given back untouched (S-14), hence the loose object.
 */
export const Note = v.pipe(
  v.looseObject({
    id: Id,
    walkId: v.nullable(Id),
    source: Source,
    /** When it happened, Unix ms on the walker's clock. */
    at: Ms,
    mood: Mood,
    kind: v.nullable(Kind),
    wince: v.nullable(Wince),
    money: v.nullable(Money),
    words: textUpTo(FIELD_MAX_BYTES),
    /** The first wording, kept for ever; equal to `words` unless it was changed before Send. */
    firstWords: textUpTo(FIELD_MAX_BYTES),
    /** When that was kept, Unix ms on the walker's clock; null for no words. Since wire 2. */
    firstWordsAt: v.optional(v.nullable(Ms)),
    /** What the walker expected, or, for a wrong name, what a customer would call it. */
    expected: v.nullable(textUpTo(FIELD_MAX_BYTES)),
    service: v.nullable(textUpTo(200)),
    place: Place,
    attachments: v.pipe(v.array(Attachment), v.maxLength(4)),
    /** "Me too": the entry that its author says it is the same as. An older server knows nothing of it. */
    sameAs: v.optional(v.nullable(Id)),
    /** Set where the customer of a contact waits for an answer. An older server knows nothing of it. */
    owed: v.optional(v.nullable(Owed)),
  }),
  v.check(
    (note) =>
      note.mood === 'embarrassed' ||
      (note.kind === null && note.wince === null && note.money === null),
    'a liked note has no kind, wince or money mark',
  ),
)
export type Note = v.InferOutput<typeof Note>
