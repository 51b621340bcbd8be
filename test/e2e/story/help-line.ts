import type { CallersCall } from '#shared/menu-tree'
import type { Note } from '#shared/note'

import { callBy, ends, hears, offers, press } from '../../support/menu-calls'
import { callPlace, newNote } from '../../support/ops'

export const HELP_LINE = 'Help line 4357'

/** What the menu was meant to be. */
export const HELP_LINE_DESIGN = `IT help line
1 Report a problem
  1 Password
  2 Computer
  3 Network, Wi-Fi
    1 At home
    2 On site
    0 A person
  4 Printing
2 Ask for something
3 Check progress
4 Clinical systems
0 A person`

type Tap = readonly [seconds: number, tap: object]

const person = { kind: 'person' }
const asksFor = (thing: string) => ({ kind: 'asked-again', thing })

const NAMES: Record<string, string> = {
  1: 'Report a problem',
  2: 'Ask for something',
  3: 'Check progress',
  4: 'Clinical systems',
  0: 'A person',
  '1 1': 'Password',
  '1 2': 'Computer',
  '1 3': 'Network, Wi-Fi',
  '1 3 1': 'At home',
  '1 3 2': 'On site',
  '1 3 0': 'A person',
}

/** A way through the menu, how often it was taken, and how long it took. */
const WAYS: readonly { times: number; taps: readonly Tap[] }[] = [
  { times: 6, taps: way([38, '1'], [70, '3'], [95, '0'], [491, ends('voicemail')]) },
  { times: 4, taps: way([38, '1'], [61, '1'], [84, ends('dropped')]) },
  { times: 5, taps: way([42, '1'], [70, '2'], [302, person], [480, ends('hung-up')]) },
  { times: 2, taps: way([39, '1'], [70, '3'], [90, '1'], [270, person], [400, ends('hung-up')]) },
  { times: 1, taps: way([38, '1'], [70, '3'], [90, '2'], [112, ends('dead-end')]) },
  { times: 1, taps: way([40, '2'], [62, ends('dropped')]) },
  { times: 1, taps: way([40, '3'], [78, ends('gave-up')]) },
  { times: 1, taps: way([38, '4'], [58, person], [190, ends('hung-up')]) },
  { times: 2, taps: way([30, '0'], [46, ends('dead-end')]) },
]

function way(...taps: readonly (readonly [number, string | object])[]): Tap[] {
  const told: string[] = []
  return taps.flatMap(([seconds, tap]): Tap[] => {
    if (typeof tap !== 'string') return [[seconds, tap]]
    told.push(tap)
    const name = NAMES[told.join(' ')] ?? ''
    return [
      [seconds - 2, offers(tap, name)],
      [seconds, press(tap)],
      [seconds + 1, asksFor(told.length === 1 ? 'Staff number' : 'Reason for the call')],
    ]
  })
}

/** Twenty-three calls of these leaders, as the ways above say. */
export function helpLineCalls(leaders: readonly string[]): CallersCall[] {
  return WAYS.flatMap(({ times, taps }) => Array.from({ length: times }, () => taps)).map(
    (taps, index) => {
      const day = 1 + index
      const at = (seconds: number) => ({ at: Date.UTC(2026, 10, day) + seconds * 1_000 })
      return callBy(
        leaders[index % leaders.length] ?? '',
        day,
        { ...hears('Welcome to the IT help line. The canteen is closed on Friday.'), ...at(12) },
        ...taps.map(([seconds, tap]) => ({ ...tap, ...at(seconds) })),
      )
    },
  )
}

const SAID: readonly [keys: string, wince: 1 | 2 | 3 | null, words: string][] = [
  ['', 1, 'Thirty-eight seconds of canteen news before anything else.'],
  ['1', 2, 'It wants a staff number that new people do not have yet.'],
  ['1 1', 3, 'It tells me to use the portal, which needs the password I forgot, and hangs up.'],
  ['1 2', 1, 'Five minutes of music, but then somebody.'],
  ['1 3', 2, 'Nobody calls it “network access provisioning”.'],
  ['1 3 0', 3, 'Zero should be a person. It is a voicemail that is full.'],
  ['1 3 2', 3, 'Silence. I waited for a minute.'],
  ['2', 3, '“Use the portal”, and the line is dead.'],
  ['3', 2, 'It takes the ticket number and goes back to the beginning.'],
  ['4', null, 'A human in under a minute who knew my ward.'],
  ['0', 2, 'Back to the welcome.'],
]

export function helpLineNotes(): Note[] {
  return SAID.map(([keys, wince, words], index) =>
    newNote({
      at: Date.UTC(2026, 10, 1 + index, 1),
      mood: wince === null ? 'liked' : 'embarrassed',
      kind: wince === null ? null : 'dead-end',
      wince,
      words,
      firstWords: words,
      place: callPlace(HELP_LINE, ...keys.split(' ').filter(Boolean)),
    }),
  )
}
