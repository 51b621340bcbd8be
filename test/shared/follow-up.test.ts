import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { dueAfterDay, sayClock } from '#shared/clock'
import {
  type Act,
  afterAct,
  dueAtOf,
  type FollowUpFacts,
  recoveredRate,
  stageOf,
} from '#shared/follow-up'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (iso: string) => Date.parse(iso)
const FRIDAY = at('2026-11-27T10:00:00Z')
const FRESH: FollowUpFacts = {
  since: FRIDAY,
  saidNoAt: null,
  firstContactAt: null,
  fixedAt: null,
  settledAt: null,
  outcome: null,
  onTheSpot: false,
}

describe('a clock', () => {
  test('runs 24 hours, on weekends too', () => {
    expect(dueAfterDay(FRIDAY, true)).toBe(FRIDAY + DAY)
  })

  test.each([
    { from: '2026-11-26T10:00:00Z', due: '2026-11-27T10:00:00Z' },
    { from: '2026-11-27T10:00:00Z', due: '2026-11-30T10:00:00Z' },
    { from: '2026-11-28T09:00:00Z', due: '2026-12-01T00:00:00Z' },
    { from: '2026-11-29T23:59:00Z', due: '2026-12-01T00:00:00Z' },
    { from: '2026-11-30T00:00:00Z', due: '2026-12-01T00:00:00Z' },
  ])('that rests on weekends runs from $from to $due', ({ from, due }) => {
    expect(new Date(dueAfterDay(at(from), false))).toEqual(new Date(due))
  })

  test('that rests never runs for less than 24 hours, nor for more than three days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (from) => {
        const ran = dueAfterDay(from, false) - from
        expect(ran).toBeGreaterThanOrEqual(DAY)
        expect(ran).toBeLessThanOrEqual(3 * DAY)
      }),
    )
  })

  test.each([
    { left: 5 * HOUR + 20 * 60_000, words: '5 h 20 left', look: 'soon' },
    { left: 6 * HOUR, words: '6 h left', look: 'running' },
    { left: 0, words: '0 min left', look: 'soon' },
    { left: -(2 * HOUR + 5 * 60_000), words: '2 h 05 over', look: 'over' },
    { left: -(50 * HOUR), words: '2 days 2 h over', look: 'over' },
    { left: -(72 * HOUR), words: '3 days over', look: 'over' },
  ])('says “$words”', ({ left, words, look }) => {
    const clock = { startedAt: FRIDAY, dueAt: FRIDAY + DAY, doneAt: null }
    expect(sayClock(clock, FRIDAY + DAY - left)).toEqual({ words, look })
  })

  test('that has stopped says how long it ran', () => {
    const clock = { startedAt: FRIDAY, dueAt: FRIDAY + DAY, doneAt: FRIDAY + 3 * HOUR + 600_000 }
    expect(sayClock(clock, FRIDAY + 9 * DAY)).toEqual({ words: 'after 3 h 10', look: 'done' })
  })
})

describe('a promise', () => {
  test('goes from waiting over the fix to settled', () => {
    const told = take(FRESH, { what: 'contact', at: FRIDAY + HOUR })
    expect([stageOf(FRESH), dueAtOf(FRESH, true)]).toEqual(['waiting', FRIDAY + DAY])
    expect([stageOf(told), dueAtOf(told, true)]).toEqual(['fix', null])

    const fixed = { ...told, fixedAt: FRIDAY + 9 * DAY }
    expect([stageOf(fixed), dueAtOf(fixed, true)]).toEqual(['check', FRIDAY + 10 * DAY])

    const done = take(fixed, { what: 'satisfied', at: FRIDAY + 9 * DAY + HOUR })
    expect([stageOf(done), dueAtOf(done, true), done.outcome]).toEqual([
      'settled',
      null,
      'satisfied',
    ])
  })

  test('that is recovered on the spot was heard and is settled at once', () => {
    expect(take(FRESH, { what: 'recovered', at: FRIDAY })).toMatchObject({
      firstContactAt: FRIDAY,
      settledAt: FRIDAY,
      outcome: 'satisfied',
      onTheSpot: true,
    })
  })

  test.each([
    [{ what: 'contact', at: FRIDAY - 1 }, FRESH, 'too-early'],
    [{ what: 'contact', at: FRIDAY + 1000 * DAY }, FRESH, 'to-come'],
    [{ what: 'contact', at: FRIDAY + 2 }, { ...FRESH, firstContactAt: FRIDAY + 1 }, 'contacted'],
    [{ what: 'not-satisfied', at: FRIDAY + 2 }, FRESH, 'not-fixed'],
    [{ what: 'exempt', at: FRIDAY + 2 }, { ...FRESH, settledAt: FRIDAY + 1 }, 'settled'],
  ] as [Act, FollowUpFacts, string][])('refuses %o', (act, facts, refused) => {
    expect(afterAct(facts, act, FRIDAY + 100 * DAY)).toEqual({ refused })
  })

  test('loses no clock and is never settled twice, whatever is done in whatever order', () => {
    const step = fc.record({
      what: fc.constantFrom(
        'contact',
        'satisfied',
        'not-satisfied',
        'exempt',
        'recovered',
        'fix',
        'unfix',
      ),
      after: fc.integer({ min: 0, max: 2 * DAY }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, weekends) => {
        let facts = FRESH
        let now = FRIDAY
        for (const { what, after } of steps) {
          now += after
          if (what === 'fix' || what === 'unfix') {
            if (facts.settledAt === null) facts = { ...facts, fixedAt: what === 'fix' ? now : null }
            continue
          }
          const next = afterAct(facts, { what, at: now }, now)
          if ('refused' in next) continue
          const isSettling = next.settledAt !== null
          if (isSettling) expect(facts.settledAt).toBeNull()
          if (what === 'not-satisfied') {
            expect(stageOf(next)).toBe('waiting')
            expect(dueAtOf(next, weekends)).toBe(dueAfterDay(now, weekends))
          }
          expect(next.since).toBe(FRESH.since)
          facts = next

          const stage = stageOf(facts)
          // Only who has heard from us and waits for a fix has no clock.
          expect(dueAtOf(facts, weekends) === null).toBe(stage === 'settled' || stage === 'fix')
        }
      }),
    )
  })
})

test('the recovered rate says nothing about fewer than five', () => {
  expect(recoveredRate({ satisfied: 4, asked: 4 })).toBeNull()
  expect(recoveredRate({ satisfied: 4, asked: 5 })).toBe(0.8)
})

/** The promise after an act that has to be possible. */
function take(facts: FollowUpFacts, act: Act): FollowUpFacts {
  const after = afterAct(facts, act, act.at)
  if ('refused' in after) throw new Error(after.refused)
  return after
}
