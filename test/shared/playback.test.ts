import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { toDays } from '#shared/duration'
import { lastKnownAt, playbackOf, type PlaybackNote } from '#shared/playback'
import { drawnAt, tickMinutes, ticksOf } from '#shared/playback-axis'
import type { Step } from '#shared/step'
import { totalsOf } from '#shared/walk'

import { MORNING } from '../support/ops'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps at these minutes from the start, numbered as they come. */
function timeline(...drafts: [minute: number, step: Record<string, unknown>][]): Step[] {
  return drafts.map(([minute, draft], index) => ({
    seq: index + 1,
    at: MORNING + minute * MINUTE,
    ...draft,
  })) as Step[]
}

const noted = (minute: number, wince: PlaybackNote['wince'] = 2): PlaybackNote => ({
  id: `note-${minute}`,
  at: MORNING + minute * MINUTE,
  mood: wince === null ? 'liked' : 'embarrassed',
  wince,
})
const walk = { startedAt: MORNING, endedAt: null }
const page = { kind: 'page', origin: 'https://a.example', route: '/', title: 'Start' }
const dial = { kind: 'dial', number: '4357', why: null }
const key = (digit: string) => ({ kind: 'key', key: digit })
const until = (minute: number) => MORNING + minute * MINUTE

test('a walk on two channels is drawn to scale, each where it was', () => {
  const steps = timeline(
    [0, page],
    [13, dial],
    [14, key('1')],
    [14.2, key('3')],
    [15, { kind: 'hold', ms: 6 * MINUTE + 40 * SECOND }],
    [22, { kind: 'call-end', how: 'voicemail' }],
    [24, { kind: 'sign-in', origin: 'https://a.example' }],
  )

  const { axis, spans, waits } = playbackOf(walk, steps, [noted(4)], until(31))

  expect(axis.drawnMs).toBe(31 * MINUTE)
  expect(
    spans.map(({ on, number, drawnFrom, drawnTo }) => [on, number, drawnFrom, drawnTo]),
  ).toEqual([
    ['portal', null, 0, 13 * MINUTE],
    ['phone', '4357', 13 * MINUTE, 24 * MINUTE],
    ['portal', null, 24 * MINUTE, 31 * MINUTE],
  ])
  expect(waits).toMatchObject([
    { what: 'hold', ms: 400 * SECOND, drawnFrom: 15 * MINUTE, drawnTo: 15 * MINUTE + 400 * SECOND },
  ])
})

test('keys pressed one after the other are one line, and a note is at its step or on its own', () => {
  const steps = timeline([0, dial], [1, key('1')], [1.1, key('3')], [2, { kind: 'person' }])

  const { rows } = playbackOf(walk, steps, [noted(1.15), noted(1.8), noted(2.1)], until(5))

  expect(rows.map(({ sinceMs, steps: own, notes }) => [sinceMs, own.length, notes.length])).toEqual(
    [
      [0, 1, 0],
      // Five seconds after the last key; 48 after it; six after the person.
      [MINUTE, 2, 1],
      [1.8 * MINUTE, 0, 1],
      [2 * MINUTE, 1, 1],
    ],
  )
})

test('two days of waiting for them are folded, said in words, and counted whole', () => {
  const steps = timeline(
    [0, page],
    [10, { kind: 'waiting' }],
    [10 + 51 * 60, { kind: 'answer', channel: 'email', system: null, subject: null }],
    [10 + 51 * 60 + 5, page],
  )

  const { axis, spans, waits } = playbackOf(walk, steps, [], until(10 + 51 * 60 + 10))

  const fold = axis.pieces.find(({ folded }) => folded !== null)
  expect(fold).toMatchObject({ folded: 'waiting', from: until(10), to: until(10 + 51 * 60) })
  expect(toDays((fold?.to ?? 0) - (fold?.from ?? 0))).toBe('2 days 3 h')
  expect(axis.drawnMs).toBe(20 * MINUTE + MINUTE)
  expect(spans.map(({ on }) => on)).toEqual(['portal', 'waiting', 'email', 'portal'])
  expect(waits).toMatchObject([{ what: 'them', ms: 51 * HOUR, drawnTo: 11 * MINUTE }])
})

test('a note taken while they had to answer leaves the gap one of waiting; a paused night is one too', () => {
  const steps = timeline([1, { kind: 'waiting' }], [600, { kind: 'paused' }], [1_200, page])

  const { axis } = playbackOf(walk, steps, [noted(300)], until(1_201))

  expect(axis.pieces.map(({ folded }) => folded)).toEqual([
    null,
    'waiting',
    'waiting',
    'paused',
    null,
  ])
})

test('half an hour on hold is drawn as long as it was', () => {
  const steps = timeline([0, dial], [1, { kind: 'hold', ms: 45 * MINUTE }])

  const { axis } = playbackOf(walk, steps, [], lastKnownAt(walk, steps, []))

  expect(axis.drawnMs).toBe(46 * MINUTE)
  expect(axis.pieces).toHaveLength(1)
})

test('after a pause the walk is where it was before', () => {
  const steps = timeline(
    [0, dial],
    [1, { kind: 'paused' }],
    [2, { kind: 'resumed' }],
    [3, key('1')],
  )

  const { spans } = playbackOf(walk, steps, [], until(4))

  expect(spans.map(({ on, number }) => [on, number])).toEqual([
    ['phone', '4357'],
    ['paused', null],
    ['phone', '4357'],
  ])
})

test('a shift, whose contacts have no clock, is a list', () => {
  const contact = { kind: 'contact', channel: 'desk', need: 'My badge is dead', tags: [] }
  const steps = timeline([0, contact], [0, contact])

  const { rows, waits } = playbackOf(walk, steps, [noted(0)], until(60))

  expect(rows.map(({ steps: own, notes }) => own.length + notes.length)).toEqual([1, 2])
  expect(waits).toEqual([])
})

test('a wince that nobody graded rises like a shrug, fine does not, liked falls', () => {
  const notes = [
    { ...noted(1), wince: null },
    noted(2, 0),
    { ...noted(3, null), mood: 'liked' as const },
  ]

  const { marks } = playbackOf(walk, [], notes, until(5))

  expect(marks.map(({ rise, wince }) => [rise, wince])).toEqual([
    [1, null],
    [null, null],
  ])
})

test('ticks are at round minutes and begin anew behind a fold', () => {
  const steps = timeline([0, page], [9, { kind: 'waiting' }], [300, page])
  const { axis } = playbackOf(walk, steps, [], until(306))

  expect(tickMinutes(38 * MINUTE)).toBe(5)
  expect(ticksOf(axis, 5, axis.drawnMs).map(({ minutes }) => minutes)).toEqual([0, 5, 0, 5])
})

describe('whatever a browser recorded', () => {
  const at = fc.oneof(
    fc.integer({ min: 0, max: 2 * HOUR }),
    fc.integer({ min: 0, max: 9 * DAY }),
    fc.integer({ min: -DAY, max: 0 }),
  )
  const ms = fc.oneof(fc.integer({ min: 0, max: MINUTE }), fc.integer({ min: 0, max: HOUR }))
  const draft = fc.oneof(
    fc.constantFrom(
      page,
      dial,
      key('2'),
      { kind: 'waiting' },
      { kind: 'paused' },
      { kind: 'resumed' },
      { kind: 'answer', channel: 'email', system: null, subject: null },
      { kind: 'call-end', how: 'dropped' },
    ),
    ms.map((length) => ({ kind: 'wait', ms: length, for: null })),
    ms.map((length) => ({ kind: 'hold', ms: length })),
  )
  const steps = fc
    .array(fc.tuple(at, draft), { maxLength: 40 })
    .map((drafts) =>
      drafts.map(([offset, each], index) => ({ seq: index + 1, at: MORNING + offset, ...each })),
    ) as fc.Arbitrary<Step[]>
  const notes = fc
    .array(fc.tuple(at, fc.constantFrom(0, 1, 2, 3, null)), { maxLength: 10 })
    .map((drafts) =>
      drafts.map(([offset, wince], index) => ({
        id: String(index),
        at: MORNING + offset,
        mood: 'embarrassed' as const,
        wince,
      })),
    ) as fc.Arbitrary<PlaybackNote[]>
  const ended = fc.option(fc.integer({ min: 0, max: 12 * DAY }).map((offset) => MORNING + offset))
  const story = fc.record({ steps, notes, ended })

  test('positions grow with time and stay on the axis', () => {
    fc.assert(
      fc.property(story, fc.array(at), (given, times) => {
        const known = { startedAt: MORNING, endedAt: given.ended }
        const end = lastKnownAt(known, given.steps, given.notes)
        const { axis, rows, marks, waits } = playbackOf(known, given.steps, given.notes, end)

        const sorted = times.toSorted((one, other) => one - other)
        const drawn = sorted.map((offset) => drawnAt(axis, MORNING + offset))
        expect(drawn).toEqual(drawn.toSorted((one, other) => one - other))
        const rowed = rows.map((row) => row.drawn)
        expect(rowed).toEqual(rowed.toSorted((one, other) => one - other))
        const positions = [
          ...drawn,
          ...rowed,
          ...marks.map((mark) => mark.drawn),
          ...waits.flatMap(({ drawnFrom, drawnTo }) => [drawnFrom, drawnTo]),
        ]
        expect(positions.filter((each) => !(each >= 0 && each <= axis.drawnMs))).toEqual([])
      }),
    )
  })

  test('spans never lie over one another, and every step and note is in the list once', () => {
    fc.assert(
      fc.property(story, (given) => {
        const known = { startedAt: MORNING, endedAt: given.ended }
        const end = lastKnownAt(known, given.steps, given.notes)
        const { axis, spans, rows } = playbackOf(known, given.steps, given.notes, end)

        const edges = spans.flatMap(({ drawnFrom, drawnTo }) => [drawnFrom, drawnTo])
        expect(edges).toEqual(edges.toSorted((one, other) => one - other))
        expect(edges.at(-1) ?? axis.drawnMs).toBe(axis.drawnMs)
        const listed = rows.flatMap((row) => row.steps.map(({ seq }) => seq))
        expect(listed.toSorted((one, other) => one - other)).toEqual(
          given.steps.map(({ seq }) => seq),
        )
        expect(rows.flatMap((row) => row.notes.map(({ id }) => id)).toSorted()).toEqual(
          given.notes.map(({ id }) => id).toSorted(),
        )
      }),
    )
  })

  test('waits together are the waiting of the totals', () => {
    fc.assert(
      fc.property(story, (given) => {
        const known = { startedAt: MORNING, endedAt: given.ended }
        const end = lastKnownAt(known, given.steps, given.notes)
        const { waits } = playbackOf(known, given.steps, given.notes, end)

        expect(waits.reduce((sum, wait) => sum + wait.ms, 0)).toBe(
          totalsOf(known, given.steps, end).waitingMs,
        )
      }),
    )
  })

  test('what is not folded is to scale: a second is as wide here as there', () => {
    fc.assert(
      fc.property(story, (given) => {
        const known = { startedAt: MORNING, endedAt: given.ended }
        const end = lastKnownAt(known, given.steps, given.notes)
        const { axis } = playbackOf(known, given.steps, given.notes, end)

        for (const { from, to, drawnFrom, drawnTo, folded } of axis.pieces)
          if (folded === null) expect(drawnTo - drawnFrom).toBeCloseTo(to - from, 3)
          else expect(to - from).toBeGreaterThan(drawnTo - drawnFrom)
      }),
    )
  })
})
