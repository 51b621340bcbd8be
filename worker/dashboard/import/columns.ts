import type { Table } from './file'

/** What a column of a file can be. */
export const COLUMN_WORDS = {
  title: 'Title',
  service: 'Service',
  impact: 'Impact',
  effort: 'Effort',
  owner: 'Owner',
  cost: 'Cost',
  due: 'Due',
  customers: 'Customers a month',
  countedBy: 'Counted by',
  key: 'Key: the number it has in your list',
  number: 'Number of an entry here',
  changed: 'Changed: when the file was written',
} as const
export type Column = keyof typeof COLUMN_WORDS

/** For each column of the file what it is; null is left out. */
export type Columns = readonly (Column | null)[]

/** Names that lists elsewhere use, without blanks and in lower case. */
const NAMES: Readonly<Partial<Record<Column, readonly string[]>>> = {
  title: ['title', 'problem', 'improvement', 'summary', 'subject', 'issue', 'name', 'description'],
  service: ['service', 'system', 'application', 'product', 'area'],
  impact: ['impact'],
  effort: ['effort', 'size', 'tshirtsize'],
  owner: ['owner', 'assignee', 'assignedto', 'responsible'],
  cost: ['cost', 'costs', 'budget'],
  due: ['due', 'duedate', 'deadline', 'targetdate'],
  customers: ['customersamonth', 'customers', 'reach'],
  countedBy: ['countedby'],
  key: ['key', 'id', 'ref', 'reference', 'ticket', 'number', 'no', '#'],
}

/** Only a file of ours has these: there, Number is the number of an entry. */
const OURS = ['number', 'title', 'handoffs', 'worstwince', 'changed']

/** What each column most likely is, by its name; each thing once. */
export function guessColumns({ head }: Pick<Table, 'head'>): Columns {
  const names = head.map((name) => name.toLowerCase().replace(/[\s_.–-]+/gu, ''))
  const areOurs = OURS.every((name) => names.includes(name))
  const guessed: (Column | null)[] = names.map(() => null)
  for (const [column, known] of Object.entries(NAMES) as [Column, readonly string[]][]) {
    const name = known.find((each) => names.includes(each))
    const at = name === undefined ? -1 : names.indexOf(name)
    if (at !== -1 && guessed[at] === null) guessed[at] = column
  }
  if (!areOurs) return guessed
  guessed[names.indexOf('number')] = 'number'
  guessed[names.indexOf('changed')] = 'changed'
  return guessed
}

/** The columns with one of them set; what it is now, no other one is. */
export function withColumn(columns: Columns, at: number, column: Column | null): Columns {
  return columns.map((each, index) => (index === at ? column : each === column ? null : each))
}

/** How days are written with slashes: `31/12/2026` or `12/31/2026`. */
export type DayOrder = 'day-first' | 'month-first'

/** What the days of a file show of it; undefined while both would do. */
export function guessDayOrder(cells: readonly string[]): DayOrder | 'none' | undefined {
  const parts = cells.flatMap((cell) => {
    const [, first, second] = SLASHED.exec(cell) ?? []
    return first === undefined ? [] : [[Number(first), Number(second)] as const]
  })
  if (parts.length === 0) return 'none'
  if (parts.some(([first]) => first > 12)) return 'day-first'
  if (parts.some(([, second]) => second > 12)) return 'month-first'
  return undefined
}

export const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/
