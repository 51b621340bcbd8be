import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'

import { PrivateWords, privateFinder, usablePrivateWords, whyUnfit } from '#shared/private-words'

function found(words: string[], text: string): string[] {
  return privateFinder(words)(text).map(({ start, end }) => text.slice(start, end))
}

describe('an organisation’s own texts', () => {
  test.each<[string[], string, string[]]>([
    [['Ward 7B'], 'Patient on ward 7b, bed 3', ['ward 7b']],
    [['Ward 7B'], 'Patient on Ward\u00a0 7B', ['Ward\u00a0 7B']],
    [['Ward 7'], 'Ward 77 and Ward 7B', []],
    [['K######'], 'Staff K123456, k654321 and K12345', ['K123456', 'k654321']],
    [['K######'], 'K١٢٣٤٥٦', ['K١٢٣٤٥٦']],
    [['Okafor', 'Okafor-Lind'], 'Dr Okafor-Lind', ['Okafor-Lind']],
    [['C++ lab (old)'], 'the C++ lab (old) door', ['C++ lab (old)']],
    [['Ümit'], 'ÜMIT and Ümits', ['ÜMIT']],
    [[], 'Ward 7B', []],
  ])('of %j, “%s” holds %j', (words, text, expected) => {
    expect(found(words, text)).toEqual(expected)
  })

  test('any text that the schema takes is found as it stands, and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })), (typed) => {
        const words = usablePrivateWords(typed)
        for (const word of words) {
          const text = `before ${word.replaceAll('#', '4')} after`
          expect(found([word], text)).toContain(word.replaceAll('#', '4'))
        }
        expect(() => privateFinder(words)(typed.join(' '))).not.toThrow()
      }),
    )
  })

  test('two hundred texts over a page take no time that one would notice', () => {
    const find = privateFinder(Array.from({ length: 200 }, (_, index) => `Ward ${index} north #`))
    const page = 'Ward Ward 1 north Ward 12 north x '.repeat(6_000)
    const before = process.threadCpuUsage().user
    find(page)

    expect((process.threadCpuUsage().user - before) / 1_000).toBeLessThan(1_000)
  })
})

describe('a list', () => {
  test('is kept with its spaces folded', () => {
    expect(v.parse(PrivateWords, ['  Ward\t 7B '])).toEqual(['Ward 7B'])
  })

  test.each<[unknown, boolean]>([
    [['Ward 7B'], true],
    [['a'], false],
    [['–'], false],
    [[''], false],
    [['w'.repeat(81)], false],
    [Array.from({ length: 201 }, (_, index) => `Ward ${index}`), false],
    ['Ward', false],
  ])('%j is fit: %s', (list, fit) => {
    expect(v.is(PrivateWords, list)).toBe(fit)
    if (Array.isArray(list)) expect(whyUnfit(list as string[]) === null).toBe(fit)
  })

  test('from elsewhere loses what cannot be looked for, and nothing else', () => {
    expect(usablePrivateWords(['Ward 7B', 'x', 'K####'])).toEqual(['Ward 7B', 'K####'])
  })
})
