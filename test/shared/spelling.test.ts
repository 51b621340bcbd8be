import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { spellingDistance } from '#shared/spelling'

describe('how far apart two spellings are', () => {
  test.each([
    ['printing', 'prniting', 1 / 8],
    ['Wi-Fi', 'wifi', 0],
    ['a problem', 'Problems', 1 / 8],
    ['the badge office', 'Badge Office', 0],
    ['printing', 'scanning', 4 / 8],
    ['', 'printing', 1],
    ['', '…', 0],
  ])('“%s” and “%s”', (one, other, distance) => {
    expect(spellingDistance(one, other)).toBeCloseTo(distance)
  })

  test('is the same both ways, nothing to itself, and never more than all of it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const distance = spellingDistance(one, other)
        expect(spellingDistance(other, one)).toBe(distance)
        expect(spellingDistance(one, one)).toBe(0)
        expect(distance).toBeGreaterThanOrEqual(0)
        expect(distance).toBeLessThanOrEqual(1)
      }),
    )
  })
})
