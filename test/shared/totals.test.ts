import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'

import type { Step } from '#shared/step'
import { Totals, totalsOf } from '#shared/walk'

import { MORNING } from '../support/ops'

const MINUTE = 60_000
const walk = { startedAt: MORNING, endedAt: null }

/** Steps a minute apart, numbered as they come. */
function timeline(...drafts: Record<string, unknown>[]): Step[] {
  return drafts.map((draft, index) => ({
    seq: index + 1,
    at: MORNING + (index + 1) * MINUTE,
    ...draft,
  })) as Step[]
}

const key = { kind: 'key', key: '1' }
const dial = { kind: 'dial', number: '4357', why: null }
const human = { kind: 'call-end', how: 'human' }

test('a walk without steps has lasted since it started', () => {
  expect(totalsOf(walk, [], MORNING + 5 * MINUTE)).toMatchObject({
    elapsedMs: 5 * MINUTE,
    keysToHuman: null,
    pages: 0,
  })
})

test('a walk that ended lasts no longer, whatever the time is now', () => {
  const ended = { startedAt: MORNING, endedAt: MORNING + 7 * MINUTE }

  expect(totalsOf(ended, [], MORNING + 90 * MINUTE).elapsedMs).toBe(7 * MINUTE)
})

test('everything is counted once, and holds are part of waiting', () => {
  const steps = timeline(
    { kind: 'page', origin: 'https://a.example', route: '/', title: null },
    { kind: 'click', role: 'link', name: null },
    { kind: 'sign-in', origin: 'https://login.example' },
    { kind: 'back' },
    { kind: 'wait', ms: 4_000, for: null },
    dial,
    key,
    { kind: 'hold', ms: 90_000 },
    { kind: 'asked-again', thing: 'Staff number' },
    { kind: 'transfer' },
    { kind: 'hold', ms: 30_000 },
    { kind: 'error', status: 500, message: null },
    { kind: 'unseen', origin: null },
  )

  expect(totalsOf(walk, steps, MORNING + 20 * MINUTE)).toEqual({
    elapsedMs: 20 * MINUTE,
    waitingMs: 124_000,
    longestHoldMs: 90_000,
    pages: 1,
    clicks: 1,
    keys: 1,
    signIns: 1,
    askedAgain: 1,
    backs: 1,
    transfers: 1,
    keysToHuman: null,
  })
})

test('pauses count for nothing, however often they are tapped and even while one goes on', () => {
  const steps = timeline(
    { kind: 'paused' },
    { kind: 'paused' },
    { kind: 'resumed' },
    { kind: 'resumed' },
    { kind: 'paused' },
  )

  // Paused from minute 1 to 3 and from 5 on.
  expect(totalsOf(walk, steps, MORNING + 60 * MINUTE).elapsedMs).toBe((1 + 2) * MINUTE)
})

test('the way to a person is the shortest of the calls that reached one', () => {
  const reached = timeline(dial, key, key, key, human, dial, key, human, dial, key, key, {
    kind: 'call-end',
    how: 'dropped',
  })

  expect(totalsOf(walk, reached, MORNING).keysToHuman).toBe(1)
  expect(totalsOf(walk, timeline(dial, human), MORNING).keysToHuman).toBe(0)
  expect(
    totalsOf(walk, timeline(dial, key, { kind: 'call-end', how: 'voicemail' }), MORNING)
      .keysToHuman,
  ).toBeNull()
})

test('whatever the clocks did, totals can be sent', () => {
  const at = fc.integer({ min: -8.64e15, max: 8.64e15 })
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('paused', 'resumed', 'back'), at }),
    fc.record({ kind: fc.constantFrom('wait', 'hold'), at, ms: fc.nat(), for: fc.constant(null) }),
  )
  fc.assert(
    fc.property(at, at, fc.array(step), (startedAt, until, drafts) => {
      const steps = drafts.map((draft, index) => ({ seq: index + 1, ...draft })) as Step[]

      const { output, issues } = v.safeParse(
        Totals,
        totalsOf({ startedAt, endedAt: null }, steps, until),
      )

      expect(issues).toBeUndefined()
      expect(output).toBeDefined()
    }),
  )
})

test('waiting for them counts as waiting, nights included, until whatever comes next', () => {
  const answer = { kind: 'answer', channel: 'email', system: null, subject: null }
  const back = { kind: 'resumed' }

  expect(totalsOf(walk, timeline({ kind: 'waiting' }, answer), MORNING + 9 * MINUTE)).toMatchObject(
    {
      waitingMs: MINUTE,
      elapsedMs: 9 * MINUTE,
      longestHoldMs: 0,
    },
  )
  expect(
    totalsOf(
      walk,
      timeline({ kind: 'waiting' }, back, { kind: 'waiting' }),
      MORNING + 3 * 1_440 * MINUTE,
    ).waitingMs,
  ).toBe(MINUTE + (3 * 1_440 - 3) * MINUTE)
})
