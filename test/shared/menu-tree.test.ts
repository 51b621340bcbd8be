import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { callsOf } from '#shared/call'
import { type CallersCall, type MenuNode, menuTree } from '#shared/menu-tree'
import type { Step } from '#shared/step'

/** A call of somebody: steps, each a second after the one before. */
function callBy(callerId: string, day: number, ...taps: object[]): CallersCall {
  const dialledAt = Date.UTC(2026, 10, day)
  const steps = [{ kind: 'dial', number: '4357', why: null }, ...taps].map(
    (tap, index) => ({ seq: index + 1, at: dialledAt + index * 1_000, ...tap }) as Step,
  )
  const call = callsOf(steps)[0]
  if (call === undefined) throw new Error('no call')
  return { callerId, call }
}

const press = (key: string) => ({ kind: 'key', key })
const offers = (key: string, label: string) => ({ kind: 'option', key, label })
const hears = (words: string) => ({ kind: 'heard', words })
const says = (words: string) => ({ kind: 'said', words })
const ends = (how: string) => ({ kind: 'call-end', how })

/** As a person would draw it: a node a line, deeper ones indented. */
function outlineOf(node: MenuNode, indent = ''): string[] {
  const ended = Object.entries(node.ends).map(([how, count]) => `${how} ${count}`)
  const line = [
    `${node.choice ?? 'start'}${node.name === null ? '' : ` ${node.name}`}`,
    `${node.calls} calls of ${node.callers}`,
    ...(node.otherNames.length > 0 ? [`or ${node.otherNames.join(' or ')}`] : []),
    ...(node.answered > 0 ? [`answered ${node.answered}`] : []),
    ...ended,
  ].join(', ')
  return [indent + line, ...node.children.flatMap((child) => outlineOf(child, `${indent}  `))]
}

const CALLS = [
  callBy(
    'ada',
    1,
    hears('Welcome to the IT help line'),
    offers('1', 'a problem'),
    offers('2', 'a request'),
    press('1'),
    offers('3', 'Wi-Fi'),
    press('3'),
    press('0'),
    { kind: 'hold', ms: 400_000 },
    ends('voicemail'),
  ),
  callBy(
    'ben',
    2,
    hears('Welcome to the IT helpline'),
    offers('1', 'problem'),
    press('1'),
    offers('3', 'WiFi'),
    offers('4', 'printing'),
    press('4'),
    ends('dropped'),
  ),
  callBy('cem', 3, offers('1', 'a probelm'), offers('2', 'requests'), press('2'), ends('callback')),
  callBy(
    'dora',
    4,
    press('1'),
    offers('3', 'wi-fi'),
    press('3'),
    press('0'),
    { kind: 'person' },
    ends('hung-up'),
  ),
  callBy('eli', 5, offers('0', 'a person'), press('0'), ends('dead-end')),
  callBy('fay', 6, press('1'), offers('4', 'prniting'), press('4'), ends('gave-up')),
  callBy('gil', 7, offers('1', 'a problem'), press('1'), offers('4', 'scanning'), ends('gave-up')),
  callBy('ada', 8, press('2'), says('Badge'), ends('wrong-language')),
  callBy('hana', 9, press('2'), says('badge '), { kind: 'person' }, ends('hung-up')),
  callBy('ian', 10, press('1')),
]

test('ten calls of nine people, with typos and disagreements, are the tree that a person would draw', () => {
  expect(outlineOf(menuTree(CALLS)).join('\n')).toBe(
    `start, 10 calls of 9
  1 a problem, 6 calls of 6, gave-up 1
    3 Wi-Fi, 2 calls of 2
      0, 2 calls of 2, answered 1, voicemail 1, hung-up 1
    4 printing, 2 calls of 2, or scanning, dropped 1, gave-up 1
  2 a request, 3 calls of 3, callback 1
    “Badge”, 2 calls of 2, answered 1, wrong-language 1, hung-up 1
  0 a person, 1 calls of 1, dead-end 1`,
  )
})

test('a greeting that two heard a little differently is one, and time is spent where one stood', () => {
  const tree = menuTree(CALLS)

  expect(tree.heard).toEqual(['Welcome to the IT help line'])
  expect(tree.children[0]?.children[0]?.children[0]).toMatchObject({
    deadEnds: 1,
    stayMs: { median: 1_500, worst: 2_000 },
  })
})

test('a key that was offered and never pressed is in the tree, with nobody at it', () => {
  const tree = menuTree([callBy('ada', 1, offers('9', 'the news'), ends('hung-up'))])

  expect(tree.children).toMatchObject([{ choice: '9', name: 'the news', calls: 0, stayMs: null }])
})

test('in whatever order calls come, the tree is the same and counts each of them once', () => {
  const tap = fc.oneof(
    fc.constantFrom('1', '2', '*').map(press),
    fc.record({
      kind: fc.constant('option'),
      key: fc.constantFrom('1', '2'),
      label: fc.constantFrom('printing', 'prniting', 'badges'),
    }),
    fc.constantFrom('Billing', 'billing').map(says),
    fc.constantFrom('dropped', 'voicemail').map(ends),
  )
  const call = fc.tuple(fc.constantFrom('ada', 'ben', 'cem'), fc.array(tap, { maxLength: 8 }))
  fc.assert(
    fc.property(fc.array(call, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
      const calls = drawn.map(([callerId, taps], day) => callBy(callerId, day + 1, ...taps))
      const tree = menuTree(calls)
      const shuffled = calls
        .map((each) => ({ each, rank: order.next().value as number }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ each }) => each)

      expect(menuTree(shuffled)).toEqual(tree)
      expect(tree.calls).toBe(calls.length)
      expect(endsIn(tree)).toBe(calls.filter((each) => each.call.end !== null).length)
    }),
  )
})

function endsIn(node: MenuNode): number {
  const own = Object.values(node.ends).reduce((sum, count) => sum + count, 0)
  return node.children.reduce((sum, child) => sum + endsIn(child), own)
}
