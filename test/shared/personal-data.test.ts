import fc from 'fast-check'
import { expect, test } from 'vitest'

import { privateFinder } from '#shared/private-words'

import { coverPersonal, findPersonal } from '#shared/personal-data'

test.each([
  ['They told me to call 555 010 4477 again', '555 010 4477', 'a phone number'],
  ['jane.doe@hospital.example never answered', 'jane.doe@hospital.example', 'an e-mail address'],
  ['It wanted 4111 1111 1111 1111', '4111 1111 1111 1111', 'a card number'],
  ['born 14.03.1961, it said', '14.03.1961', 'a full date, maybe of birth'],
  ['patient 4711 was on the screen', '4711', 'somebody’s number'],
  ['then Dr. Okafor came on the line', 'Dr. Okafor', 'a person’s name'],
  ['asked Frau Weber to wait', 'Frau Weber', 'a person’s name'],
])('%s', (text, words, looksLike) => {
  expect(findPersonal(text)).toMatchObject([{ words, looksLike }])
})

test('what the organisation listed is found beside the patterns, and covered as such', () => {
  const text = 'Ward 12 sent me to 555 010 4477'
  const [first, second, ...others] = findPersonal(text, privateFinder(['ward ##']))

  expect(first).toMatchObject({
    words: 'Ward 12',
    looksLike: 'what your organisation wants covered',
  })
  expect(second).toMatchObject({ looksLike: 'a phone number' })
  expect(others).toEqual([])
  expect(first && coverPersonal(text, first)).toBe('[covered] sent me to 555 010 4477')
})

test.each([
  '',
  'It took 14 seconds, twice.',
  'Error 503 after 2:31.',
  'I typed wifi and got 0 pages; Wi-Fi finds 14.',
  'The form is called DB Admin Support (L2).',
  'Mr and Mrs are the only titles it knows.',
  'Press 1, then 3, then 0.',
])('says nothing about: %s', (text) => {
  expect(findPersonal(text)).toEqual([])
})

test('covering all that was found, one by one, leaves nothing to say and every other word', () => {
  const words = fc.constantFrom(
    'call',
    '555 010 4477',
    'jane@x.org',
    'Dr. Okafor',
    'slow',
    '14.03.1961',
    '🙂',
    'ليلى',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), (parts) => {
      let text = parts.join(', ')
      for (let turn = 0; turn < 20; turn += 1) {
        const [found] = findPersonal(text)
        if (found === undefined) break
        text = coverPersonal(text, found)
      }

      expect(findPersonal(text)).toEqual([])
      for (const kept of ['call', 'slow', '🙂', 'ليلى'])
        expect(text.split(kept)).toHaveLength(parts.join(', ').split(kept).length)
    }),
  )
})

test('a text as long as a field may hold takes no time that one would notice', () => {
  const text = 'Dr '.repeat(20_000) + '5'.repeat(40_000)
  const before = process.threadCpuUsage().user
  findPersonal(text)

  expect((process.threadCpuUsage().user - before) / 1_000).toBeLessThan(150)
})
