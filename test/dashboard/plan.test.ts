import { describe, expect, test } from 'vitest'

import { coverageFinding, dueWords, lineWords } from '../../worker/dashboard/plan/plan-words'

const NOW = Date.UTC(2026, 10, 28)
const DAY = 24 * 3_600_000
const walked = (service: string, days: number) => ({ service, lastWalkedAt: NOW - days * DAY })
const never = (service: string) => ({ service, lastWalkedAt: null })
const said = (...services: Parameters<typeof coverageFinding>[0]) =>
  Object.values(coverageFinding(services, NOW)).join(' ')

describe('the finding', () => {
  test('counts what nobody has walked, and names one', () => {
    expect(said(never('Printing'), never('Rota'), walked('Wi-Fi', 3))).toBe(
      'Nobody has walked 2 of 3 services. Printing is one of them.',
    )
  })
  test('says so where nobody has walked anything', () => {
    expect(said(never('Printing'))).toBe(
      'Nobody has walked any service yet. Printing is one of them.',
    )
  })
  test('names what has waited for half a year, and asks', () => {
    expect(said(walked('Printing', 213), walked('Wi-Fi', 3))).toBe(
      'Nobody has walked Printing for 7 months. Who goes next?',
    )
  })
  test('is glad where all were walked', () => {
    expect(said(walked('Printing', 40), walked('Wi-Fi', 0))).toBe(
      '2 services walked in the last half year. Printing has waited longest: 5 weeks.',
    )
  })
  test('says how the list begins', () => {
    expect(said()).toContain('No service is known yet.')
  })
})

test('a day that is over says so, today is not', () => {
  expect(dueWords('2026-12-05', '2026-12-05')).toEqual({ day: '5 Dec', isOver: false })
  expect(dueWords('2026-12-05', '2026-12-06')).toEqual({ day: '5 Dec', isOver: true })
})

test('a line says what is to be walked', () => {
  expect(lineWords({ kind: 'errand', what: 'My badge' })).toBe('“My badge”')
  expect(lineWords({ kind: 'call', what: '4357' })).toBe('Call 4357')
  expect(lineWords({ kind: 'shift', what: '' })).toBe('A shift at the desk')
})
