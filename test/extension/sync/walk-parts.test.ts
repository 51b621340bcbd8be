import fc from 'fast-check'
import { expect, test } from 'vitest'

import { PART_MAX_BYTES, PART_MAX_STEPS } from '#shared/limits'
import type { Step } from '#shared/step'
import { utf8Length } from '#shared/text'

import { partsOf } from '../../../extension/sync/walk-parts'

const clicks = (lengths: readonly number[]): Step[] =>
  lengths.map((length, index) => ({
    kind: 'click',
    role: 'button',
    name: '字'.repeat(length),
    seq: index + 1,
    at: 0,
  }))

test('a walk without steps has one part, because the walk itself has to arrive', () => {
  expect(partsOf([])).toEqual([[]])
})

test('2,000 steps are one part, 2,001 are two', () => {
  expect(partsOf(clicks(Array(PART_MAX_STEPS).fill(1))).map(({ length }) => length)).toEqual([
    PART_MAX_STEPS,
  ])
  expect(partsOf(clicks(Array(PART_MAX_STEPS + 1).fill(1))).map(({ length }) => length)).toEqual([
    PART_MAX_STEPS,
    1,
  ])
})

test('steps of 200,000 bytes less one are one part, of one more than 200,000 two', () => {
  const holding = (bytes: number) => {
    const [first, ...rest] = clicks([0, 1, 1])
    const pad = bytes - utf8Length(JSON.stringify([first, ...rest]))
    return first ? [{ ...first, name: 'x'.repeat(pad) }, ...rest] : []
  }

  expect(utf8Length(JSON.stringify(holding(PART_MAX_BYTES)))).toBe(PART_MAX_BYTES)
  expect(partsOf(holding(PART_MAX_BYTES - 1))).toHaveLength(1)
  expect(partsOf(holding(PART_MAX_BYTES + 1))).toHaveLength(2)
})

test('parts fit, hold every step once and in order, and none could have taken the next step', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 40 }), (lengths) => {
      const steps = clicks(lengths)
      const parts = partsOf(steps)

      expect(parts.flat()).toEqual(steps)
      parts.forEach((part, index) => {
        expect(utf8Length(JSON.stringify(part))).toBeLessThanOrEqual(PART_MAX_BYTES)
        const next = parts[index + 1]?.[0]
        if (next)
          expect(utf8Length(JSON.stringify([...part, next]))).toBeGreaterThan(PART_MAX_BYTES - 2)
      })
    }),
    { numRuns: 50 },
  )
})
