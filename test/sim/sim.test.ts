import { beforeAll, expect, test, vi } from 'vitest'

import { root } from '../../scripts/tools.mjs'
import regressions from './regressions.json'
import { addTo, newTally, runOnTwins } from './run'

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

test('a seed that is run twice gives the same history', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const first = await runOnTwins(root, seed)
    const second = await runOnTwins(root, seed)

    expect(second.lines).toEqual(first.lines)
    expect(second.hash).toBe(first.hash)
    expect(first.lines.length).toBeGreaterThan(50)
  }
})

test('two seeds give two histories', async () => {
  expect((await runOnTwins(root, 1)).hash).not.toBe((await runOnTwins(root, 2)).hash)
})

test.each(regressions)('schedule %i, which failed once, does not', async (seed) => {
  expect((await runOnTwins(root, seed)).bad).toEqual([])
})

const SCHEDULES = 500

test.each([0, 1, 2, 3].map((part) => 1 + part * SCHEDULES))(
  `nothing is lost, doubled or out of order in ${SCHEDULES} schedules from %i on`,
  async (from) => {
    const tally = newTally()
    for (let seed = from; seed < from + SCHEDULES; seed += 1) {
      const outcome = await runOnTwins(root, seed)
      addTo(tally, outcome)
      expect({ seed, bad: outcome.bad }).toEqual({ seed, bad: [] })
    }

    // A fault that never strikes proves nothing.
    expect(Object.entries(tally.faults).filter(([, times]) => times < 3)).toEqual([])
  },
)
