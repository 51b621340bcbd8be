/** What a sensitive span is; also its placeholder, after a colon. */
type SensitiveKind = 'email' | 'phone' | 'card' | 'ssn' | 'id' | 'date' | 'token' | 'private'

/** A stretch of a text: UTF-16 units from `start` up to but not including `end`. */
export interface Span {
  start: number
  end: number
  what: SensitiveKind
}

/** One run of digits. `gap` is what stands between it and the run before it in its cluster. */
interface Group {
  start: number
  end: number
  digits: string
  gap: string
}

// European, Arabic and full-width digits: the low four bits of each are its value.
const DIGITS = /[0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]+/g
const GAP = /^[ \u00a0.\-\u2010-\u2013/()+]{1,3}$/
const CARD_GAP = /^[ \u00a0\-\u2010-\u2013]$/
const MONTH =
  'jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic'
/** The rest of a month. Unicode's own letters without regard to case take a browser 30 ms to prepare. */
const LETTERS = String.raw`[^\s\d!-/:-@[-\x60{-~\u2000-\u206f]{0,9}`
const WRITTEN_DATE = new RegExp(
  `\\d{1,2}(?:st|nd|rd|th|\\.)?[ \\u00a0-]{1,3}(?:${MONTH})${LETTERS}\\.?,?[ \\u00a0-]{1,3}\\d{2,4}` +
    `|(?:${MONTH})${LETTERS}\\.?[ \\u00a0-]{1,3}\\d{1,2}(?:st|nd|rd|th)?,?[ \\u00a0-]{1,3}\\d{4}`,
  'gi',
)
/** Words after which three digits are somebody's number already. */
const OWNER =
  '(?:mrn|nhs|ssn|medical record|patient|staff|employee|personnel|badge|member|ticket|incident|request|case|account|pager|ext|extension|identifier)' +
  String.raw`\s{0,2}(?:id|no|nr|number|num|#|№)?[\s.:#=-]{0,4}`
const NUMBER_OF = new RegExp(String.raw`(?:^|\P{L})${OWNER}$`, 'iu')
/** What makes a short number worth a look: another one beside it, such a word, or a month. */
const COMPANY = new RegExp(
  String.raw`\d[ \u00a0.\-\u2010-\u2013/()+]{1,3}\d|${OWNER}\d{3}|\d(?:st|nd|rd|th|\.)?[ \u00a0-]{1,3}(?:${MONTH})|(?:${MONTH})${LETTERS}\.?[ \u00a0-]{1,3}\d`,
  'i',
)
const PREFIX = /[\p{L}]{1,12}[-_#./]?$/u

/** False only where `findNumbers` finds nothing in a text whose numbers are words of one to four digits. */
export function holdsCompany(text: string): boolean {
  return COMPANY.test(text)
}

/** Spans of numbers that point at a person or a thing of theirs, and of full dates. May overlap. */
export function findNumbers(text: string): Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(WRITTEN_DATE)) {
    spans.push({ start: match.index, end: match.index + match[0].length, what: 'date' })
  }
  for (const cluster of clustersOf(text)) {
    const undated = takeOut([cluster], 'date', dateAt, spans)
    const others = spans.length
    const uncarded = takeOut(undated, 'card', cardAt, spans)
    const isBesideCard = spans.length > others
    const runs = takeOut(uncarded, 'ssn', ssnAt, spans)
    for (const run of runs) {
      const [first, last] = [run[0], run.at(-1)]
      if (!first || !last || !isPhone(text, run)) continue
      spans.push({ start: withOpening(text, first.start), end: last.end, what: 'phone' })
    }
    for (const group of cluster) {
      const isId =
        group.digits.length >= 5 ||
        (group.digits.length >= 3 && (isBesideCard || isLabelled(text, group.start)))
      if (isId) {
        spans.push({ start: withPrefix(text, group), end: group.end, what: 'id' })
      }
    }
  }
  return spans
}

function clustersOf(text: string): Group[][] {
  const clusters: Group[][] = []
  let previousEnd = -10
  for (const match of text.matchAll(DIGITS)) {
    const gap = match.index - previousEnd <= 3 ? text.slice(previousEnd, match.index) : ''
    const group = {
      start: match.index,
      end: match.index + match[0].length,
      digits: toAscii(match[0]),
      gap,
    }
    if (GAP.test(gap)) clusters.at(-1)?.push(group)
    else clusters.push([{ ...group, gap: '' }])
    previousEnd = group.end
  }
  return clusters
}

function toAscii(digits: string): string {
  return digits.replace(/[^0-9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}

/**
 * Takes out of a run what `lengthAt` finds (a number of groups, from a group on), notes it as
 * `what`, and gives back what is left, in runs.
 */
function takeOut(
  runs: Group[][],
  what: SensitiveKind,
  lengthAt: (run: Group[], first: number) => number,
  spans: Span[],
): Group[][] {
  const left: Group[][] = []
  for (const run of runs) {
    left.push([])
    for (let index = 0; index < run.length; index += 1) {
      const length = lengthAt(run, index)
      const [first, last] = [run[index], run[index + Math.max(length, 1) - 1]]
      if (!first || !last) continue
      if (length === 0) left.at(-1)?.push(first)
      else {
        spans.push({ start: first.start, end: last.end, what })
        left.push([])
        index += length - 1
      }
    }
  }
  return left.filter((run) => run.length > 0)
}

function dateAt(run: Group[], index: number): number {
  const [first, second, third] = run.slice(index, index + 3)
  return first && second && third && isDate(first, second, third) ? 3 : 0
}

function isDate(first: Group, second: Group, third: Group): boolean {
  const separator = second.gap.trim()
  if (separator !== third.gap.trim() || !/^[./\-\u2010-\u2013]$/.test(separator)) return false
  const [a, b, c] = [first, second, third].map((group) => Number(group.digits))
  if (a === undefined || b === undefined || c === undefined) return false
  if (isYear(first)) return isMonth(b) && isDay(c) && third.digits.length <= 2
  const shortOrYear = third.digits.length === 2 || isYear(third)
  return (
    shortOrYear && second.digits.length <= 2 && isDay(a) && isDay(b) && (isMonth(a) || isMonth(b))
  )
}

function isYear({ digits }: Group): boolean {
  return digits.length === 4 && /^(?:18|19|20|21)/.test(digits)
}

function isMonth(value: number): boolean {
  return value >= 1 && value <= 12
}

function isDay(value: number): boolean {
  return value >= 1 && value <= 31
}

/** A social-security number: 3, 2 and 4 digits with one kind of gap. */
function ssnAt(run: Group[], index: number): number {
  const [area, middle, serial] = run.slice(index, index + 3)
  if (!area || !middle || !serial || middle.gap !== serial.gap || !CARD_GAP.test(middle.gap))
    return 0
  const isSsn = area.digits.length === 3 && middle.digits.length === 2 && serial.digits.length === 4
  return isSsn ? 3 : 0
}

function cardAt(run: Group[], first: number): number {
  let digits = ''
  for (let index = first; index < run.length && digits.length < 19; index += 1) {
    const group = run[index]
    if (!group || (index > first && !CARD_GAP.test(group.gap))) return 0
    digits += group.digits
    if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return index - first + 1
  }
  return 0
}

/** The check digit of payment cards. @see ISO/IEC 7812-1, annex B */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && /[1-9]/.test(digits)
}

/** Seven digits or more in groups. Page numbers (`9 10 11 …`) and spans of years are none. */
function isPhone(text: string, run: Group[]): boolean {
  const total = run.reduce((sum, group) => sum + group.digits.length, 0)
  const international = withOpening(text, run[0]?.start ?? 0) < (run[0]?.start ?? 0)
  if (total < 7 || (run.length === 1 && !international)) return false
  if (run.length > 2 && isCounting(run)) return false
  return !(run.length === 2 && run.every(isYear))
}

function isCounting(run: Group[]): boolean {
  return run.every(
    (group, index) => index === 0 || Number(group.digits) === Number(run[index - 1]?.digits) + 1,
  )
}

function withOpening(text: string, start: number): number {
  let opened = start
  while (opened > 0 && start - opened < 3 && /[+(]/.test(text[opened - 1] ?? '')) opened -= 1
  return opened
}

function isLabelled(text: string, start: number): boolean {
  return NUMBER_OF.test(text.slice(Math.max(0, start - 32), start))
}

/** `REQ0048213` and `INC-12345` go with their letters. */
function withPrefix(text: string, group: Group): number {
  const before = text.slice(Math.max(0, group.start - 13), group.start)
  return group.start - (PREFIX.exec(before)?.[0].length ?? 0)
}
