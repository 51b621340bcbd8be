import { chunksOf, isOpaque, kindOfChunk } from '#shared/opaque'
import { type Span, findNumbers } from '#shared/numbers'
import { type FindPrivate, findNone } from '#shared/private-words'

/** What a page may put inside a word for line breaks; a pattern is read across it. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const WORD = /[^\s"“”‘’«»<>()[\]{},;|]+/gu
/** A word in lower case or with a capital, or a number of four digits at most; no hex. */
const PLAIN = /^(?![a-f]{8})(?:[A-Z]?[a-z]{0,13}|[A-Z]{1,6}|\d{1,4})[.:!?…·–-]{0,3}$/
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

/** Pages are looked through whole, in a blink: most texts hold neither a digit nor an @. */
function findInVisible(text: string, findOwn: FindPrivate): Span[] {
  const hasDigit = /\p{N}/u.test(text)
  const spans = hasDigit ? findNumbers(text) : []
  spans.push(...toSpans(findOwn(text)))
  if (/[@＠]/.test(text)) spans.push(...findEmails(text))
  spans.push(...findOpaque(text, hasDigit))
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
function findOpaque(text: string, hasDigit: boolean): Span[] {
  const spans: Span[] = []
  if (hasDigit) {
    for (const match of text.matchAll(UUID)) {
      spans.push({ start: match.index, end: match.index + match[0].length, what: 'id' })
    }
  }
  for (const word of text.matchAll(WORD)) {
    if (PLAIN.test(word[0])) continue
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
