import fc from 'fast-check'
import { expect, test } from 'vitest'

import { toCsvLine } from '#shared/csv'
import { isStorableText } from '#shared/text'

import hostileTexts from '../shared/hostile-texts.json'
import { badLinesFile } from '../../worker/dashboard/import/bad-lines'
import {
  guessColumns,
  guessDayOrder,
  withColumn,
  type Columns,
} from '../../worker/dashboard/import/columns'
import { readFile, type Table } from '../../worker/dashboard/import/file'
import { readLines } from '../../worker/dashboard/import/lines'

const OLIVE = { id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'Olive Owner' }
const PEOPLE = [
  { ...OLIVE, role: 'owner' as const },
  { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Wanda', role: 'walker' as const },
]
const utf8 = (text: string) => new TextEncoder().encode(text)

function tableOf(text: string): Table {
  const read = readFile('list.csv', utf8(text))
  if ('problem' in read) throw new Error(read.problem)
  return read.table
}

function linesOf(table: Table, columns: Columns = guessColumns(table)) {
  return readLines(table, { columns, dayOrder: 'day-first', people: PEOPLE })
}

test.each([
  ['commas and line ends of Windows', 'Title,Service\r\n"A, B",HR\r\n', ['A, B', 'HR']],
  ['semicolons', 'Title;Service\nA;HR\n', ['A', 'HR']],
  ['tabs and no last line end', 'Title\tService\nA\tHR', ['A', 'HR']],
  ['one column', 'Title\nA, B\n', ['A', ' B']],
  ['line ends in a cell', 'Title,Service\n"A\r\nB",HR\n', ['A\nB', 'HR']],
])('a file with %s is read', (_what, text, fields) => {
  const { rows } = tableOf(text)
  expect(rows.map((row) => row.fields)).toEqual([fields.map((field) => field.trim())])
})

test('UTF-8 with its mark, UTF-16 both ways round and Windows’ Latin are the same text', () => {
  const text = 'Title,Service\nÜberweisung – “später”,HR\n'
  const wide = (isBig: boolean) =>
    new Uint8Array(
      Array.from(`\uFEFF${text}`).flatMap((letter) => {
        const code = letter.charCodeAt(0)
        return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8]
      }),
    )
  const latin = new Uint8Array(
    Array.from(
      text,
      (letter) => ({ '–': 0x96, '“': 0x93, '”': 0x94 })[letter] ?? letter.charCodeAt(0),
    ),
  )
  for (const bytes of [utf8(text), utf8(`\uFEFF${text}`), wide(false), wide(true), latin]) {
    expect(readFile('list.csv', bytes)).toEqual({
      table: {
        name: 'list.csv',
        head: ['Title', 'Service'],
        rows: [{ line: 2, fields: ['Überweisung – “später”', 'HR'] }],
      },
    })
  }
})

test.each([
  ['nothing', '', 'nothing in it'],
  ['a first line alone', 'Title,Service\n\n ,\n', 'nothing in it'],
  [
    'a quote mark that stays open',
    'Title,Service\nA,HR\n"B,HR\nC,HR\n',
    'Line 3 opens a quote mark',
  ],
  ['a spreadsheet’s own format', 'PK\u0003\u0004\0\0', 'Save as'],
  ['2,001 lines', `Title\n${'A\n'.repeat(2001)}`, 'It has 2001 lines'],
  ['2 MB and a byte', 'a'.repeat(2_000_001), 'larger than 2 MB'],
])('a file of %s says what to do', (_what, text, problem) => {
  expect(readFile('list.csv', utf8(text))).toEqual({ problem: expect.stringContaining(problem) })
})

test('columns are known by their names; Number is an entry’s only in a file of ours', () => {
  expect(
    guessColumns({ head: ['Problem', 'Assigned to', 'Number', 'Priority', 'Due date'] }),
  ).toEqual(['title', 'owner', 'key', null, 'due'])
  const ours = ['Number', 'Title', 'Hand-offs', 'Worst wince', 'Changed', 'Counted by']
  expect(guessColumns({ head: ours })).toEqual([
    'number',
    'title',
    null,
    null,
    'changed',
    'countedBy',
  ])
  expect(withColumn(['title', 'service'], 1, 'title')).toEqual([null, 'title'])
})

test('days with slashes are read in the file’s own order, or asked about', () => {
  expect(guessDayOrder(['2026-12-31', '', '31.12.2026'])).toBe('none')
  expect(guessDayOrder(['03/04/2026', '31/12/2026'])).toBe('day-first')
  expect(guessDayOrder(['03/04/2026', '12/31/2026'])).toBe('month-first')
  expect(guessDayOrder(['03/04/2026'])).toBeUndefined()
  const table = tableOf('Title,Due\nA,03/04/2026\nB,2026-12-31\nC,31.12.2026\nD,30/02/2026\n')
  const dueOf = (dayOrder: 'day-first' | 'month-first') =>
    readLines(table, { columns: ['title', 'due'], dayOrder, people: [] })

  expect(dueOf('day-first').good.map(({ asked }) => asked.due)).toEqual([
    '2026-04-03',
    '2026-12-31',
    '2026-12-31',
  ])
  expect(dueOf('month-first').good[0]?.asked.due).toBe('2026-03-04')
  expect(dueOf('day-first').bad).toEqual([
    { line: 5, problem: '“30/02/2026” is no day. Write it as 2026-12-31.' },
  ])
})

test('cells are read as people write them, and an empty one says nothing', () => {
  const table = tableOf(
    [
      'Title,Service,Impact,Effort,Owner,Cost,Customers,Counted by',
      'A,HR,4 · Stops work or care,m,olive owner,"€ 1,200",40,desk',
      'B,,costs hours,A quarter,,1.200.000 EUR,40,',
      'C,,,,,,,',
    ].join('\n'),
  )
  const { good, bad } = linesOf(table)

  expect(bad).toEqual([])
  expect(
    good.map(({ asked: { line: _line, key: _key, number: _number, ...asked } }) => asked),
  ).toEqual([
    {
      title: 'A',
      service: 'HR',
      impact: 4,
      effort: 'M',
      owner: OLIVE.id,
      cost: 1200,
      monthly: { customers: 40, source: 'desk' },
    },
    {
      title: 'B',
      service: null,
      impact: 3,
      effort: 'L',
      cost: 1_200_000,
      monthly: { customers: 40, source: 'list.csv' },
    },
    { title: 'C', service: null },
  ])
})

test('each line that cannot be taken is named, with what to do, and the others go on', () => {
  const table = tableOf(
    [
      'Title,Impact,Effort,Owner,Cost,Key',
      ',4,S,,,',
      'A,5,S,,,',
      'B,4,constructor,,,',
      'C,4,S,Wanda,,',
      'D,4,S,,12.50,',
      'E,4,S,,,7',
      'F,4,S,,,7',
      'G, with a comma,4,S,,,8',
      `${'x'.repeat(301)},4,S,,,`,
      'H,4,S,,,',
    ].join('\n'),
  )
  const { good, bad } = linesOf(table)

  expect(good.map(({ asked }) => asked.title)).toEqual(['E', 'H'])
  expect(bad.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '2 It has no title.',
    '3 “5” is no impact. Write 1 to 4; 4 stops work or care.',
    '4 “constructor” is no effort. Write S, M, L or XL.',
    '5 Nobody who may own an entry here is called “Wanda”.',
    '6 “12.50” is no cost. Write a whole number, such as 1200.',
    '8 It says the same as line 7.',
    '9 It has more cells than the first line. A comma in a text needs quote marks around it.',
    '10 The title is too long: at most about 300 letters.',
  ])
  expect(tableOf(badLinesFile(table, bad)).rows.map(({ fields }) => fields[0])).toEqual(
    bad.map(({ problem }) => problem),
  )
})

test('lines are the same by their key, or else by service and title in any case and spacing', () => {
  const table = tableOf(
    [
      'Title,Service',
      'Ward 3 waits,HR',
      'Ward 4 waits,HR',
      'Ward 3 waits,IT',
      'ward  3 WAITS,hr',
    ].join('\n'),
  )
  const { good, bad } = linesOf(table)

  expect(good.map(({ asked }) => asked.line)).toEqual([2, 3, 4])
  expect(bad).toEqual([{ line: 5, problem: 'It says the same as line 2.' }])
})

test('any text that goes out as a CSV comes in as it was, formulas and markup too', () => {
  const someTitle = fc
    .oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom(...hostileTexts))
    .map((text) => text.replace(/\r\n?/g, '\n').trim())
    .filter(
      (text) =>
        text !== '' &&
        isStorableText(text) &&
        utf8(text).length <= 300 &&
        !/(^|[;\t\n])'/.test(text),
    )
  fc.assert(
    fc.property(fc.array(someTitle, { minLength: 1, maxLength: 8 }), (titles) => {
      const text = [
        toCsvLine(['Title', 'Key']),
        ...titles.map((title, index) => toCsvLine([title, index + 1])),
      ].join('')
      expect(linesOf(tableOf(text)).good.map(({ asked }) => asked.title)).toEqual(titles)
    }),
    { numRuns: 500 },
  )
})

test('whatever the file, each of its lines is taken or named, once', () => {
  const someCell = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('4', 'S', '2026-01-01', '1/2/2026', '#3', '7', '', 'Olive Owner', '1.000'),
  )
  const head = ['title', 'impact', 'effort', 'owner', 'due', 'cost', 'key', 'customers'] as const
  fc.assert(
    fc.property(
      fc.array(fc.array(someCell, { minLength: 1, maxLength: 10 }), {
        minLength: 1,
        maxLength: 20,
      }),
      (cells) => {
        const text = [[...head], ...cells].map((fields) => toCsvLine(fields)).join('')
        const read = readFile('list.csv', utf8(text))
        if ('problem' in read) return
        const { good, bad } = linesOf(read.table, [...head])
        const named = [...good.map(({ asked }) => asked.line), ...bad.map(({ line }) => line)]
        expect(named.toSorted((one, other) => one - other)).toEqual(
          read.table.rows.map(({ line }) => line),
        )
        expect(new Set(good.map(({ asked }) => asked.key)).size).toBe(good.length)
      },
    ),
    { numRuns: 500 },
  )
})
