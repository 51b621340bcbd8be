import { expect, test } from 'vitest'

import { parseDesign } from '#shared/menu-design'
import { MAP_MAX_NODES, type MenuNote, menuMap, withinMap } from '#shared/menu-map'
import { menuTree } from '#shared/menu-tree'

import {
  callBy,
  ends,
  lineOf,
  offers,
  press,
  says,
  TEN_CALLS,
  TEN_CALLS_DRAWN,
} from '../support/menu-calls'

function designOf(text: string) {
  const parsed = parseDesign(text)
  if (!('root' in parsed)) throw new Error(JSON.stringify(parsed.problems))
  return parsed.root
}

const told = (change: Partial<MenuNote>): MenuNote => ({
  keys: [],
  mood: 'embarrassed',
  wince: 2,
  entry: null,
  ...change,
})

test('the map of the ten calls is their tree, node by node', () => {
  const map = menuMap(menuTree(TEN_CALLS), undefined, [])

  expect(
    map.map((node) => lineOf(node, node.path.at(-1) ?? null, node.path.length)).join('\n'),
  ).toBe(TEN_CALLS_DRAWN)
})

test('options that were designed and nobody reached stand among the others, in the order of a phone', () => {
  const tree = menuTree([callBy('ada', 1, press('3'), press('0')), callBy('ben', 2, press('1'))])

  const map = menuMap(tree, designOf('1 A problem\n2 A request\n  1 A badge\n3 The news'), [])

  expect(
    map.map(({ path, name, calls, isDesigned }) => [path.join(''), name, calls, isDesigned]),
  ).toEqual([
    ['', null, 2, true],
    ['1', 'A problem', 1, true],
    ['2', 'A request', 0, true],
    ['21', 'A badge', 0, true],
    ['3', 'The news', 1, true],
    ['30', null, 1, false],
  ])
})

test('notes are counted where they were made, with the worst wince, what was liked and their entries', () => {
  const tree = menuTree([callBy('ada', 1, press('1'), says('Billing'))])

  const map = menuMap(tree, undefined, [
    told({ wince: 0, entry: 9 }),
    told({ wince: null }),
    told({ keys: ['1', '“billing”'], wince: 3, entry: 12 }),
    told({ keys: ['1', '“BILLING”'], wince: 1, entry: 4 }),
    told({ keys: ['1', '“billing”'], mood: 'liked', wince: null, entry: 12 }),
    told({ keys: ['7', '7'], wince: 1 }),
  ])

  expect(
    map.map(({ path, winces, worst, liked, entries }) => [
      path.join(''),
      winces,
      worst,
      liked,
      entries,
    ]),
  ).toEqual([
    ['', 2, 0, 0, [9]],
    ['1', 0, null, 0, []],
    ['1“Billing”', 2, 3, 1, [4, 12]],
    ['7', 0, null, 0, []],
    ['77', 1, 1, 0, []],
  ])
})

test.each([
  ['every call ended in nothing', true, [ends('voicemail')]],
  ['a person answered', false, [{ kind: 'person' }, ends('dropped')]],
  ['somebody hung up by themselves', false, [ends('hung-up')]],
  ['the call goes on', false, []],
])('a place where %s is one where nobody gets further: %s', (_, isStop, taps) => {
  const map = menuMap(menuTree([callBy('ada', 1, press('1'), ...taps)]), undefined, [])

  expect(map.at(-1)).toMatchObject({ path: ['1'], isStop })
})

test('a place from which one of two callers came further is none where nobody does', () => {
  const tree = menuTree([
    callBy('ada', 1, press('1'), ends('dead-end')),
    callBy('ben', 2, press('1'), press('2'), ends('dead-end')),
  ])

  expect(menuMap(tree, undefined, []).map(({ isStop }) => isStop)).toEqual([false, false, true])
})

test('a call that wanders in circles is shown to the depth of a design, and ends there', () => {
  const wandering = callBy(
    'ada',
    1,
    ...Array.from({ length: 90 }, () => press('9')),
    ends('dropped'),
  )

  const map = menuMap(menuTree([withinMap(wandering)]), undefined, [])

  expect(map).toHaveLength(21)
  expect(map.at(-1)).toMatchObject({ calls: 1, ends: { dropped: 1 } })
})

test('of more places than fit, those nearest to the greeting are shown', () => {
  const spoken = Array.from({ length: MAP_MAX_NODES }, (_, index) =>
    callBy(
      'ada',
      1,
      says(`word ${'x'.repeat(index % 50)} ${String.fromCodePoint(0x4e00 + index)}`),
      press('1'),
    ),
  )

  const map = menuMap(
    menuTree([callBy('ben', 1, offers('1', 'A problem')), ...spoken]),
    undefined,
    [],
  )

  expect(map).toHaveLength(MAP_MAX_NODES)
  expect(Math.max(...map.map(({ path }) => path.length))).toBe(1)
})
