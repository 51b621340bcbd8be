import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { callsOf, phoneTotalsOf, spokenChoice, timesOf } from '#shared/call'
import type { Step } from '#shared/step'

const dial: Step = { kind: 'dial', seq: 1, at: 1_000, number: '4357', why: null }

/** The call of these steps, dialled at 1000. */
function callOf(...steps: object[]) {
  return callsOf([dial, ...steps.map((step, index) => ({ seq: index + 2, ...step }) as Step)])[0]
}

describe('a call, read from its steps', () => {
  test('is nothing before somebody dialled', () => {
    expect(callsOf([{ kind: 'key', seq: 1, at: 0, key: '1' }])).toEqual([])
  })

  test('knows what the menu was told, in keys and in words', () => {
    const call = callOf(
      { kind: 'key', at: 2_000, key: '2' },
      { kind: 'said', at: 3_000, words: 'the “billing” office' },
    )

    expect(call?.path.map(({ choice }) => choice)).toEqual(['2', '“the billing office”'])
  })

  test('knows where in the menu something was heard and offered', () => {
    const call = callOf(
      { kind: 'heard', at: 2_000, words: 'Welcome' },
      { kind: 'key', at: 3_000, key: '2' },
      { kind: 'option', at: 4_000, key: '1', label: 'printing' },
    )

    expect(call?.heard).toMatchObject([{ words: 'Welcome', depth: 0 }])
    expect(call?.offered).toEqual([{ key: '1', label: 'printing', depth: 1 }])
  })

  test('is on hold from the moment of the tap, whoever closes the panel', () => {
    expect(callOf({ kind: 'hold', at: 5_000, ms: 0 })?.hold).toEqual({ seq: 2, at: 5_000 })
    expect(callOf({ kind: 'hold', at: 5_000, ms: 9_000 })).toMatchObject({
      hold: null,
      holds: [{ at: 5_000, ms: 9_000 }],
    })
  })

  test('a hold that was sent while it ran is over once another step says how long it was', () => {
    const call = callOf({ kind: 'hold', at: 5_000, ms: 0 }, { kind: 'hold', at: 5_000, ms: 700 })

    expect(call).toMatchObject({ hold: null, holds: [{ at: 5_000, ms: 700 }] })
  })

  test('each number dialled is a call of its own, and pages belong to none', () => {
    const calls = callsOf([
      dial,
      { kind: 'key', seq: 2, at: 2_000, key: '2' },
      { kind: 'call-end', seq: 3, at: 3_000, how: 'dropped' },
      { kind: 'back', seq: 4, at: 3_500 },
      { ...dial, seq: 5, at: 4_000 },
    ])

    expect(calls).toMatchObject([
      { end: { how: 'dropped' }, steps: [{ kind: 'key' }, { kind: 'call-end' }] },
      { dialledAt: 4_000, path: [], end: null },
    ])
  })

  test('an end of older timelines, where a person answered, counts as that person', () => {
    const call = callOf(
      { kind: 'key', at: 2_000, key: '2' },
      { kind: 'call-end', at: 9_000, how: 'human' },
    )

    expect(call && timesOf(call, 0)).toMatchObject({ toPersonMs: 8_000, keysToPerson: 1 })
  })
})

describe('what a call took', () => {
  test('is listening, holding and talking', () => {
    const call = callOf(
      { kind: 'key', at: 11_000, key: '2' },
      { kind: 'hold', at: 21_000, ms: 30_000 },
      { kind: 'person', at: 51_000 },
      { kind: 'hold', at: 61_000, ms: 5_000 },
      { kind: 'transfer', at: 71_000 },
      { kind: 'call-end', at: 81_000, how: 'dropped' },
    )

    expect(call && timesOf(call, 0)).toEqual({
      lengthMs: 80_000,
      listeningMs: 30_000,
      holdingMs: 35_000,
      talkingMs: 15_000,
      longestHoldMs: 30_000,
      toPersonMs: 50_000,
      keysToPerson: 1,
      askedAgain: 0,
      isDeadEnd: true,
    })
  })

  test('is never less than nothing and sums to its length, whatever the clock said', () => {
    const at = fc.integer({ min: -10_000, max: 100_000 })
    const step = fc.oneof(
      fc.record({ kind: fc.constant('hold'), at, ms: fc.nat(50_000) }),
      fc.record({ kind: fc.constantFrom('person', 'transfer'), at }),
      fc.record({ kind: fc.constant('key'), at, key: fc.constantFrom('1', '2', '#') }),
      fc.record({ kind: fc.constant('call-end'), at, how: fc.constantFrom('hung-up', 'human') }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), at, (steps, until) => {
        const call = callOf(...steps)
        if (call === undefined) throw new Error('no call')
        const times = timesOf(call, until)
        const { lengthMs, listeningMs, holdingMs, talkingMs, longestHoldMs, toPersonMs } = times
        for (const each of [lengthMs, listeningMs, holdingMs, talkingMs, longestHoldMs])
          expect(each).toBeGreaterThanOrEqual(0)
        expect(listeningMs + holdingMs + talkingMs).toBe(lengthMs)
        expect(longestHoldMs).toBeLessThanOrEqual(holdingMs)
        expect(toPersonMs ?? 0).toBeLessThanOrEqual(lengthMs)
      }),
    )
  })
})

test('several calls are told together, and the person of the call that got there first', () => {
  const calls = [
    callOf(
      { kind: 'key', at: 2_000, key: '2' },
      { kind: 'hold', at: 3_000, ms: 30_000 },
      { kind: 'person', at: 41_000 },
      { kind: 'call-end', at: 51_000, how: 'hung-up' },
    ),
    callOf({ kind: 'person', at: 5_000 }, { kind: 'call-end', at: 6_000, how: 'dropped' }),
    callOf(
      { kind: 'hold', at: 2_000, ms: 40_000 },
      { kind: 'call-end', at: 42_000, how: 'gave-up' },
    ),
  ].filter((call) => call !== undefined)

  expect(phoneTotalsOf(calls)).toEqual({
    listeningMs: 15_000,
    holdingMs: 70_000,
    talkingMs: 11_000,
    longestHoldMs: 40_000,
    toPersonMs: 4_000,
    keysToPerson: 0,
    deadEnds: 2,
  })
  const untold = callOf({ kind: 'key', at: 9_000, key: '2' })
  expect(untold && phoneTotalsOf([untold])).toMatchObject({ listeningMs: 8_000, deadEnds: 0 })
  expect(phoneTotalsOf([])).toMatchObject({ toPersonMs: null, keysToPerson: null, deadEnds: 0 })
})

test('words said to a menu are a choice in quotes, as long as a place takes', () => {
  expect(spokenChoice('“”')).toBe('“?”')
  expect(new TextEncoder().encode(spokenChoice('ü'.repeat(90))).length).toBeLessThanOrEqual(80)
})
