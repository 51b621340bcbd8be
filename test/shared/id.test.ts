import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'

import { Id, uuidv7 } from '#shared/id'

const bytesOf = (bytes: Uint8Array) => () => Uint8Array.from(bytes)
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('the example of RFC 9562 comes out as printed there', () => {
  // Appendix A.6: 2022-02-22T19:22:22Z, rand_a CC3, rand_b 18C4DC0C0C07398F
  const chance = Uint8Array.from([
    0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
  ])

  expect(uuidv7(1_645_557_742_000, bytesOf(chance))).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('every id fits the schema, carries its time and all 74 bits of chance', () => {
  fc.assert(
    fc.property(time, sixteen, (now, chance) => {
      const hex = uuidv7(now, bytesOf(chance)).replaceAll('-', '')

      expect(v.is(Id, uuidv7(now, bytesOf(chance)))).toBe(true)
      expect(Number.parseInt(hex.slice(0, 12), 16)).toBe(now)
      expect(Number.parseInt(hex.slice(13, 16), 16)).toBe(
        (((chance[6] ?? 0) & 0x0f) << 8) | (chance[7] ?? 0),
      )
      expect(Number.parseInt(hex.slice(16, 18), 16) & 0x3f).toBe((chance[8] ?? 0) & 0x3f)
      expect(hex.slice(18)).toBe(Buffer.from(chance.slice(9)).toString('hex'))
    }),
  )
})

test('ids sort by the time they were made at', () => {
  fc.assert(
    fc.property(time, time, sixteen, sixteen, (one, other, chance, otherChance) => {
      fc.pre(one < other)

      expect(uuidv7(one, bytesOf(chance)) < uuidv7(other, bytesOf(otherChance))).toBe(true)
    }),
  )
})

test.each([-1, Number.NEGATIVE_INFINITY, Number.NaN, 2 ** 60, Number.POSITIVE_INFINITY, 0.5])(
  'a clock that says %s still gives an id',
  (now) => {
    expect(
      v.is(
        Id,
        uuidv7(now, (length) => new Uint8Array(length)),
      ),
    ).toBe(true)
  },
)

test.each([
  '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
  '017f22e2-79b0-4cc3-98c4-dc0c0c07398f',
  '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
  '017f22e279b07cc398c4dc0c0c07398f',
  '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
  ' 017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  '017f22e2-79b0-7cc3-98c4-dc0c0c07398g',
  '',
  7,
  null,
])('%j is no id', (value) => {
  expect(v.is(Id, value)).toBe(false)
})
