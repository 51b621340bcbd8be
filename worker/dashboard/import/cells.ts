import { type Effort, EFFORT_WORDS, IMPACT_WORDS, type Impact } from '#shared/entry'
import { utf8Length } from '#shared/text'

import { type DayOrder, SLASHED } from './columns'

/** What a cell holds, or why it cannot be taken. An empty cell says nothing. */
export type Cell<Value> = { value: Value | undefined } | { problem: string }

const IMPACTS = new Map<string, Impact>([
  ...byWords(IMPACT_WORDS, (key) => Number(key) as Impact),
  ...([
    ['critical', 4],
    ['high', 3],
    ['medium', 2],
    ['low', 1],
  ] as const),
])
const EFFORTS = new Map<string, Effort>([
  ...byWords(EFFORT_WORDS, (key) => key),
  ...(['S', 'M', 'L', 'XL'] as const).map((each) => [each, each] as const),
  ...([
    ['small', 'S'],
    ['medium', 'M'],
    ['large', 'L'],
  ] as const),
])

/** `4`, `4 · Stops work or care`, `Stops work or care`, or high, medium and low. */
export function readImpact(cell: string): Cell<Impact> {
  if (cell === '') return { value: undefined }
  const figure = /^([1-4])(?![\d.,])/.exec(cell)?.[1]
  const value = figure === undefined ? IMPACTS.get(cell.toLowerCase()) : (Number(figure) as Impact)
  return value === undefined
    ? { problem: `“${short(cell)}” is no impact. Write 1 to 4; 4 stops work or care.` }
    : { value }
}

/** `M`, `M · A week or two`, `A week or two`, or small, medium and large. */
export function readEffort(cell: string): Cell<Effort> {
  if (cell === '') return { value: undefined }
  const letters = /^(XL|[SML])(?!\p{L})/iu.exec(cell)?.[1]?.toUpperCase()
  const value = EFFORTS.get(letters ?? cell.toLowerCase())
  return value === undefined
    ? { problem: `“${short(cell)}” is no effort. Write S, M, L or XL.` }
    : { value }
}

const COUNT_MAX = 1e9

/** A whole number, with or without marks between thousands and a currency around it. */
export function readWhole(cell: string, what: string): Cell<number> {
  if (cell === '') return { value: undefined }
  const figures = cell.replace(/^[\p{Sc}A-Z]{0,3}\s*|\s*[\p{Sc}A-Z]{0,3}$/gu, '')
  const isWhole =
    /^\d+$/.test(figures) || /^\d{1,3}([,.’' \u00a0\u202f])\d{3}(\1\d{3})*$/.test(figures)
  const value = Number(figures.replace(/\D/g, ''))
  return isWhole && value <= COUNT_MAX
    ? { value }
    : { problem: `“${short(cell)}” is no ${what}. Write a whole number, such as 1200.` }
}

/** `2026-12-31`, `31.12.2026`, and with slashes as the file has them. Gives a day as ISO 8601 does. */
export function readDay(cell: string, order: DayOrder): Cell<string> {
  if (cell === '') return { value: undefined }
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(cell) ?? []
  if (year !== undefined) return toDay(cell, year, month, day)
  const [, ofMonth, dotted, dottedYear] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? []
  if (ofMonth !== undefined) return toDay(cell, dottedYear, dotted, ofMonth)
  const [, first, second, slashedYear] = SLASHED.exec(cell) ?? []
  return order === 'day-first'
    ? toDay(cell, slashedYear, second, first)
    : toDay(cell, slashedYear, first, second)
}

function toDay(cell: string, year = '', month = '', day = ''): Cell<string> {
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${value}T00:00:00Z`)
  // 30 February would become a day in March.
  const isThere = !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
  return isThere ? { value } : { problem: `“${short(cell)}” is no day. Write it as 2026-12-31.` }
}

/** A text that fits. */
export function readText(cell: string, what: string, maxBytes: number): Cell<string> {
  return utf8Length(cell) <= maxBytes
    ? { value: cell === '' ? undefined : cell }
    : { problem: `The ${what} is too long: at most about ${maxBytes} letters.` }
}

/** So much of a cell that a sentence can hold it. */
function short(cell: string): string {
  const letters = Array.from(cell.replace(/\s+/g, ' '))
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('')
}

function byWords<Key extends string, Value>(
  words: Readonly<Record<Key, string>>,
  toValue: (key: Key) => Value,
): [string, Value][] {
  return (Object.keys(words) as Key[]).map((key) => [words[key].toLowerCase(), toValue(key)])
}
