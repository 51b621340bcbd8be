import * as v from 'valibot'

/**
 * Length of the text in UTF-8, in bytes; what D1's limits count.
 * A lone surrogate counts as the three bytes of U+FFFD that it would become.
 */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

const LONE_SURROGATE = /\p{Surrogate}/u
const NUL = '\u0000'

/** True when D1 gives the text back unchanged: no lone surrogate, no U+0000 (S-16). */
export function isStorableText(text: string): boolean {
  return !LONE_SURROGATE.test(text) && !text.includes(NUL)
}

/** The same text as D1 can keep it: lone surrogates become U+FFFD, U+0000 goes (S-16). */
export function toStorableText(text: string): string {
  return text.replaceAll(NUL, '').replace(new RegExp(LONE_SURROGATE, 'gu'), '\uFFFD')
}

/** Cuts to at most `maxBytes` of UTF-8 without splitting a character. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += utf8Length(character)
    if (bytes > maxBytes) return text.slice(0, end)
    end += character.length
  }
  return text
}

/**
 * One form for texts that mean the same place: compatibility forms, case and spaces folded, every
 * run of digits, in any script, one `#`. A `|`, which parts the pieces of a key, is escaped.
 */
export function toKeyPart(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Nd}+/gu, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[|\\]/g, '\\$&')
}

/** A schema for text of at most `maxBytes` of UTF-8 that survives the database. */
export function textUpTo(maxBytes: number) {
  return v.pipe(
    v.string(),
    v.check(isStorableText, 'holds a lone surrogate or U+0000'),
    v.check((text) => utf8Length(text) <= maxBytes, `longer than ${maxBytes} bytes`),
  )
}

/** A point in time: Unix ms, whole, as the device that saw it says. Never orders anything. */
export const Ms = v.pipe(v.number(), v.safeInteger(), v.minValue(-8.64e15), v.maxValue(8.64e15))
export type Ms = v.InferOutput<typeof Ms>

/** A duration in ms, whole, not negative. */
export const DurationMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A day without a time zone. */
export const Day = v.pipe(v.string(), v.isoDate('not a day such as 2026-12-05'))
