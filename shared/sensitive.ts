import { chunksOf, isOpaque, kindOfChunk } from '#shared/opaque'
import { type Span, findNumbers, holdsCompany } from '#shared/numbers'
import { type FindPrivate, findNone } from '#shared/private-words'

/** What a page may put inside a word for line breaks; a pattern is read across it. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const BETWEEN = String.raw`\s"“”‘’«»<>()[\]{},;|`
/** Two words in one, `eBay`: up to seven letters they are too short to be a secret. @see kindOfChunk */
const TWO_WORDS = '(?=[A-Za-z]{1,7}(?![A-Za-z]))[A-Z]?[a-z]+[A-Z][a-z]+'
/** A word in lower case or with a capital, or a number of four digits at most; no hex. */
const PLAIN = String.raw`(?![a-f]{8})(?:[A-Z]?[a-z]{0,13}|[A-Z]{1,6}|\d{1,4}|${TWO_WORDS})[.:!?…·–-]{0,3}`
/** Every other word. */
const ODD = `(?<![^${BETWEEN}])(?!${PLAIN}(?![^${BETWEEN}]))[^${BETWEEN}]+`
const ODD_WORD = new RegExp(ODD, 'u')
const ODD_WORDS = new RegExp(ODD, 'gu')
/** Two characters are the letters s and k where case and scripts make no difference. */
const FOLDED_OR_NUMBER = /[\p{N}\u017f\u212a]/u
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const LOCAL = /[\p{L}\p{M}\p{N}._%+\-'!#$&*^~`{}|=?/]/u
const DOMAIN = /[\p{L}\p{M}\p{N}.-]/u

/**
 * Where a text holds e-mail addresses, phone numbers, cards, social-security numbers, ids, full
 * dates or secrets: what is covered in pictures and left out of names. It knows patterns, not
 * people's names. Spans are in order and do not overlap; time is linear in the text, which is
 * a page's and may be hostile.
 *
 * @param findOwn what an organisation listed beside the patterns
 */
export function findSensitive(text: string, findOwn: FindPrivate = findNone): Span[] {
  if (!INVISIBLE.test(text)) return findInVisible(text, findOwn)
  const { visible, from } = withoutInvisible(text)
  return findInVisible(visible, findOwn).map(({ start, end, what }) => ({
    start: from[start] ?? 0,
    end: (from[end - 1] ?? text.length - 1) + 1,
    what,
  }))
}

/** The text with every sensitive span as a placeholder: `Call :phone`. */
export function toPlaceholders(text: string, findOwn: FindPrivate = findNone): string {
  return withPlaceholders(text, findSensitive(text, findOwn))
}

/** The text with nothing but what an organisation listed as placeholders. */
export function withoutOwn(text: string, findOwn: FindPrivate): string {
  return withPlaceholders(text, toSpans(findOwn(text)))
}

/** What an organisation listed, as spans of a text. */
export function toSpans(own: ReturnType<FindPrivate>): Span[] {
  return own.map(({ start, end }) => ({ start, end, what: 'private' }))
}

/** The text with some of its spans as placeholders. */
export function withPlaceholders(text: string, spans: readonly Span[]): string {
  let result = ''
  let done = 0
  for (const { start, end, what } of mergeSpans(spans)) {
    result += `${text.slice(done, start)}:${what}`
    done = end
  }
  return result + text.slice(done)
}

/** Pages are looked through whole, in a blink: most texts are plain words and a short number. */
function findInVisible(text: string, findOwn: FindPrivate): Span[] {
  // Most have none, and to be told so costs a tenth of a list.
  const odd = ODD_WORD.test(text) ? Array.from(text.matchAll(ODD_WORDS)) : []
  const hasNumbers =
    odd.some(([word]) => FOLDED_OR_NUMBER.test(word)) || (/\d/.test(text) && holdsCompany(text))
  if (!hasNumbers && odd.length === 0 && findOwn === findNone) return []
  const spans = hasNumbers ? findNumbers(text) : []
  spans.push(...toSpans(findOwn(text)))
  if (odd.length > 0) {
    if (/[@＠]/.test(text)) spans.push(...findEmails(text))
    spans.push(...findOpaque(text, odd))
  }
  return spans.length < 2 ? spans : mergeSpans(spans)
}

function findEmails(text: string): Span[] {
  const spans: Span[] = []
  for (let at = indexOfAt(text, 0); at >= 0; at = indexOfAt(text, at + 1)) {
    let start = at
    while (start > 0 && LOCAL.test(characterBefore(text, start))) start -= 1
    let end = at + 1
    while (end < text.length && DOMAIN.test(text[end] ?? '')) end += 1
    while (end > at + 1 && /[.-]/.test(text[end - 1] ?? '')) end -= 1
    if (start < at && end > at + 2) spans.push({ start, end, what: 'email' })
  }
  return spans
}

/** A surrogate half matches no class; names in rare scripts lose nothing by being kept whole. */
function characterBefore(text: string, end: number): string {
  const unit = text[end - 1] ?? ''
  return unit >= '\ud800' && unit <= '\udfff' ? 'x' : unit
}

function indexOfAt(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '@' || text[index] === '＠') return index
  }
  return -1
}

/** UUIDs, tokens, and numbers with letters in them. */
function findOpaque(text: string, words: readonly RegExpExecArray[]): Span[] {
  const spans: Span[] = []
  if (/\p{N}/u.test(text)) {
    for (const match of text.matchAll(UUID)) {
      spans.push({ start: match.index, end: match.index + match[0].length, what: 'id' })
    }
  }
  for (const word of words) {
    const parts = Array.from(word[0].matchAll(/[^/?&=:#]+/g), (part) => ({
      text: part[0],
      start: word.index + part.index,
    }))
    const opaque = parts.filter((part) => part.text.length >= 10 && isOpaque(part.text))
    const [first, last] = [opaque[0], opaque.at(-1)]
    if (first && last)
      spans.push({ start: first.start, end: last.start + last.text.length, what: 'token' })
    else spans.push(...findIds(word[0], word.index))
  }
  return spans
}

function findIds(word: string, offset: number): Span[] {
  return chunksOf(word)
    .filter(
      (chunk) =>
        kindOfChunk(chunk.text) !== 'word' && (/\p{N}/u.test(chunk.text) || chunk.text.length >= 8),
    )
    .map((chunk) => ({
      start: offset + chunk.start,
      end: offset + chunk.start + chunk.text.length,
      what: 'id',
    }))
}

/** Overlapping spans become one, which takes its name from the longest. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  let longest = 0
  for (const span of spans.toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  )) {
    const last = merged.at(-1)
    if (!last || span.start >= last.end) {
      merged.push({ ...span })
      longest = span.end - span.start
      continue
    }
    if (span.end - span.start > longest) {
      last.what = span.what
      longest = span.end - span.start
    }
    last.end = Math.max(last.end, span.end)
  }
  return merged
}

function withoutInvisible(text: string): { visible: string; from: number[] } {
  const kept: string[] = []
  const from: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index] ?? ''
    if (INVISIBLE.test(unit)) continue
    kept.push(unit)
    from.push(index)
  }
  return { visible: kept.join(''), from }
}
