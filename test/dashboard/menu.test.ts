import { expect, test } from 'vitest'

import { menuMap } from '#shared/menu-map'
import { type CallersCall, menuTree, spreadOf } from '#shared/menu-tree'

import { findingOf } from '../../worker/dashboard/menu/finding'
import {
  changeInWords,
  endRows,
  keysInWords,
  lineUnder,
  toMonths,
  versionInWords,
} from '../../worker/dashboard/menu/menu-words'
import { callBy, ends, offers, press } from '../support/menu-calls'

const person = { kind: 'person' }

function findingIn(...calls: CallersCall[]) {
  const answers = calls.flatMap(({ call }) =>
    call.persons.slice(0, 1).map(({ at }) => at - call.dialledAt),
  )
  const { first, rest } = findingOf({
    over: calls.filter(({ call }) => call.end !== null || call.persons.length > 0).length,
    reached: answers.length,
    personMs: spreadOf(answers),
    nodes: menuMap(menuTree(calls), undefined, []),
  })
  return [first, ...rest]
}

test.each([
  [
    'one call that somebody answered',
    [callBy('ada', 1, press('1'), person)],
    ['The one call reached a person.', 'The one that did took 0:02.'],
  ],
  [
    'one call that nobody answered',
    [callBy('ada', 1, press('1'), ends('voicemail'))],
    ['The one call never reached a person.', '1 call left the caller where they were, most at 1.'],
  ],
  [
    'calls of which none was answered',
    [
      callBy('ada', 1, offers('1', 'A problem'), press('1'), ends('voicemail')),
      callBy('ben', 2, press('1'), ends('dropped')),
      callBy('ben', 3, press('2'), ends('dropped')),
    ],
    [
      'None of the 3 calls reached a person.',
      '3 calls left the caller where they were, most at 1, A problem.',
    ],
  ],
  [
    'calls that were all answered',
    [callBy('ada', 1, person), callBy('ben', 2, press('1'), press('2'), person)],
    [
      'All 2 calls reached a person.',
      'For those that did it took 0:02 (median), 0:03 at worst.',
      'The quickest way to one is Greeting: 0:01.',
    ],
  ],
  [
    'some answered, at one place',
    [
      callBy('ada', 1, press('1'), person),
      callBy('ben', 2, ends('hung-up')),
      callBy('cem', 3, press('1'), person),
      callBy('cem', 4, press('1')),
    ],
    ['1 of 3 calls never reached a person.', 'For those that did it took 0:02 (median).'],
  ],
  [
    'calls of which nobody knows how they ended',
    [callBy('ada', 1, press('1'))],
    ['Nobody wrote down how a call ended.'],
  ],
])('the finding of %s', (_, calls, expected) => {
  expect(findingIn(...calls)).toEqual(expected)
})

test('the line under a node says what became of those who came there', () => {
  const nodes = menuMap(
    menuTree([
      callBy('ada', 1, offers('9', 'News'), press('1'), person),
      callBy('ben', 2, press('1'), ends('dropped')),
      callBy('cem', 3, press('2'), press('3'), ends('voicemail')),
    ]),
    { choice: null, name: null, children: [{ choice: '4', name: 'Printing', children: [] }] },
    [],
  )
  const lines = nodes.map((node) => {
    const below = nodes.some(
      ({ path, calls }) =>
        calls > 0 &&
        path.length > node.path.length &&
        keysInWords(path).startsWith(keysInWords(node.path)),
    )
    return `${keysInWords(node.path)}: ${lineUnder(node, node.path.length === 0 || below).words}`
  })

  expect(lines).toEqual([
    'Greeting: 0:01 first',
    '1: Person at 0:03, 1 of 2',
    '2: 0:01 in · 1 call',
    '2 › 3: Voicemail, 0:03',
    '4: never reached',
    '9: nobody took it',
  ])
})

test('where everything was written down at one moment no time is said', () => {
  const at = { at: Date.UTC(2026, 10, 1) }
  const nodes = menuMap(
    menuTree([
      callBy('ada', 1, { ...press('1'), ...at }, { ...ends('dropped'), ...at }),
      callBy('ben', 1, { ...press('2'), ...at }, { ...person, ...at }),
      callBy('cem', 1, { ...press('3'), ...at }),
    ]),
    undefined,
    [],
  )

  expect(nodes.map((node) => lineUnder(node, node.path.length === 0).words)).toEqual([
    '3 calls',
    'Dropped',
    'Person',
    '1 call',
  ])
})

test('where calls end the worst comes first, and what nobody reached last', () => {
  const nodes = menuMap(
    menuTree([
      callBy('ada', 1, press('1'), ends('hung-up')),
      callBy('ada', 2, press('2'), ends('dropped')),
      callBy('ada', 3, press('3'), press('1'), ends('hung-up')),
    ]),
    { choice: null, name: null, children: [{ choice: '4', name: 'Printing', children: [] }] },
    [{ keys: ['3', '1'], mood: 'embarrassed', wince: 3, entry: null }],
  )

  expect(endRows(nodes).map(({ path }) => keysInWords(path))).toEqual(['3 › 1', '2', '1', '4'])
})

test('months and versions are said as people say them', () => {
  const at = (month: number, day = 10, year = 2026) => Date.UTC(year, month - 1, day, 12)
  const change = { path: ['1', '3'], before: 'Wi-Fi', after: 'Network' }
  const versions = [
    { from: at(6), to: at(9), calls: 3, changes: [] },
    { from: at(10, 12), to: at(10, 20), calls: 2, changes: [change] },
    { from: at(11, 2), to: at(11, 5), calls: 2, changes: [change, change] },
  ]

  expect([
    toMonths(at(6), at(11)),
    toMonths(at(6), at(6, 20)),
    toMonths(at(11, 1, 2025), at(2)),
  ]).toEqual(['June to November', 'June', 'November 2025 to February 2026'])
  expect(versions.map((_, index) => versionInWords({ versions }, index))).toEqual([
    'Until 10 September',
    '12 October to 20 October, 1 option changed',
    'Since 2 November, 2 options changed',
  ])
  expect(changeInWords(change)).toBe('1 › 3 was “Wi-Fi”, now it is “Network”')
  expect(changeInWords({ ...change, before: null })).toBe('1 › 3 is new: “Network”')
})
