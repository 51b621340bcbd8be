import { expect, test } from 'vitest'

import type { PageCover } from '../../../extension/page/cover'
import type { MaskOfDocument } from '../../../extension/page/inject'
import { planOf } from '../../../extension/picture/plan'
import { proofOf } from '../../../extension/picture/proof'

function maskOf(covers: PageCover[], change: Partial<MaskOfDocument> = {}): MaskOfDocument {
  return {
    covers,
    covered: covers.length,
    uninspected: 0,
    complete: true,
    overflowed: false,
    moved: false,
    documentId: 'document',
    print: {
      address: 'a',
      frames: 'f',
      scrollX: 0,
      scrollY: 0,
      width: 640,
      height: 400,
      ratio: 1,
      scale: 1,
      offsetX: 0,
      offsetY: 0,
    },
    ...change,
  }
}

const field = (label: string | null, x: number): PageCover => ({
  kind: 'field',
  label,
  boxes: [[x, 20, 30, 40]],
})

test('what was found before and after the shot is one cover each, with the name that either has', () => {
  const { covers } = planOf(
    maskOf([field(null, 10), field(null, 200.2)]),
    maskOf([field('City', 10), field('Street', 200.4), field('Country', 400)]),
    false,
  )

  expect(covers.map(({ label }) => label)).toEqual(['City', 'Street', 'Country'])
  // Not a pixel of either is left open.
  expect(covers[1]?.boxes).toEqual([
    [200.2, 20, 30, 40],
    [200.4, 20, 30, 40],
  ])
})

test('things of two kinds at the same place are two covers', () => {
  const marked: PageCover = { kind: 'marked', label: null, boxes: [[10, 20, 30, 40]] }

  expect(planOf(maskOf([field('City', 10)]), maskOf([marked]), false).covers).toHaveLength(2)
})

test('of a page that moved, or was not read whole, no cover may ever come off', () => {
  const still = maskOf([field('City', 10)])
  const plans = [
    planOf(still, maskOf([], { moved: true }), false),
    planOf(maskOf([], { complete: false }), still, false),
    planOf(still, maskOf([], { overflowed: true }), false),
  ]

  expect(plans.map(({ isSure, everythingCovered }) => [isSure, everythingCovered])).toEqual([
    [false, true],
    [false, true],
    [false, true],
  ])
  expect(planOf(still, still, true)).toMatchObject({ isSure: true, everythingCovered: true })
})

test('a proof counts what is covered by what it is', () => {
  const attachment = {
    sha256: 'a'.repeat(64),
    type: 'image/webp' as const,
    bytes: 3,
    width: 1,
    height: 1,
    covered: 2,
    uninspected: 0,
    everythingCovered: false,
  }

  expect(proofOf(attachment, [field('City', 1), field(null, 2)])).toMatchObject({
    covered: { field: 2 },
    uncovered: [],
    added: 0,
  })
})
