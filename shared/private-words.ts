import * as v from 'valibot'

import { textUpTo } from '#shared/text'

/** A list longer than this is a directory, and a directory does not belong into browsers. */
const WORDS_MAX = 200
const WORD_MAX_BYTES = 80

/**
 * Texts that an organisation wants covered beside fields and patterns: names of wards, formats of
 * its own numbers. `#` stands for any digit, so `K######` is every staff number of that form.
 */
const PrivateWord = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\s+/g, ' ').trim()),
  textUpTo(WORD_MAX_BYTES),
  v.check((text) => /[\p{L}\p{N}#].*[\p{L}\p{N}#]/u.test(text), 'at least two letters or digits'),
)
export const PrivateWords = v.pipe(v.array(PrivateWord), v.maxLength(WORDS_MAX))
export type PrivateWords = v.InferOutput<typeof PrivateWords>

/** Of a list from elsewhere, what this version can look for. */
export function usablePrivateWords(words: readonly string[]): PrivateWords {
  return words
    .flatMap((word) => {
      const parsed = v.safeParse(PrivateWord, word)
      return parsed.success ? [parsed.output] : []
    })
    .slice(0, WORDS_MAX)
}

/** A sentence that says what is wrong with a list; null where it is fit. */
export function whyUnfit(words: readonly string[]): string | null {
  const unfit = words.find((word) => !v.safeParse(PrivateWord, word).success)
  if (unfit !== undefined)
    return `“${unfit}” cannot be looked for: a text has at least two letters or digits, and at most ${WORD_MAX_BYTES} of them.`
  return words.length > WORDS_MAX ? `A list has at most ${WORDS_MAX} texts.` : null
}

/** A stretch of a text, in UTF-16 units. */
interface Stretch {
  start: number
  end: number
}

/** Finds where a text holds one of some words; whole words, whatever their case and their spaces. */
export type FindPrivate = (text: string) => Stretch[]

/** Where nothing is listed. */
export const findNone: FindPrivate = () => []

/** @param words as `PrivateWords` takes them; what is no such list finds nothing */
export function privateFinder(words: readonly string[]): FindPrivate {
  if (words.length === 0) return findNone
  const longestFirst = words.toSorted((one, other) => other.length - one.length)
  const any = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${longestFirst.map(patternOf).join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  )
  return (text) =>
    Array.from(text.matchAll(any), ({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
    }))
}

function patternOf(word: string): string {
  return word
    .replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replaceAll('#', String.raw`\p{Nd}`)
    .replaceAll(' ', String.raw`\s+`)
}
