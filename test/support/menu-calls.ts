import { callsOf } from '#shared/call'
import type { CallersCall, MenuNode } from '#shared/menu-tree'
import type { Step } from '#shared/step'

/** A call of somebody: steps, each a second after the one before. */
export function callBy(callerId: string, day: number, ...taps: object[]): CallersCall {
  const dialledAt = Date.UTC(2026, 10, day)
  const steps = [{ kind: 'dial', number: '4357', why: null }, ...taps].map(
    (tap, index) => ({ seq: index + 1, at: dialledAt + index * 1_000, ...tap }) as Step,
  )
  const call = callsOf(steps)[0]
  if (call === undefined) throw new Error('no call')
  return { callerId, call }
}

export const press = (key: string) => ({ kind: 'key', key })
export const offers = (key: string, label: string) => ({ kind: 'option', key, label })
export const hears = (words: string) => ({ kind: 'heard', words })
export const says = (words: string) => ({ kind: 'said', words })
export const ends = (how: string) => ({ kind: 'call-end', how })

/** What its browser sends of a call. */
export function stepsOf({ call }: CallersCall, number = call.number): Step[] {
  return [{ kind: 'dial', seq: 1, at: call.dialledAt, number, why: call.why }, ...call.steps]
}

/** What a line of the drawing says of a node. */
type Drawn = Pick<MenuNode, 'name' | 'otherNames' | 'calls' | 'callers' | 'answered' | 'ends'>

/** As a person would draw it: a node a line, deeper ones indented. */
export function outlineOf(node: MenuNode, depth = 0): string[] {
  return [
    lineOf(node, node.choice, depth),
    ...node.children.flatMap((child) => outlineOf(child, depth + 1)),
  ]
}

export function lineOf(node: Drawn, choice: string | null, depth: number): string {
  const ended = Object.entries(node.ends).map(([how, count]) => `${how} ${count}`)
  const line = [
    `${choice ?? 'start'}${node.name === null ? '' : ` ${node.name}`}`,
    `${node.calls} calls of ${node.callers}`,
    ...(node.otherNames.length > 0 ? [`or ${node.otherNames.join(' or ')}`] : []),
    ...(node.answered > 0 ? [`answered ${node.answered}`] : []),
    ...ended,
  ].join(', ')
  return '  '.repeat(depth) + line
}

/** Ten calls of nine people to one number. */
export const TEN_CALLS = [
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

/** As a person draws the ten calls. */
export const TEN_CALLS_DRAWN = `start, 10 calls of 9
  1 a problem, 6 calls of 6, gave-up 1
    3 Wi-Fi, 2 calls of 2
      0, 2 calls of 2, answered 1, voicemail 1, hung-up 1
    4 printing, 2 calls of 2, or scanning, dropped 1, gave-up 1
  2 a request, 3 calls of 3, callback 1
    “Badge”, 2 calls of 2, answered 1, wrong-language 1, hung-up 1
  0 a person, 1 calls of 1, dead-end 1`

const NAMES = ['A problem', 'A request', 'How far a request is', 'Clinical systems', 'A person']
const ENDS = ['voicemail', 'dropped', 'gave-up', 'dead-end', 'hung-up', 'callback', 'closed']

/** Calls of twelve steps by nine leaders, all to one menu of four levels, some of whose options are misspelled. */
export function menuCalls(count: number): CallersCall[] {
  return Array.from({ length: count }, (_, index) => {
    const keys = [index % 5, index % 4, index % 3, index % 2].map((key) => String(key + 1))
    const [first = '1', second = '1', third = '1', fourth = '1'] = keys
    const name = NAMES[index % 5] ?? ''
    const isMisspelled = index % 7 === 3
    return callBy(
      `leader ${index % 9}`,
      1 + (index % 27),
      hears(index % 2 === 0 ? 'Welcome to the IT help line' : 'Welcome to the IT helpline'),
      offers(first, isMisspelled ? `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}` : name),
      press(first),
      offers(second, `Option ${second} of ${name}`),
      press(second),
      { kind: 'asked-again', thing: index % 3 === 0 ? 'Staff number' : 'Reason for the call' },
      press(third),
      press(fourth),
      { kind: 'hold', ms: 1_000 },
      index % 4 === 0 ? { kind: 'person' } : { kind: 'asked-again', thing: 'Staff number' },
      ends(ENDS[index % ENDS.length] ?? 'hung-up'),
    )
  })
}
