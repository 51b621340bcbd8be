import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'

import {
  Ms,
  cutToBytes,
  isStorableText,
  textUpTo,
  toKeyPart,
  toStorableText,
  utf8Length,
} from '#shared/text'

/** Any sequence of UTF-16 units: lone surrogates and U+0000 included. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
})
const mostlySurrogates = fc.string({
  unit: fc.constantFrom('\uD83D', '\uDE00', '\u0000', 'a', 'é', '\u{1F600}', '\uFFFD', '\u200D'),
})
const texts = fc.oneof(anyText, mostlySurrogates, fc.string({ unit: 'grapheme' }))
const encode = (text: string) => new TextEncoder().encode(text)

test('a text’s length is what UTF-8 makes of it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(utf8Length(text)).toBe(encode(text).length)
    }),
    { numRuns: 5_000 },
  )
})

test('what is made storable is well formed, has no U+0000, and stays so', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const stored = toStorableText(text)

      expect(stored).toBe(text.replaceAll('\u0000', '').toWellFormed())
      expect(isStorableText(stored)).toBe(true)
      expect(toStorableText(stored)).toBe(stored)
    }),
    { numRuns: 5_000 },
  )
})

test('exactly the texts that need no change are storable', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(isStorableText(text)).toBe(toStorableText(text) === text)
    }),
  )
})

test('a storable text survives UTF-8', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const stored = toStorableText(text)

      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(encode(stored))).toBe(stored)
    }),
    { numRuns: 5_000 },
  )
})

test('a cut text is the longest beginning that fits and never ends in half a character', () => {
  fc.assert(
    fc.property(texts, fc.nat(60), (text, maxBytes) => {
      const cut = cutToBytes(text, maxBytes)
      const rest = text.slice(cut.length)

      expect(text.startsWith(cut)).toBe(true)
      expect(utf8Length(cut)).toBeLessThanOrEqual(maxBytes)
      const next = [...rest][0]
      if (next !== undefined) expect(utf8Length(cut) + utf8Length(next)).toBeGreaterThan(maxBytes)
      if (isStorableText(text)) expect(isStorableText(cut)).toBe(true)
    }),
  )
})

test.each([
  { unit: 'a', bytes: 1 },
  { unit: 'é', bytes: 2 },
  { unit: '字', bytes: 3 },
  { unit: '😀', bytes: 4 },
])(
  'a limit of 120 bytes takes $bytes-byte characters up to the last one that fits',
  ({ unit, bytes }) => {
    const schema = textUpTo(120)
    const full = unit.repeat(120 / bytes)

    expect(v.is(schema, full.slice(unit.length))).toBe(true)
    expect(v.is(schema, full)).toBe(true)
    expect(v.is(schema, `${full}a`)).toBe(false)
  },
)

test.each(['a\uD800', '\uDE00a', 'a\u0000b', '\uDE00\uD83D'])('%j is refused', (text) => {
  expect(v.is(textUpTo(100), text)).toBe(false)
})

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, 2 ** 53, '0', null])(
  '%s is no point in time',
  (value) => {
    expect(v.is(Ms, value)).toBe(false)
  },
)

test('a key part folds case, forms, spaces and digits of any script, and never holds a bare bar', () => {
  expect(toKeyPart(' Ticket  Nr. ４２ / ٤٢ ')).toBe('ticket nr. # / #')
  expect(toKeyPart('a|b\\c')).toBe('a\\|b\\\\c')
})

test('two parts joined by a bar can only be read as these two parts', () => {
  const part = fc.string({ unit: fc.constantFrom('a', '|', '\\', ' ', '1') })
  fc.assert(
    fc.property(part, part, (one, other) => {
      const joined = `${toKeyPart(one)}|${toKeyPart(other)}`

      expect(joined.match(/\\.|[^\\]/gu)?.filter((piece) => piece === '|')).toHaveLength(1)
    }),
  )
})
