/**
 * Words that people write, told from strings that machines make. Both addresses and texts need
 * it: `how-do-i-connect` stays readable, `dQw4w9WgXcQ` never does. In doubt it is a machine's.
 */

/** What a run of letters and digits is: something to read, a number of a thing, or a secret. */
export type ChunkKind = 'word' | 'id' | 'token'

const HEX = /^[0-9a-f]+$/i
const BEYOND_ASCII = /[^\p{ASCII}]/u
const HAS_DIGIT = /\d/
const HAS_LETTER = /\p{L}/u
/** Digits at the edges of a name: 365apps, 2fa, L2, wifi6. */
const EDGED_NAME = /^\d{0,4}([\p{L}\p{M}]+)\d{0,4}$/u
/** REQ0048213. */
const TICKET = /^[a-z]{0,12}\d{1,20}$/i
/** Names with a digit inside: b2b, i18n, l2tp, k8s. */
const NUMERONYM = /^(?:[a-z]{1,4}\d{1,2}[a-z]{1,4}|[A-Z]{1,4}\d{1,2}[A-Z]{1,4})$/
const CAMEL = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g

/** @param chunk one run of letters, marks and digits, without separators */
export function kindOfChunk(chunk: string): ChunkKind {
  if (HEX.test(chunk) && HAS_DIGIT.test(chunk)) {
    if (chunk.length >= 6) return chunk.length >= 64 ? 'token' : 'id'
  } else if (HEX.test(chunk) && chunk.length >= 8) return 'id'
  if (!HAS_LETTER.test(chunk)) return chunk.length <= 4 ? 'word' : 'id'
  if (countDigits(chunk) >= 5) return chunk.length < 12 || TICKET.test(chunk) ? 'id' : 'token'
  const letters = EDGED_NAME.exec(chunk)?.[1]
  if (letters === undefined) {
    if (NUMERONYM.test(chunk) && chunk.length <= 6) return 'word'
    return chunk.length < 8 ? 'id' : 'token'
  }
  if (isName(letters)) return 'word'
  if (letters.length >= 8) return 'token'
  // Too short to be a secret; abbreviations such as "html" have no vowels either.
  return letters.length === chunk.length && piecesOf(letters).length <= 2 ? 'word' : 'id'
}

/** Letters that read as one word, or as several written together: ServiceNow, myITRequest. */
function isName(letters: string): boolean {
  // Other scripts carry no case and few rules that we know; machines write ASCII.
  if (BEYOND_ASCII.test(letters)) return true
  const pieces = piecesOf(letters)
  if (!pieces.every(isWordLike)) return false
  return pieces.length === 1 || isCamelName(pieces, letters.length)
}

/**
 * Of random letters, one string in thousands splits into pieces that pass one by one. Names
 * have pieces that can be said, at most one of them an abbreviation.
 */
function isCamelName(pieces: readonly string[], length: number): boolean {
  const acronyms = pieces.filter((piece) => piece.length > 1 && piece === piece.toUpperCase())
  const odd = pieces.filter((piece, index) => !acronyms.includes(piece) && !isSayable(piece, index))
  if (acronyms.length > 1 || (acronyms[0]?.length ?? 0) > 4 || odd.length > 0) return false
  return length < 8 || length / pieces.length >= (length < 16 ? 3.3 : 4.2)
}

function isSayable(piece: string, index: number): boolean {
  if (piece.length < 3) return index === 0
  return vowelsOf(piece) >= 0.15 && vowelsOf(piece) < 0.8 && !/[^aeiouy]{4}/i.test(piece)
}

function piecesOf(letters: string): string[] {
  return letters.match(CAMEL) ?? []
}

/** Letters with digits, but for `wifi6` and `L2`; cases that change as no name's do; no vowels. */
function isOdd(chunk: string): boolean {
  if (HAS_LETTER.test(chunk) && HAS_DIGIT.test(chunk))
    return !/^(?:[a-z]|[A-Z]|[a-z]{4,})\d{1,2}$/.test(chunk)
  const pieces = piecesOf(chunk)
  if (pieces.length >= 2)
    return chunk.length / pieces.length < 4 || !isCamelName(pieces, chunk.length)
  return chunk.length >= 5 && pieces.length === 1 && !isSayable(chunk, 0)
}

/** Lower or title case, sayable: every chunk of a slug that people wrote, bar one or two. */
function isPlain(chunk: string): boolean {
  return (
    BEYOND_ASCII.test(chunk) ||
    (chunk.match(CAMEL) ?? []).every((piece, index) => piece.length < 4 || isSayable(piece, index))
  )
}

function isWordLike(piece: string): boolean {
  if (piece.length <= 3) return true
  if (piece.length <= 6 && piece === piece.toUpperCase()) return true
  if (piece.length > 36 || /(.)\1\1\1/i.test(piece)) return false
  const vowels = vowelsOf(piece)
  // Between "strengths" (1 in 9) and "queueing" (6 in 8); German runs to 7 consonants.
  return vowels >= 0.1 && vowels <= 0.8 && !/[^aeiouy]{8}/i.test(piece)
}

function vowelsOf(piece: string): number {
  return (piece.match(/[aeiouy]/gi)?.length ?? 0) / piece.length
}

const CHUNK = /[\p{L}\p{M}\p{N}]+/gu

/** The runs of letters and digits in a text, with where they start. */
export function chunksOf(text: string): { text: string; start: number }[] {
  return Array.from(text.matchAll(CHUNK), (match) => ({ text: match[0], start: match.index }))
}

/**
 * True when a word, separators and all, was made by a machine: a token in one of its chunks,
 * several odd ones, or so many separators that no person wrote it.
 */
export function isOpaque(word: string): boolean {
  let ids = 0
  let odd = 0
  let camel = 0
  let length = 0
  const chunks = chunksOf(word)
  for (const chunk of chunks) {
    const kind = kindOfChunk(chunk.text)
    if (kind === 'token') return true
    if (kind === 'id' && HAS_LETTER.test(chunk.text)) ids += 1
    if (isOdd(chunk.text)) odd += 1
    else if (piecesOf(chunk.text).length >= 2) camel += 1
    length += chunk.text.length
  }
  if (ids >= 2 || odd >= 3) return true
  if (word.length < 20) return false
  if (odd >= 2 || (odd === 1 && camel >= 1)) return true
  if (odd + camel >= 1 && chunks.length >= 2 && chunks.some((chunk) => !isPlain(chunk.text)))
    return true
  // People keep to one separator; base64 mixes them.
  if (odd + camel >= 1 && word.includes('-') && word.includes('_')) return true
  return (
    chunks.length === 0 ||
    (chunks.length >= 4 && length / chunks.length < 2.4) ||
    length / word.length < 0.6
  )
}

function countDigits(text: string): number {
  return text.match(/\d/g)?.length ?? 0
}
