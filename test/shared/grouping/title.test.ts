import fc from 'fast-check'
import { expect, test } from 'vitest'

import { titleOf } from '#shared/grouping/title'

import { callPlace, newNote, pagePlace } from '../../support/ops'

const titled = (words: string) => titleOf(newNote({ words }))

test.each([
  ['It lost everything. I had to start again.', 'It lost everything'],
  ['Why do they ask again? I said it.', 'Why do they ask again?'],
  ['  Two\nlines of it ', 'Two lines of it'],
  ['Version 2.5 is slow', 'Version 2.5 is slow'],
  ['按钮不工作。 请修复。', '按钮不工作'],
  ['😀', '😀'],
  ['. 。 … and then nothing', '…'],
  ['... it hangs. Again', 'it hangs'],
  ['.5 seconds late', '.5 seconds late'],
])('%j is called %j', (words, title) => {
  expect(titled(words)).toBe(title)
})

test.each([
  [pagePlace(), 'Button “Submit request”, help.example.org/requests/:id'],
  [
    pagePlace({ anchor: { role: 'img', name: null, selectors: [] } }),
    'Img, help.example.org/requests/:id',
  ],
  [pagePlace({ anchor: null }), 'Request'],
  [pagePlace({ anchor: null, title: null }), 'help.example.org/requests/:id'],
  [callPlace('4357', '2', '1'), 'Call to 4357, at 2 › 1'],
  [callPlace('4357'), 'Call to 4357'],
  [
    { kind: 'reply', channel: 'email', system: 'Desk', subject: 'Re: #' },
    'E-mail from Desk: Re: #',
  ],
  [{ kind: 'desk', reason: null }, 'At the desk'],
  [{ kind: 'desk', reason: 'badge' }, 'At the desk: badge'],
] as const)('a note without words is called by its place: $1', (place, title) => {
  expect(titleOf({ words: ' ', place })).toBe(title)
})

test('a title is never empty, at most 120 characters, one line, well formed, and invents nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const words = text.toWellFormed()
      const title = titled(words)

      expect(title).not.toBe('')
      expect(title.length).toBeLessThanOrEqual(120)
      expect(title).not.toMatch(/[\r\n\t]/)
      expect(title.isWellFormed()).toBe(true)
      if (/\S/.test(words.replace(/[.。]/g, ''))) {
        expect(words.replace(/\s+/g, ' ')).toContain(title.replace(/…$/, ''))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('100,000 bytes without an end are cut at once', () => {
  const started = performance.now()
  for (const unit of ['a', '. ', '.', ' ', '!a']) titled(unit.repeat(100_000 / unit.length))

  expect(performance.now() - started).toBeLessThan(3_000)
})
