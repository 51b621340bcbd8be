import { expect, test } from 'vitest'

import { readOutreach } from '#shared/outreach'

const people = [
  { id: 'd', name: 'Desk manager' },
  { id: 'v', name: 'Voice lead' },
]

test('a pasted list says one customer a line and who goes', () => {
  const text =
    'Gate 12 → desk manager\r\n\n  Ward 7, night shift  \nPharmacy\tVoice lead\nLab -> Nobody'

  expect(readOutreach(text, people)).toEqual([
    { customer: 'Gate 12', personId: 'd', unknown: null },
    { customer: 'Ward 7, night shift', personId: null, unknown: null },
    { customer: 'Pharmacy', personId: 'v', unknown: null },
    { customer: 'Lab', personId: null, unknown: 'Nobody' },
  ])
})
