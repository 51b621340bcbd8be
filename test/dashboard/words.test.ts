import { afterEach, expect, test, vi } from 'vitest'

import {
  count,
  initialsOf,
  toAgo,
  toCountdown,
  toDuration,
  toSince,
  toSpan,
  toWeek,
} from '../../worker/dashboard/words'

const NOW = new Date(2026, 10, 25, 14, 0).getTime()
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

test.each([
  { day: new Date(2026, 10, 25), week: 'Week 48, 23 to 29 November 2026' },
  // ISO 8601: the week belongs to the year of its Thursday.
  { day: new Date(2027, 0, 1), week: 'Week 53, 28 December to 3 January 2027' },
  { day: new Date(2024, 11, 30), week: 'Week 1, 30 December to 5 January 2025' },
  { day: new Date(2026, 5, 1), week: 'Week 23, 1 to 7 June 2026' },
])('$day lies in $week', ({ day, week }) => {
  expect(toWeek(day.getTime())).toBe(week)
})

test.each([
  { passed: -5 * MINUTE, words: 'just now' },
  { passed: 2 * MINUTE, words: '2 minutes ago' },
  { passed: 61 * MINUTE, words: '1 hour ago' },
  { passed: 3 * DAY, words: '3 days ago' },
])('$passed ms are $words', ({ passed, words }) => {
  expect(toAgo(NOW - passed, NOW)).toBe(words)
})

test.each([
  { days: 0, words: 'today' },
  { days: 12, words: '12 days' },
  { days: 36, words: '5 weeks' },
  { days: 215, words: '7 months' },
])('$days days are $words', ({ days, words }) => {
  expect(toSince(NOW - days * DAY, NOW)).toBe(words)
})

afterEach(() => vi.unstubAllEnvs())

test.each(['Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati'])(
  'a day without a time zone is that day in %s too',
  async (zone) => {
    vi.stubEnv('TZ', zone)
    vi.resetModules()
    const { noonOf, toDatedDay } = await import('../../worker/dashboard/words')

    expect(toDatedDay(noonOf('2026-11-03'))).toBe('3 November 2026')
  },
)

test('durations and clocks', () => {
  expect(toDuration(40_000)).toBe('40 s')
  expect(toDuration(12 * MINUTE)).toBe('12 min')
  expect(toDuration(320 * MINUTE)).toBe('5 h 20')
  expect(toDuration(59.7 * MINUTE)).toBe('1 h 00')
  expect(toCountdown(872_000)).toBe('14:32')
  expect(toCountdown(-1)).toBe('0:00')
})

test('counts, spans and initials', () => {
  expect(count(1, 'note')).toBe('1 note')
  expect(count(1200, 'entry', 'entries')).toBe('1,200 entries')
  expect(toSpan(NOW, NOW + MINUTE)).toBe('25 November')
  expect(['CIO', 'Medical director', 'Élise', ''].map(initialsOf)).toEqual(['CI', 'MD', 'ÉL', ''])
})
