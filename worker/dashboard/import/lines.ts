import { IMPORT_KEY_MAX_BYTES, type ImportLine } from '#shared/api/import'
import type { Person } from '#shared/api/people'
import { findPersonal, type PersonalData } from '#shared/personal-data'
import { cutToBytes } from '#shared/text'

import { mayChangeEntries } from '../parts/roles'
import { type Cell, readDay, readEffort, readImpact, readText, readWhole } from './cells'
import type { Column, Columns, DayOrder } from './columns'
import type { Table } from './file'

/** A line of the file that cannot be taken, and what to do about it. */
export interface BadLine {
  line: number
  problem: string
}

/** A line that can be taken. */
export interface GoodLine {
  asked: ImportLine
  /** When the file says that its entry was changed last, Unix ms; undefined where it does not say. */
  changedAt: number | undefined
  /** What its title holds that may point at a person. */
  personal: PersonalData | undefined
}

export interface Lines {
  good: GoodLine[]
  bad: BadLine[]
}

export interface Reading {
  columns: Columns
  dayOrder: DayOrder
  people: readonly Pick<Person, 'id' | 'name' | 'role'>[]
}

const TITLE_MAX_BYTES = 300
const SERVICE_MAX_BYTES = 200
const NUMBER_MAX = 999_999_999
/** To the millisecond, as we write it: a spreadsheet's own way of saying it is not exact enough. */
const WRITTEN_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Each line of the file as an entry would have it, or why it is none. */
export function readLines({ name, head, rows }: Table, reading: Reading): Lines {
  const lines: Lines = { good: [], bad: [] }
  const seen = new Map<string, number>()
  for (const { line, fields } of rows) {
    const read =
      fields.length > head.length && fields.slice(head.length).some((field) => field !== '')
        ? 'It has more cells than the first line. A comma in a text needs quote marks around it.'
        : readLine({ line, cellOf: cellsOf(fields, reading.columns), file: name, reading })
    if (typeof read === 'string') {
      lines.bad.push({ line, problem: read })
      continue
    }
    const same = seen.get(read.asked.key)
    if (same === undefined) {
      seen.set(read.asked.key, line)
      lines.good.push(read)
    } else lines.bad.push({ line, problem: `It says the same as line ${same}.` })
  }
  return lines
}

interface LineOf {
  line: number
  file: string
  reading: Reading
  cellOf: (column: Column) => string
}

/** The line, or what is wrong with it. */
function readLine({ line, file, reading, cellOf }: LineOf): GoodLine | string {
  const cells = {
    title: readText(cellOf('title'), 'title', TITLE_MAX_BYTES),
    service: readText(cellOf('service'), 'name of the service', SERVICE_MAX_BYTES),
    impact: readImpact(cellOf('impact')),
    effort: readEffort(cellOf('effort')),
    owner: readOwner(cellOf('owner'), reading.people),
    cost: readWhole(cellOf('cost'), 'cost'),
    due: readDay(cellOf('due'), reading.dayOrder),
    customers: readWhole(cellOf('customers'), 'count of customers'),
    countedBy: readText(cellOf('countedBy'), 'count’s source', SERVICE_MAX_BYTES),
    key: readText(cellOf('key'), 'key', SERVICE_MAX_BYTES),
    number: readNumber(cellOf('number')),
  }
  for (const cell of Object.values(cells)) if ('problem' in cell) return cell.problem
  const title = valueOf(cells.title)
  if (title === undefined) return 'It has no title.'
  const [impact, effort, owner] = [
    valueOf(cells.impact),
    valueOf(cells.effort),
    valueOf(cells.owner),
  ]
  const [cost, due, customers] = [valueOf(cells.cost), valueOf(cells.due), valueOf(cells.customers)]
  const number = valueOf(cells.number) ?? null
  const service = valueOf(cells.service) ?? null
  const changedAt = Date.parse(WRITTEN_AT.exec(cellOf('changed'))?.[0] ?? '')
  return {
    asked: {
      line,
      key: keyOf({ number, key: valueOf(cells.key), service, title }),
      number,
      title,
      service,
      ...(impact !== undefined && { impact }),
      ...(effort !== undefined && { effort }),
      ...(owner !== undefined && { owner }),
      ...(cost !== undefined && { cost }),
      ...(due !== undefined && { due }),
      ...(customers !== undefined && {
        monthly: { customers, source: valueOf(cells.countedBy) ?? file },
      }),
    },
    changedAt: Number.isNaN(changedAt) ? undefined : changedAt,
    personal: findPersonal(title)[0],
  }
}

/** Keys of different kinds never meet: a list's own numbers, ours, and words. */
function keyOf(line: {
  number: number | null
  key: string | undefined
  service: string | null
  title: string
}): string {
  if (line.number !== null) return `number|${line.number}`
  if (line.key !== undefined) return `key|${line.key}`
  const words = [line.service ?? '', line.title].map(toOneForm)
  return cutToBytes(`words|${JSON.stringify(words)}`, IMPORT_KEY_MAX_BYTES)
}

/** The same for texts that differ in case, spaces or ways to write a letter only. */
function toOneForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')
}

function readOwner(name: string, people: Reading['people']): Cell<string> {
  if (name === '') return { value: undefined }
  const called = people.filter(
    (person) =>
      mayChangeEntries(person.role) &&
      person.name.localeCompare(name, undefined, { sensitivity: 'accent' }) === 0,
  )
  const [one, other] = called
  if (one === undefined)
    return { problem: `Nobody who may own an entry here is called “${cutToBytes(name, 80)}”.` }
  return other === undefined
    ? { value: one.id }
    : { problem: `More than one person here is called “${one.name}”. Set the owner by hand.` }
}

function readNumber(cell: string): Cell<number> {
  if (cell === '') return { value: undefined }
  const value = /^#?([1-9]\d*)$/.exec(cell)?.[1]
  return value !== undefined && Number(value) <= NUMBER_MAX
    ? { value: Number(value) }
    : { problem: `“${cutToBytes(cell, 80)}” is no number of an entry.` }
}

function valueOf<Value>(cell: Cell<Value>): Value | undefined {
  return 'value' in cell ? cell.value : undefined
}

function cellsOf(fields: readonly string[], columns: Columns) {
  return (column: Column): string => {
    const at = columns.indexOf(column)
    return at === -1 ? '' : (fields[at] ?? '')
  }
}
