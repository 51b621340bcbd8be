import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { readTyped } from '../../../extension/call/typed'

test.each([
  ['1 a problem', [['1', 'a problem']]],
  [
    '1 a problem, 2 for a request; 0: a person',
    [
      ['1', 'a problem'],
      ['2', 'a request'],
      ['0', 'a person'],
    ],
  ],
  [
    'Press 3 for Wi-Fi, press # to hear it again',
    [
      ['3', 'Wi-Fi'],
      ['#', 'to hear it again'],
    ],
  ],
  [
    '1 printers, scanners and copiers, 2 phones',
    [
      ['1', 'printers, scanners and copiers'],
      ['2', 'phones'],
    ],
  ],
])('“%s” names keys', (typed, keys) => {
  expect(readTyped(typed)).toEqual(keys.map(([key, label]) => ({ kind: 'option', key, label })))
})

test.each(['All lines are busy', '4357 is closed', 'You are number 3 in the queue', '1'])(
  '“%s” is what the menu says',
  (typed) => {
    expect(readTyped(typed)).toEqual([{ kind: 'heard', words: typed }])
  },
)

test('whatever is typed, a key has a name and nothing is longer than a step takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (typed) => {
      for (const tap of readTyped(typed)) {
        const words = tap.kind === 'option' ? tap.label : tap.kind === 'heard' ? tap.words : ''
        expect(words.trim()).not.toBe('')
        expect(new TextEncoder().encode(words).length).toBeLessThanOrEqual(300)
      }
    }),
  )
})
