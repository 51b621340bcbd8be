import type { FindPrivate } from '#shared/private-words'
import { findSensitive } from '#shared/sensitive'

/** A stretch of what somebody writes that may point at a person. UTF-16 units. */
export interface PersonalData {
  start: number
  end: number
  words: string
  what: keyof typeof LOOKS
  /** `a phone number`: for the sentence that says so. */
  looksLike: string
  /** What stands in its place once it is covered. */
  cover: string
}

const LOOKS = {
  phone: { looksLike: 'a phone number', cover: '[phone number]' },
  email: { looksLike: 'an e-mail address', cover: '[e-mail]' },
  card: { looksLike: 'a card number', cover: '[card number]' },
  ssn: { looksLike: 'a social-security number', cover: '[number]' },
  date: { looksLike: 'a full date, maybe of birth', cover: '[date]' },
  id: { looksLike: 'somebody’s number', cover: '[number]' },
  token: { looksLike: 'a secret', cover: '[secret]' },
  private: { looksLike: 'what your organisation wants covered', cover: '[covered]' },
  name: { looksLike: 'a person’s name', cover: '[name]' },
} as const

/** A form of address and what follows it: the only names that a rule can tell from other words. */
const ADDRESSED =
  /(?<=^|[^\p{L}])(?:Dr|Mr|Mrs|Ms|Miss|Prof|Nurse|Sister|Herr|Frau|Mme|Sr|Sra)\.?\s{1,2}\p{Lu}[\p{L}'’-]{1,30}(?:\s\p{Lu}[\p{L}'’-]{1,30})?/gu
/** Longer than this nobody writes by hand while a hint is being looked for. UTF-16 units. */
const TEXT_MAX_LENGTH = 5_000

/**
 * What in a text looks like personal data, in order. It knows patterns and names with a form of
 * address, not every name; it never changes a text and never holds one up (C7, C11).
 *
 * @param findOwn what an organisation listed beside the patterns
 */
export function findPersonal(text: string, findOwn?: FindPrivate): PersonalData[] {
  const read = text.slice(0, TEXT_MAX_LENGTH)
  const names = Array.from(read.matchAll(ADDRESSED), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    what: 'name' as const,
  }))
  const patterns = findSensitive(read, findOwn).filter(
    (span) => !names.some((name) => name.start < span.end && span.start < name.end),
  )
  return [...names, ...patterns]
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end, what }) => ({
      start,
      end,
      what,
      words: text.slice(start, end),
      ...LOOKS[what],
    }))
}

/** The text with one stretch of it covered. */
export function coverPersonal(text: string, { start, end, cover }: PersonalData): string {
  return text.slice(0, start) + cover + text.slice(end)
}
