import fc from 'fast-check'
import { expect, test } from 'vitest'

import { CROCKFORD } from '#shared/crockford'
import {
  formatPairingCode,
  newPairingCode,
  pairingLink,
  pairingPage,
  parsePairingInput,
} from '#shared/pairing-code'

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const code = fc
  .uint8Array({ minLength: 12, maxLength: 12 })
  .map((bytes) => newPairingCode(() => bytes))

test('a code is thirteen symbols in groups of four, five and four, without I, L, O and U', () => {
  fc.assert(
    fc.property(code, (each) => {
      expect(formatPairingCode(each)).toMatch(
        /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}$/,
      )
      expect(pairingPage(each)).toBe(formatPairingCode(each).slice(0, 4))
    }),
  )
})

test('twelve symbols are chance, each of all 32: 60 bits', () => {
  const seen = Array.from({ length: 12 }, () => new Set<string>())
  for (let count = 0; count < 2_000; count += 1) {
    for (const [index, symbol] of [...newPairingCode(randomBytes)].slice(0, 12).entries()) {
      seen[index]?.add(symbol)
    }
  }

  expect(seen.map(({ size }) => size)).toEqual(Array<number>(12).fill(32))
  expect(12 * Math.log2(CROCKFORD.length)).toBe(60)
})

test('a code is read however it is typed', () => {
  const spellings = fc.record({
    code,
    separator: fc.constantFrom('', '-', ' ', ' - ', '–', '.', '\t'),
    lower: fc.boolean(),
    letters: fc.boolean(),
  })
  fc.assert(
    fc.property(spellings, ({ code: each, separator, lower, letters }) => {
      const grouped = formatPairingCode(each).replaceAll('-', separator)
      const looksAlike = letters ? grouped.replaceAll('0', 'O').replaceAll('1', 'l') : grouped
      const typed = lower ? looksAlike.toLowerCase() : looksAlike

      expect(parsePairingInput(` ${typed}\n`)).toEqual({ ok: true, code: each })
    }),
  )
})

test('a whole link gives address and code', () => {
  fc.assert(
    fc.property(code, (each) => {
      expect(parsePairingInput(pairingLink('https://wince.example.org', each))).toEqual({
        ok: true,
        code: each,
        baseUrl: 'https://wince.example.org',
      })
      expect(parsePairingInput(` HTTP://LocalHost:8787/pair/#${each} `)).toEqual({
        ok: true,
        code: each,
        baseUrl: 'http://localhost:8787',
      })
    }),
  )
})

test.each([
  'https://user:pass@wince.example.org/pair#CODE',
  'javascript://wince.example.org/pair#CODE',
  'https://wince.example.org/other#CODE',
  'https://wince.example.org/pair?CODE',
  'ftp://wince.example.org/pair#CODE',
])('%s is no pairing link', (link) => {
  expect(parsePairingInput(link.replace('CODE', newPairingCode(randomBytes))).ok).toBe(false)
})

test('every single wrong symbol is found', () => {
  fc.assert(
    fc.property(
      code,
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      (each, place, distance) => {
        const right = CROCKFORD.indexOf(each[place] ?? '')
        const wrong = CROCKFORD[(right + distance) % 32] ?? ''

        expect(parsePairingInput(each.slice(0, place) + wrong + each.slice(place + 1))).toEqual({
          ok: false,
          problem: 'typo',
        })
      },
    ),
  )
})

test('every two different symbols that changed places are found, wherever they are', () => {
  fc.assert(
    fc.property(code, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (each, first, second) => {
      fc.pre(each[first] !== each[second])
      const symbols = [...each]
      symbols[first] = each[second] ?? ''
      symbols[second] = each[first] ?? ''

      expect(parsePairingInput(symbols.join(''))).toEqual({ ok: false, problem: 'typo' })
    }),
  )
})

test.each([
  ['', 'unfinished'],
  ['7KQ4-M2XD9-RTB', 'unfinished'],
  ['7KQ4-M2XD9-RTB00', 'too-long'],
  ['7KQ4-M2XD9-RTBU', 'symbol'],
  ['7KQ4!', 'symbol'],
  ['https://wince.example.org/pair#', 'unfinished'],
] as const)('%s is %s', (typed, problem) => {
  expect(parsePairingInput(typed)).toEqual({ ok: false, problem })
})
