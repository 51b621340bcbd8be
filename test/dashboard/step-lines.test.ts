import { expect, test } from 'vitest'

import { readSteps, writeSteps } from '../../worker/dashboard/playbook/step-lines'

test('steps are read from lines, the earliest first, and written as they are read', () => {
  const { steps, unread } = readSteps(
    '30 min, Voice lead: call: the wards\n\n5, Desk manager: tell the portal',
  )

  expect(unread).toBeNull()
  expect(steps).toEqual([
    { byMinute: 5, who: 'Desk manager', what: 'tell the portal' },
    { byMinute: 30, who: 'Voice lead', what: 'call: the wards' },
  ])
  expect(readSteps(writeSteps(steps)).steps).toEqual(steps)
})

test.each(['Call the wards', '90 min, Desk: call', '10 min, call the wards'])(
  '“%s” is no step',
  (line) => {
    expect(readSteps(line)).toEqual({ steps: [], unread: line })
  },
)
