import type { Note } from '#shared/note'
import type { Step } from '#shared/step'
import type { Walk } from '#shared/walk'

import { callPlace, MORNING, newId, newNote, newWalk, pagePlace } from './ops'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** `21:13` as ms. */
const at = (clock: string): number => {
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return minutes * MINUTE + seconds * SECOND
}

type Happened = readonly [clock: string, step: Record<string, unknown>]

function stepsAt(startedAt: number, happened: readonly Happened[]): Step[] {
  return happened.map(([clock, step], index) => ({
    seq: index + 1,
    at: startedAt + at(clock),
    ...step,
  })) as Step[]
}

const portal = 'https://help.example.org'
const page = (title: string) => ({ kind: 'page', origin: portal, route: `/${title.length}`, title })
const wait = (ms: number, what: string) => ({ kind: 'wait', ms, for: what })
const key = (digit: string) => ({ kind: 'key', key: digit })

export const ERRAND = 'I’m new today and my laptop won’t join the ward Wi-Fi.'

export interface PlayedWalk {
  walk: Walk
  steps: Step[]
  notes: Note[]
}

/** The walk of the design, on two channels, with six winces and one that was liked. */
export function wifiWalk(startedAt = MORNING): PlayedWalk {
  const walk = newWalk({
    state: 'done',
    errand: ERRAND,
    persona: 'new starter',
    service: 'Wi-Fi',
    firstTime: true,
    startedAt,
    endedAt: startedAt + at('31:08'),
  })
  const steps = stepsAt(startedAt, [
    ['0:00', page('Start')],
    ['0:40', { kind: 'sign-in', origin: portal }],
    ['0:53', wait(33 * SECOND, 'Start')],
    ['3:10', { kind: 'click', role: 'searchbox', name: 'Search the portal' }],
    ['4:14', page('No results')],
    ['5:20', wait(92 * SECOND, 'Requests')],
    ['7:24', { kind: 'click', role: 'link', name: 'Access' }],
    ['8:50', wait(48 * SECOND, 'Form')],
    ['10:40', { kind: 'click', role: 'link', name: 'Chat with us' }],
    ['12:48', page('Network Access Provisioning (L2)')],
    ['13:02', { kind: 'dial', number: '4357', why: 'Wi-Fi' }],
    ['13:10', { kind: 'heard', words: 'Welcome, and 38 s of news' }],
    ['13:54', key('1')],
    ['14:02', key('3')],
    ['14:25', { kind: 'asked-again', thing: 'Staff number' }],
    ['14:33', key('0')],
    ['14:34', { kind: 'hold', ms: 399 * SECOND }],
    ['21:13', { kind: 'call-end', how: 'voicemail' }],
    ['24:00', { kind: 'sign-in', origin: portal }],
    ['26:40', wait(63 * SECOND, 'My items')],
    ['29:16', page('My items')],
  ])
  const noted = (
    clock: string,
    words: string,
    wince: 1 | 2 | 3 | null,
    change: Partial<Note> = {},
  ): Note =>
    newNote({
      id: newId(startedAt),
      walkId: walk.id,
      at: startedAt + at(clock),
      words,
      firstWords: words,
      firstWordsAt: startedAt + at(clock),
      wince,
      place: pagePlace({ route: `/${words.length}`, title: words.slice(0, 12) }),
      ...(wince === null && { mood: 'liked' as const, kind: null }),
      ...change,
    })
  const line = callPlace('4357', '1', '3', '0')
  const notes = [
    noted('4:15', 'Search finds nothing for “Wi-Fi”.', 2, { kind: 'missing' }),
    noted('7:26', 'Which of these is mine?', 1, { kind: 'confusing' }),
    noted('10:42', 'The chat robot said plainly what it cannot do.', null),
    noted('12:50', 'I would never guess this is the Wi-Fi form.', 3, {
      kind: 'jargon',
      expected: 'Wi-Fi for new staff',
    }),
    noted('14:27', 'They have my staff number on the screen and ask again.', 2, {
      kind: 'asked-again',
      place: line,
    }),
    noted('21:15', 'Nearly seven minutes on hold in office hours, then voicemail.', 3, {
      kind: 'hold',
      place: line,
    }),
    noted('29:18', 'My request is nowhere in my own list.', 2, { kind: 'missing' }),
  ]
  return { walk, steps, notes }
}

/** The same errand in June, which took longer. */
export function juneWalk(): PlayedWalk {
  const startedAt = MORNING - 95 * DAY
  const walk = newWalk({
    state: 'done',
    errand: ERRAND,
    persona: 'new starter',
    startedAt,
    endedAt: startedAt + at('38:20'),
  })
  const steps = stepsAt(startedAt, [
    ['0:00', page('Start')],
    ['1:31', wait(72 * SECOND, 'Start')],
    ['4:33', wait(96 * SECOND, 'Requests')],
    ['9:12', { kind: 'dial', number: '43 57', why: null }],
    ['9:50', key('1')],
    ['10:10', key('3')],
    ['10:30', key('0')],
    ['11:12', { kind: 'hold', ms: 456 * SECOND }],
    ['19:00', { kind: 'transfer' }],
    ['20:40', { kind: 'hold', ms: 410 * SECOND }],
    ['28:00', { kind: 'call-end', how: 'dropped' }],
    ['31:12', page('Start')],
    ['32:20', wait(82 * SECOND, 'My items')],
  ])
  const winces = [
    ['3:26', 2],
    ['7:50', 3],
    ['10:33', 2],
    ['19:10', 2],
    ['20:06', 3],
    ['28:02', 3],
    ['30:00', 2],
    ['34:29', 1],
    ['37:12', 3],
  ] as const
  const notes = winces.map(([clock, wince], index) =>
    newNote({
      walkId: walk.id,
      at: startedAt + at(clock),
      wince,
      words: `Wrong, number ${index}`,
      firstWords: `Wrong, number ${index}`,
      place: pagePlace({ route: `/june-${index}` }),
    }),
  )
  return { walk, steps, notes }
}

/** An errand over two days: a request, their e-mail two days and three hours later, the portal again. */
export function daysWalk(): PlayedWalk {
  const startedAt = MORNING
  const later = 51 * 60
  const walk = newWalk({
    state: 'done',
    errand: 'I need access to the stock system',
    startedAt,
    endedAt: startedAt + at(`${later + 20}:00`),
  })
  const steps = stepsAt(startedAt, [
    ['0:00', page('Start')],
    ['2:00', { kind: 'click', role: 'button', name: 'Send request' }],
    ['5:00', { kind: 'waiting' }],
    [
      `${later + 5}:00`,
      { kind: 'answer', channel: 'email', system: 'Service desk', subject: 'Request :id' },
    ],
    [`${later + 8}:00`, page('Request')],
    [`${later + 12}:00`, wait(40 * SECOND, 'Request')],
  ])
  const words = 'Their answer asks what I had told them.'
  const notes = [
    newNote({
      walkId: walk.id,
      at: startedAt + at(`${later + 6}:00`),
      words,
      firstWords: words,
      wince: 3,
    }),
  ]
  return { walk, steps, notes }
}

/** A walk of so many steps, two seconds each, with a wait in ten and a note in fifty. */
export function longWalk(length: number): PlayedWalk {
  const walk = newWalk({
    state: 'done',
    errand: 'A very long errand',
    endedAt: MORNING + length * 2_000,
  })
  const steps = Array.from({ length }, (_, index) => {
    const common = { seq: index + 1, at: MORNING + index * 2_000 }
    if (index % 10 === 3) return { ...common, kind: 'wait', ms: 900 + index, for: 'Request' }
    if (index % 10 === 7)
      return { ...common, kind: 'click', role: 'button', name: `Go on ${index}` }
    return { ...common, ...page(`Page ${index} of a portal that never ends`) }
  }) as Step[]
  const notes = Array.from({ length: Math.floor(length / 50) }, (_, index) => {
    const words = `The same again, for the ${index}th time.`
    return newNote({
      walkId: walk.id,
      at: MORNING + index * 100_000 + 500,
      words,
      firstWords: words,
      wince: ((index % 3) + 1) as 1 | 2 | 3,
    })
  })
  return { walk, steps, notes }
}
