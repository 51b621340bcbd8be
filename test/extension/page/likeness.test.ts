import { expect, test } from 'vitest'

import { likeness } from '../../../extension/page/likeness'

test.each([
  ['Submit request', 'submit REQUEST', 1],
  // Of four pairs each, one is shared: the usual example of Dice's coefficient.
  ['night', 'nacht', 0.25],
  ['Item 4', 'Item 9', 0.7],
  ['Inbox (3)', 'Inbox (17)', 0.7],
  ['Open', 'Remove', 0],
  ['تفاصيل', 'تفاصيل', 1],
  ['', 'Open', 0],
  ['a', 'b', 0],
])('%j and %j are %d alike', (one, other, expected) => {
  expect(likeness(one, other)).toBe(expected)
  expect(likeness(other, one)).toBe(expected)
})
