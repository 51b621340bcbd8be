import fc from 'fast-check'
import { expect, test } from 'vitest'

import { checkWording, type Draft, TEMPLATES, whyUnpublishable } from '#shared/wording'

// From the design, d4-entry: the text that every rule is content with.
const GOOD: Draft = {
  kind: 'changed',
  youSaid: 'Searching for “wifi” finds nothing.',
  words:
    'Thank you to everybody who told us. Searching for wifi, wireless or Wi-Fi now takes you straight to the Wi-Fi page. ' +
    'Every Monday we read the searches that found nothing and add what was missing.',
  sorryFor: '',
}
const unmet = (change: Partial<Draft>) =>
  checkWording({ ...GOOD, ...change })
    .filter(({ isMet }) => !isMet)
    .map(({ what }) => what)

test('a text that thanks, tells and blames nobody gets no word of advice', () => {
  expect(unmet({})).toEqual([])
})

test.each([
  ['thanks', 'Searching now finds the Wi-Fi page. Thank you.'],
  ['tells', 'Thank you to everybody who told us.'],
  ['plain', 'Thank you. We deployed a fix to the search of the portal.'],
  [
    'plain',
    `Thank you. ${'Searching for wifi and wireless and other words that people use for it '.repeat(3)} works now.`,
  ],
  ['blame', 'Thank you. Our supplier broke the search, and it works again now.'],
  ['blame', 'Thank you. You should have used the other form, which works now.'],
  ['stock', 'Thank you. To serve you better the search now finds the page.'],
  ['stock', 'Thank you. Please excuse the inconvenience, the search works now.'],
  ['sorry', 'Thank you. We are sorry that the search found nothing for you.'],
  ['words', 'Thank you. Your ticket was closed and the search works now.'],
  ['words', 'Thank you. All users now find the Wi-Fi page.'],
  ['calm', 'Thank you! The search now finds the Wi-Fi page.'],
  ['personal', 'Thank you. Call 555 010 4477 and the search works now.'],
  ['personal', 'Thank you. Dr Jane Smith now finds the Wi-Fi page.'],
])('%s is asked of “%s”', (what, words) => {
  expect(unmet({ words })).toEqual([what])
})

test('sorry is fine once it says for what', () => {
  const words = 'Thank you. I am sorry that I closed your problem before it was solved.'
  expect(unmet({ words, sorryFor: 'Closed it too early' })).toEqual([])
})

test('an explanation explains', () => {
  const kind = 'explanation'
  expect(unmet({ kind, words: 'Thank you. It stays as it is for now.' })).toEqual(['tells'])
  expect(
    unmet({ kind, words: 'Thank you. It stays as it is, because the law asks for it.' }),
  ).toEqual([])
})

test('every hint says why', () => {
  for (const { why, sentence } of checkWording({ ...GOOD, words: '!' })) {
    expect(why).toMatch(/\.$/)
    expect(sentence).not.toBe('')
  }
})

test('what is personal, or counts a few people, is not published; the rest is a hint only', () => {
  expect(whyUnpublishable(GOOD)).toBeNull()
  expect(whyUnpublishable({ ...GOOD, words: 'Ticket! To serve you better.' })).toBeNull()
  expect(whyUnpublishable({ ...GOOD, youSaid: 'jane.doe@hospital.example waits' })).toContain(
    'an e-mail address',
  )
  expect(whyUnpublishable({ ...GOOD, sorryFor: 'Mrs Smith waited' })).toContain('a person’s name')
  expect(whyUnpublishable({ ...GOOD, words: 'Thank you to the three nurses.' })).toContain(
    'three nurses',
  )
  expect(whyUnpublishable({ ...GOOD, words: 'Thank you to the 40 nurses.' })).toBeNull()
})

test('templates thank first', () => {
  for (const words of Object.values(TEMPLATES))
    expect(checkWording({ ...GOOD, words }).find(({ what }) => what === 'thanks')?.isMet).toBe(true)
})

test('any text at all is answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (words) => {
      expect(checkWording({ ...GOOD, words, youSaid: words })).toHaveLength(9)
      whyUnpublishable({ ...GOOD, words })
    }),
  )
})
