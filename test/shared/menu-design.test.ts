import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseCsv } from '#shared/csv'
import { DESIGN_MAX_DEPTH, type DesignNode, parseDesign } from '#shared/menu-design'

/** The design as an outline again, two blanks a level; or its problems, a line each. */
function read(text: string): string {
  const parsed = parseDesign(text)
  return 'root' in parsed
    ? linesOf(parsed.root, '').join('\n')
    : parsed.problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n')
}

function linesOf({ choice, name, children }: DesignNode, indent: string): string[] {
  const own =
    choice === null ? (name === null ? [] : [name]) : [`${indent}${choice} ${name ?? ''}`.trimEnd()]
  const deeper = choice === null ? '' : `${indent}  `
  return [...own, ...children.flatMap((child) => linesOf(child, deeper))]
}

const DESIGN = `IT help line 4357
1 A problem
  3 Wi-Fi and VPN
    0 A person
  4 Printing
2 A request
“billing” The billing office
*`

describe('a design that is written as an outline', () => {
  test('is read with its title, its levels, keys and words', () => {
    expect(read(DESIGN)).toBe(DESIGN)
  })

  test.each([
    ['tabs', DESIGN.replaceAll('  ', '\t')],
    ['bullets and marks after the key', DESIGN.replace(/^( *)([0-9])/gm, '$1- $2.')],
    ['lines of another system, and blank ones', `\ufeff${DESIGN.replaceAll('\n', '\r\n\r\n')}`],
    ['everything a little to the right', DESIGN.replace(/^/gm, '   ')],
    ['straight quotes', DESIGN.replace('“billing”', '"billing"')],
    ['signs that turn the direction around', DESIGN.replace('Printing', '\u202ePrinting\u202c')],
  ])('with %s is the same', (_name, text) => {
    expect(read(text)).toBe(DESIGN)
  })

  test('in Hebrew and Arabic keeps its words', () => {
    const text = '1 תקלה\n  2 מדפסת\n2 طلب جديد'
    expect(read(text)).toBe(text)
  })

  test('may be twenty levels deep, and no deeper', () => {
    const deep = (levels: number) =>
      Array.from({ length: levels }, (_, level) => `${' '.repeat(2 * level)}1 Level`).join('\n')
    expect(read(deep(DESIGN_MAX_DEPTH))).toBe(deep(DESIGN_MAX_DEPTH))
    expect(read(deep(DESIGN_MAX_DEPTH + 1))).toContain('line 21: Deeper than 20 levels')
  })
})

describe('a design that cannot be read names its lines, and nothing of it is taken', () => {
  test.each([
    [
      'a line without a key',
      '1 A problem\nsomething else',
      'line 2: “something else” begins with no key. Write it as “1 A problem”.',
    ],
    ['one key twice', '1 A problem\n2 A request\n1 Another', 'line 3: 1 is in line 1 already.'],
    [
      'words twice, whatever their case',
      '“billing” One\n“Billing” Two',
      'line 2: “Billing” is in line 1 already.',
    ],
    [
      'tabs and spaces mixed',
      '1 A problem\n  2 Wi-Fi\n\t3 Printing',
      'line 3: Indented like no line above it. Use either tabs or spaces, and as many for each level.',
    ],
    [
      'a depth that no line has',
      '1 A problem\n    2 Wi-Fi\n  3 Printing',
      'line 3: Indented like no line above it. Use either tabs or spaces, and as many for each level.',
    ],
    [
      'a name that is too long',
      `1 ${'x'.repeat(201)}`,
      'line 1: A name of more than 200 bytes. Shorten it.',
    ],
    ['nothing', ' \n\n', 'line 1: No option here. Write one a line, as “1 A problem”.'],
    ['ten thousand lines', '1 A problem\n'.repeat(10_000), 'line 5001: More than 5000 lines.'],
    [
      'a CSV with a path that is none',
      'path,name\n1 > x,A problem',
      'line 2: “1 > x” is no path. Write it as 1 > 3 > 0.',
    ],
    [
      'a CSV in which a parent is missing',
      'path,name\n1 > 3,Wi-Fi',
      'line 2: 1 › 3 has no line for 1.',
    ],
    [
      'a CSV with a comma too many',
      'path,name\n1,Wi-Fi, or VPN',
      'line 2: More than a path and a name. Put a name with commas in quotes.',
    ],
  ])('%s', (_name, text, problems) => {
    expect(read(text)).toBe(problems)
  })

  test('more than a thousand options', () => {
    const options = Array.from(
      { length: 1_001 },
      (_, index) =>
        `“words ${'i'.repeat(index % 40)}${String.fromCharCode(97 + (index % 26))}${'e'.repeat(Math.floor(index / 26))}” Option`,
    )
    expect(read(options.join('\n'))).toContain('More than 1,000 options.')
  })
})

test('a CSV is the same design, whatever stands first and between', () => {
  const csv =
    'path;name\n1 > 3 > 0;A person\n1;A problem\n1 > 3;"Wi-Fi; ""VPN"""\n"“billing”";Billing'
  expect(read(csv)).toBe('1 A problem\n  3 Wi-Fi; "VPN"\n    0 A person\n“billing” Billing')
})

test('whatever is written, it is a design or problems with lines that there are', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('1 A', '  2 B', '\t3 C', '', '    1', 'path,name', '1 > 2,"x'),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join('\n')
      const parsed = parseDesign(text)
      if ('root' in parsed) expect(read(linesOf(parsed.root, '').join('\n'))).toBe(read(text))
      else
        for (const problem of parsed.problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1)
          expect(problem.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
        }
    }),
  )
})

test('fields of a CSV keep commas, quotes and lines', () => {
  expect(parseCsv('a,"b, ""c""\nd"\n,\n', ',')).toEqual([
    { line: 1, fields: ['a', 'b, "c"\nd'] },
    { line: 3, fields: ['', ''] },
  ])
})
