import { findNumbers } from '#shared/numbers'
import { chunksOf, isOpaque, kindOfChunk } from '#shared/opaque'
import { PAGE_WORDS, PEOPLE_WORDS, SECRET_WORDS } from '#shared/page-words'
import { type FindPrivate, findNone } from '#shared/private-words'
import { toSpans, withPlaceholders } from '#shared/sensitive'
import { cutToBytes, utf8Length } from '#shared/text'

const ROUTE_MAX_BYTES = 1_000
const SEGMENT_MAX_BYTES = 200
/** Encoded more often than this, nobody meant it to be read. */
const MAX_DECODINGS = 6
const ENCODED = /(?:%[0-9a-f]{2})+/gi
const UUID = /\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?/gi
const BETWEEN_DELIMITERS = /[^\s"'()<>[\]{},;:=]+/gu
const DATE =
  /^(?:(?:18|19|20|21)\d\d[-._]?(?:0[1-9]|1[0-2])[-._]?(?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-._](?:0?[1-9]|1[0-2])[-._](?:18|19|20|21)\d\d|(?:0?[1-9]|1[0-2])[-._](?:0?[1-9]|[12]\d|3[01])[-._](?:18|19|20|21)\d\d|(?:18|19|20|21)\d\d[-._](?:0[1-9]|1[0-2])|(?:18|19|20|21)\d\d-?W\d\d)(?:T[\d:.+Z-]*)?$/i
const YEAR = /^(?:18|19|20|21)\d\d$/
const MONTH_OR_DAY = /^(?:0?[1-9]|[12]\d|3[01])$/
/** `REQ0048213`, `HELP-12`, `ticket_48213`; but `o365`, `office-365` and `plan-2026` are names. */
const TICKET = /^(?:(?!(?:o|m)365$)[a-z]{1,12}\d{3,}|[a-z]{1,12}[-_.# ]\d{5,})$/i
const UPPER_TICKET = /^[A-Z]{1,12}[-_.#]\d+$/
const PLACEHOLDERS = /:(?:id|phone|card|ssn|date|private)/g
/** What stands in a path for a space. */
const SPACES = /[-_+]/g
const CONTROL = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060\ufeff]/gu

/**
 * A path as a template: `/users/:id/requests/:id`. Two customers at one page get one route.
 * Words that people write stay readable in any script; what a machine made does not. A trailing
 * slash is dropped, and what a browser would take for query, fragment or parameters.
 *
 * @param path everything after the host, still encoded; starts with a slash, `?`, `#` or is empty
 * @param findOwn what an organisation listed beside patterns
 */
export function toRoute(path: string, findOwn: FindPrivate = findNone): string {
  const decoded = decodeAll(path.split(/[?#]/, 1)[0] ?? '')
  const segments = decoded
    .split(/[/\\]/)
    .map((segment) => (segment.split(/[?#;]/, 1)[0] ?? '').replace(CONTROL, '').trim())
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
  const templates: string[] = []
  for (let index = 0; index < segments.length; index += 1) {
    const dateLength = dateSegments(segments, index)
    if (dateLength > 0) {
      templates.push(':date')
      index += dateLength - 1
    } else {
      const known = withoutKnown(segments[index] ?? '', findOwn)
      templates.push(toTemplate(known, segments[index - 1] ?? ''))
    }
  }
  return joinUpTo(templates, ROUTE_MAX_BYTES)
}

/** Percent-decodes until nothing changes; bytes that are no UTF-8 become U+FFFD. */
function decodeAll(path: string): string {
  let text = path
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    const decoded = text.replace(ENCODED, decodeRun)
    if (decoded === text) return text
    text = decoded
  }
  return text
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    // Not UTF-8: an old server's Latin-1, or garbage. Either way it is not to be read.
    return '\ufffd'
  }
}

/** `2026/11/25` and `2026/11`: how many segments are one date. */
function dateSegments(segments: readonly string[], index: number): number {
  const [year, month, day] = segments.slice(index, index + 3)
  if (!YEAR.test(year ?? '') || !MONTH_OR_DAY.test(month ?? '')) return 0
  return MONTH_OR_DAY.test(day ?? '') ? 3 : 2
}

/** The segment without what is told in any text: numbers of people, dates, and the list's. */
function withoutKnown(segment: string, findOwn: FindPrivate): string {
  const readable = segment.replace(UUID, ':id')
  const own = findOwn(readable.replace(SPACES, ' '))
  // Times may follow a date, and other ids are told by what stands around them.
  const numbers = DATE.test(readable)
    ? []
    : findNumbers(readable).filter(({ what }) => what !== 'id')
  return withPlaceholders(readable, [...toSpans(own), ...numbers])
}

function toTemplate(segment: string, previous: string): string {
  const word = segment.toLowerCase()
  const before = previous.toLowerCase()
  if (PAGE_WORDS.has(word)) return segment
  if (DATE.test(segment)) return ':date'
  if (/%[0-9a-f]{2}/i.test(segment)) return ':token'
  if (/[@＠]/.test(segment))
    return segment.startsWith('@') ? ':id' : withoutInner(withoutEmails(segment))
  if (SECRET_WORDS.has(before)) return ':token'
  if (PEOPLE_WORDS.has(before) || segment.startsWith('~')) return ':id'
  if (isOpaque(withoutPlaceholders(segment))) return ':token'
  if (TICKET.test(segment) || UPPER_TICKET.test(segment)) return ':id'
  return withoutInner(segment)
}

function withoutEmails(segment: string): string {
  return segment.replace(BETWEEN_DELIMITERS, (part) => (/[@＠]/.test(part) ? ':email' : part))
}

/** The segment with each chunk that is an id as `:id`: `:id-my-laptop`, `report_:id.pdf`. */
function withoutInner(segment: string): string {
  let result = ''
  let done = 0
  const chunks = chunksOf(segment)
  for (const { text, start } of chunks) {
    if (segment[start - 1] === ':' || !isIdOf(text, chunks.length)) continue
    result += `${segment.slice(done, start)}:id`
    done = start + text.length
  }
  const template = result + segment.slice(done)
  return utf8Length(template) > SEGMENT_MAX_BYTES
    ? `${cutToBytes(template, SEGMENT_MAX_BYTES)}…`
    : template
}

/** A number on its own is an id; in a slug only a long one, and no year: `office-365`, `plan-2026`. */
function isIdOf(chunk: string, chunks: number): boolean {
  if (/^\p{N}+$/u.test(chunk)) return chunks === 1 || (chunk.length >= 4 && !YEAR.test(chunk))
  return kindOfChunk(chunk) !== 'word' || /^[A-Z]{2,}\d{3,}$/.test(chunk)
}

function withoutPlaceholders(segment: string): string {
  return segment.replace(PLACEHOLDERS, '')
}

function joinUpTo(segments: readonly string[], maxBytes: number): string {
  let route = ''
  for (const segment of segments) {
    if (utf8Length(route) + utf8Length(segment) + 4 > maxBytes) return `${route}/…`
    route += `/${segment}`
  }
  return route === '' ? '/' : route
}
