import { expect, test } from 'vitest'

import { suggestService } from '../../../extension/shift/suggest-service'

const KNOWN = [
  { service: 'Rota and time', words: 'I can’t see my shifts since the update' },
  { service: 'Wi-Fi', words: 'The network drops in the ward' },
]

test.each([
  ['I can’t see my rota', 'Rota and time'],
  ['the ward has no network', 'Wi-Fi'],
  ['since the update everything is blue', 'Rota and time'],
  ['the ward is cold', null],
  ['', null],
  ['my badge', null],
])('“%s” is about %s', (need, service) => {
  expect(suggestService(need, KNOWN)).toBe(service)
})

test('where two share as much nothing is suggested', () => {
  const both = ['Badges at the door', 'Badges in print'].map((service) => ({ service, words: '' }))

  expect(suggestService('my badges', both)).toBeNull()
})
