import { expect, test } from 'vitest'

import { toClock, toSpan } from '#shared/duration'

import { countOf, joined, toDay } from '../../../extension/panel/time-words'

test.each([
  [0, '0:00'],
  [9_999, '0:09'],
  [400_000, '6:40'],
  [600_000, '10:00'],
  [3_729_000, '1:02:09'],
])('%i ms on a clock are %s', (ms, words) => {
  expect(toClock(ms)).toBe(words)
})

test.each([
  [14_000, '14 s'],
  [360_000, '6 min'],
  [19_200_000, '5 h 20'],
  [3 * 86_400_000, '3 days'],
])('%i ms in words are %s', (ms, words) => {
  expect(toSpan(ms)).toBe(words)
})

test('days are named as near as a person would', () => {
  const now = new Date(2026, 10, 25, 0, 5).getTime()
  const days = [0, 1, 2, 30].map((back) =>
    toDay(new Date(2026, 10, 25 - back, 23, 0).getTime(), now),
  )

  expect(days).toEqual(['today', 'yesterday', 'Monday', '26 October'])
})

test('counts and lists read as sentences do', () => {
  expect([countOf(1, 'note'), countOf(7, 'note'), joined(['a']), joined(['a', 'b', 'c'])]).toEqual([
    '1 note',
    '7 notes',
    'a',
    'a, b and c',
  ])
})
