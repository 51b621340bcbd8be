import { type Address, toAddress as toAddressOf } from '#shared/address'
import { type FindPrivate, findNone, privateFinder } from '#shared/private-words'
import {
  findSensitive as findSensitiveIn,
  toPlaceholders as toPlaceholdersIn,
} from '#shared/sensitive'

import { takePrivateWords } from './options'

let words: readonly string[] = []
let findOwn: FindPrivate = findNone

/** What the organisation listed, as this script was told; compiled once for each list. */
function own(): FindPrivate {
  const privateWords = takePrivateWords()
  if (privateWords !== words) {
    words = privateWords
    findOwn = privateWords.length > 0 ? privateFinder(privateWords) : findNone
  }
  return findOwn
}

/** Patterns, and what the organisation listed. */
export function findSensitive(text: string): ReturnType<typeof findSensitiveIn> {
  return findSensitiveIn(text, own())
}

/** What of an address may be kept, without those. Undefined where there is nothing to keep. */
export function toAddress(href: string): Address | undefined {
  return toAddressOf(href, own())
}

/** The text with each of those as a placeholder. */
export function toPlaceholders(text: string): string {
  return toPlaceholdersIn(text, own())
}
