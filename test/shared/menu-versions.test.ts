import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { CallersCall } from '#shared/menu-tree'
import { callsOfVersion, menuVersions } from '#shared/menu-versions'

import { callBy, offers, press, TEN_CALLS } from '../support/menu-calls'

/** Calls on the first, second, … of November: who calls, and what they do. */
function calls(...each: [caller: string, ...taps: object[]][]): CallersCall[] {
  return each.map(([caller, ...taps], index) => callBy(caller, index + 1, ...taps))
}

const day = (number: number) => Date.UTC(2026, 10, number)

/** When versions begin, by the day, and what changed then. */
function changesIn(given: readonly CallersCall[]): string[] {
  return menuVersions(given).map(
    ({ from, changes }) =>
      `${new Date(from).getUTCDate()}${changes.map(({ path, before, after }) => ` ${path.join('›')} ${before ?? '–'} → ${after}`).join(',')}`,
  )
}

const problem = offers('1', 'A problem')
const wifi = offers('2', 'Wi-Fi')
const request = offers('1', 'A request')

test.each([
  [
    'two callers agree on another meaning, and nobody says the old one afterwards',
    calls(['ada', problem], ['ben', problem], ['cem', request], ['dora', request]),
    ['1', '3 1 A problem → A request'],
  ],
  [
    'one caller alone agrees with nobody',
    calls(['ada', problem], ['ben', problem], ['cem', request], ['cem', request]),
    ['1'],
  ],
  [
    'where one person made all calls, two calls agree',
    calls(['ada', problem], ['ada', request], ['ada', request]),
    ['1', '2 1 A problem → A request'],
  ],
  [
    'somebody still hears the old one afterwards',
    calls(['ada', problem], ['ben', request], ['cem', request], ['dora', problem]),
    ['1'],
  ],
  [
    'a typo is no other meaning',
    calls(
      ['ada', problem],
      ['ben', offers('1', 'a probelm')],
      ['cem', offers('1', 'a prolbem')],
      ['dora', offers('1', 'problem')],
    ),
    ['1'],
  ],
  [
    'one who heard something else on the way changes nothing',
    calls(
      ['ada', problem],
      ['ben', offers('1', 'The weather')],
      ['cem', request],
      ['dora', request],
    ),
    ['1', '3 1 A problem → A request'],
  ],
  [
    'the same key elsewhere in the menu is another option',
    calls(
      ['ada', problem, press('1'), offers('2', 'Wi-Fi')],
      ['ben', offers('2', 'Badges')],
      ['cem', offers('2', 'Badges')],
    ),
    ['1'],
  ],
  [
    'options that may have changed together make one version',
    calls(
      ['ada', problem, offers('2', 'Wi-Fi')],
      ['ben', problem, offers('2', 'Wi-Fi')],
      ['cem', request],
      ['dora', request, offers('2', 'Badges')],
      ['eli', offers('2', 'Badges')],
    ),
    ['1', '3 1 A problem → A request, 2 Wi-Fi → Badges'],
  ],
  [
    'what was still the old one after the first change changed later',
    calls(
      ['ada', problem, offers('2', 'Wi-Fi')],
      ['ben', request, offers('2', 'Wi-Fi')],
      ['cem', request, offers('2', 'Badges')],
      ['dora', request, offers('2', 'Badges')],
    ),
    ['1', '2 1 A problem → A request', '3 2 Wi-Fi → Badges'],
  ],
  [
    'an option is new after three calls that listed the others without it',
    calls(
      ['ada', problem, wifi],
      ['ben', problem, wifi],
      ['cem', problem, wifi],
      ['dora', problem, wifi, offers('9', 'The news')],
      ['eli', offers('9', 'News')],
    ),
    ['1', '4 9 – → The news'],
  ],
  [
    'calls that wrote down only what they pressed listed nothing',
    calls(
      ['ada', problem],
      ['ben', problem],
      ['cem', problem],
      ['dora', offers('9', 'The news')],
      ['eli', offers('9', 'News')],
    ),
    ['1'],
  ],
  [
    'two calls that listed the others without it may have left it out',
    calls(
      ['ada', problem, wifi],
      ['ben', problem, wifi],
      ['dora', problem, wifi, offers('9', 'The news')],
      ['eli', offers('9', 'News')],
    ),
    ['1'],
  ],
  [
    'an option that somebody took before it was written down is not new',
    calls(
      ['ada', problem, wifi, press('9')],
      ['ben', problem, wifi],
      ['cem', problem, wifi],
      ['dora', problem, wifi, offers('9', 'The news')],
      ['eli', offers('9', 'News')],
    ),
    ['1'],
  ],
  ['ten calls with typos and disagreements are one version', TEN_CALLS, ['1']],
])('%s', (_, given, expected) => {
  expect(changesIn(given)).toEqual(expected)
})

test('versions say since when, until when and of how many calls they are', () => {
  const given = calls(['ada', problem], ['ben', problem], ['cem', request], ['dora', request])

  const versions = menuVersions(given)

  expect(versions).toEqual([
    { from: day(1), to: day(2), calls: 2, changes: [] },
    {
      from: day(3),
      to: day(4),
      calls: 2,
      changes: [{ path: ['1'], before: 'A problem', after: 'A request' }],
    },
  ])
  expect(callsOfVersion(given.toReversed(), versions, 1)).toEqual(given.slice(2))
  expect(menuVersions([])).toEqual([])
})

test('in whatever order calls come versions are the same, and each call is in one of them', () => {
  const tap = fc.oneof(
    fc.constantFrom('1', '2').map(press),
    fc
      .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('problem', 'probelm', 'badges'))
      .map(([key, label]) => offers(key, label)),
  )
  const call = fc.tuple(fc.constantFrom('ada', 'ben', 'cem'), fc.array(tap, { maxLength: 5 }))
  fc.assert(
    fc.property(fc.array(call, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
      const given = calls(...drawn.map(([caller, taps]) => [caller, ...taps] as [string]))
      const versions = menuVersions(given)
      const shuffled = given
        .map((each) => ({ each, rank: order.next().value as number }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ each }) => each)

      expect(menuVersions(shuffled)).toEqual(versions)
      expect(versions.flatMap((_, index) => callsOfVersion(shuffled, versions, index))).toEqual(
        given,
      )
      expect(versions.slice(1).every(({ changes }) => changes.length > 0)).toBe(true)
    }),
  )
})
