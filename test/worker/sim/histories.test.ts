import '../../sim/platform'
import 'fake-indexeddb/auto'

import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'

import { readShapes } from '../../sim/memory-keys'
import { runSchedule } from '../../sim/schedule'
import { openReal } from './real-backend'

/** `SIM_SCHEDULES=200 npx vitest run …` is the long form. */
const SCHEDULES = env.SIM_SCHEDULES

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

test(
  'the simulator’s histories end well on the real D1 and R2, too',
  { timeout: 60_000 + SCHEDULES * 10_000 },
  async () => {
    const shapes = await readShapes()
    let ops = 0
    for (let seed = 1; seed <= SCHEDULES; seed += 1) {
      const outcome = await runSchedule(seed, { backend: await openReal(), shapes })
      ops += outcome.ops
      expect({ seed, bad: outcome.bad }).toEqual({ seed, bad: [] })
    }

    expect(ops).toBeGreaterThan(SCHEDULES)
    console.info(JSON.stringify({ schedules: SCHEDULES, ops, bad: 0 }))
  },
)
