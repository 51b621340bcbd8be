import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { type MenuNode, menuTree } from '#shared/menu-tree'

import {
  callBy,
  ends,
  offers,
  outlineOf,
  press,
  says,
  TEN_CALLS,
  TEN_CALLS_DRAWN,
} from '../support/menu-calls'

test('ten calls of nine people, with typos and disagreements, are the tree that a person would draw', () => {
  expect(outlineOf(menuTree(TEN_CALLS)).join('\n')).toBe(TEN_CALLS_DRAWN)
})

test('a greeting that two heard a little differently is one, and time is spent where one stood', () => {
  const tree = menuTree(TEN_CALLS)

  expect(tree.heard).toEqual(['Welcome to the IT help line'])
  expect(tree.children[0]?.children[0]?.children[0]).toMatchObject({
    deadEnds: 1,
    stayMs: { median: 1_500, worst: 2_000 },
  })
})

test('a key that was offered and never pressed is in the tree, with nobody at it', () => {
  const tree = menuTree([callBy('ada', 1, offers('9', 'the news'), ends('hung-up'))])

  expect(tree.children).toMatchObject([{ choice: '9', name: 'the news', calls: 0, stayMs: null }])
})

test('a clock that was set far off makes no time that cannot be told', () => {
  const early = { ...press('1'), at: 8.64e15 }
  const call = callBy('ada', 1, early, { ...ends('dropped'), at: -8.64e15 })
  const tree = menuTree([{ ...call, call: { ...call.call, dialledAt: -8.64e15 } }])

  expect(tree.stayMs).toEqual({ median: Number.MAX_SAFE_INTEGER, worst: Number.MAX_SAFE_INTEGER })
  expect(tree.children[0]).toMatchObject({ stayMs: { worst: 0 }, endMs: { worst: 0 } })
})

test('in whatever order calls come, the tree is the same and counts each of them once', () => {
  const tap = fc.oneof(
    fc.constantFrom('1', '2', '*').map(press),
    fc.record({
      kind: fc.constant('option'),
      key: fc.constantFrom('1', '2'),
      label: fc.constantFrom('printing', 'prniting', 'badges'),
    }),
    fc.constantFrom('Billing', 'billing').map(says),
    fc.constantFrom('dropped', 'voicemail').map(ends),
  )
  const call = fc.tuple(fc.constantFrom('ada', 'ben', 'cem'), fc.array(tap, { maxLength: 8 }))
  fc.assert(
    fc.property(fc.array(call, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
      const calls = drawn.map(([callerId, taps], day) => callBy(callerId, day + 1, ...taps))
      const tree = menuTree(calls)
      const shuffled = calls
        .map((each) => ({ each, rank: order.next().value as number }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ each }) => each)

      expect(menuTree(shuffled)).toEqual(tree)
      expect(tree.calls).toBe(calls.length)
      expect(endsIn(tree)).toBe(calls.filter((each) => each.call.end !== null).length)
    }),
  )
})

function endsIn(node: MenuNode): number {
  const own = Object.values(node.ends).reduce((sum, count) => sum + count, 0)
  return node.children.reduce((sum, child) => sum + endsIn(child), own)
}
