import fc from 'fast-check'
import { expect, test, vi } from 'vitest'

import { findSensitive, toPlaceholders } from '#shared/sensitive'

vi.setConfig({ testTimeout: 60_000 })

test.each([
  ['Write to jane.doe+it@hospital.example today', 'Write to :email today'],
  ['jane@hospital', ':email'],
  ['josé.müller@krankenhaus.example', ':email'],
  ['(jane＠hospital.example)', '(:email)'],
  ['ja\u200bne@hospital.exam\u00adple', ':email'],
  ['Call +49 351 458 1234 now', 'Call :phone now'],
  ['Call (617) 555-0142.', 'Call :phone.'],
  ['555-0142', ':phone'],
  ['06 12 34 56 78', ':phone'],
  ['٠١٢-٣٤٥٦٧٨٩', ':phone'],
  ['Card 4111 1111 1111 1111 12/27', 'Card :card 12/27'],
  ['5500-0000-0000-0004', ':card'],
  ['4111 1111 1111 1111 2029', ':card :id'],
  ['4111111111111111', ':card'],
  ['SSN 078-05-1120', 'SSN :ssn'],
  ['078 05 1120', ':ssn'],
  ['MRN: 48213', 'MRN: :id'],
  ['MRN 4821', 'MRN :id'],
  ['Staff no. 482', 'Staff no. :id'],
  ['REQ0048213 was closed', ':id was closed'],
  ['INC-12345', ':id'],
  ['#48213', '#:id'],
  ['NHS 943 476 5919', 'NHS :phone'],
  ['born 12.03.1968', 'born :date'],
  ['DOB 03/12/68', 'DOB :date'],
  ['1968-03-12', ':date'],
  ['12 March 1968', ':date'],
  ['Mar 12, 1968', ':date'],
  ['12. März 1968', ':date'],
  ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', ':id'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6y', ':token'],
  ['key Zk3vQ9xLr8TnB2yWcHs7', 'key :token'],
  ['JBSWY3DPEHPK3PXP', ':token'],
])('%j becomes %j', (text, kept) => {
  expect(toPlaceholders(text)).toBe(kept)
})

test.each([
  'Network Access Provisioning (L2)',
  'Page 1 2 3 4 5 6 7 8 9 10',
  'Opening hours: Mon–Fri 8:00–17:30',
  'Floor 12, room 304',
  'Academic year 2025-2026',
  'Windows 11, Office 365, Wi-Fi 6E',
  'You are number 12 in the queue; wait 45 minutes.',
  'It costs $1,250.00',
  'How do I connect to the Wi-Fi?',
  'MyITServiceRequest form',
  'Netzwerkzugangsberechtigung beantragen',
  'Version 10.4.2',
  '请求网络访问',
  'Sign in @ the desk',
])('%j holds nothing sensitive', (text) => {
  expect(findSensitive(text)).toEqual([])
})

test('spans are in order, apart, inside the text and never empty', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          '1',
          '12',
          '4111',
          ' ',
          '-',
          '.',
          '/',
          '@',
          'a',
          'Mar',
          '+',
          '(',
          ')',
          '\u200b',
          '٣',
          'REQ',
          '🙂',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (hostile) => {
      let done = 0
      for (const { start, end } of findSensitive(hostile)) {
        expect(start).toBeGreaterThanOrEqual(done)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(hostile.length)
        done = end
      }
    }),
    { numRuns: 10_000 },
  )
})

test('plain words and short numbers are looked through as carefully as anything beside them', () => {
  const parts = [
    ['1', '12', '123', '2024', ' ', '  ', '-', '.', '/', '(', ')', ',', '+', '–', ':', '#'],
    ['a', 'Abc', 'xabcdefab', 'ABCDEFG', 'eBay', 'onRate', 'aBc', 'Mar', 'march', 'décembre'],
    ['12th', 'patient', 'badge', 'no', 'id', 'tic\u212aet', 'REQ', 'Straße', '٣', '@', '\u200b'],
  ].flat()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), (words) => {
      const text = words.join('')

      // A picture is no plain word: beside it every pattern is tried.
      expect(findSensitive(text)).toEqual(
        findSensitive(`${text} 🙂7🙂`).filter(({ end }) => end <= text.length),
      )
    }),
    { numRuns: 20_000 },
  )
})

const digits = (count: number) =>
  fc.array(fc.nat(9), { minLength: count, maxLength: count }).map((all) => all.join(''))

test('an e-mail address, a long number or a secret is found wherever it stands', () => {
  const secret = fc.oneof(
    fc.emailAddress(),
    fc.integer({ min: 5, max: 30 }).chain(digits),
    fc.uuid(),
    fc.tuple(digits(3), digits(3), digits(4)).map((groups) => groups.join('-')),
    fc.tuple(digits(3), digits(2), digits(4)).map((groups) => groups.join('-')),
  )
  const around = fc.constantFrom('', ' ', 'Patient: ', '(', ')', '"', ', ', ' / ', 'é ', '：')
  fc.assert(
    fc.property(secret, around, around, (hidden, before, after) => {
      expect(toPlaceholders(`${before}${hidden}${after}`)).not.toContain(hidden)
    }),
    { numRuns: 10_000 },
  )
})

test.each([
  ['a', 'a'.repeat(200_000)],
  ['at signs', 'a@'.repeat(100_000)],
  ['digits', '1'.repeat(200_000)],
  ['digits and gaps', '1 '.repeat(100_000)],
  ['digits and dashes', '12-'.repeat(66_000)],
  ['four digits', '4111 '.repeat(40_000)],
  ['brackets', '((((+'.repeat(40_000)],
  ['spaces', `1${' '.repeat(199_000)}x`],
  ['months', '12 march '.repeat(22_000)],
  ['labels', 'patient id no. '.repeat(13_000)],
  ['invisible', '1\u200b@'.repeat(66_000)],
  ['camel', 'aB1'.repeat(66_000)],
  ['dots', 'a.'.repeat(100_000)],
  ['slashes', 'a1/'.repeat(66_000)],
  ['one long mail', `${'a'.repeat(100_000)}@${'b'.repeat(100_000)}`],
  ['hex', 'deadbeef-'.repeat(22_000)],
])('200 KB of %s take linear time', (_, text) => {
  const start = process.threadCpuUsage().user
  findSensitive(text)

  // CPU time, so that a busy machine says nothing; what is quadratic takes minutes.
  expect(process.threadCpuUsage().user - start).toBeLessThan(4_000_000)
})
