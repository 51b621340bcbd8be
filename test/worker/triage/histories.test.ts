import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { act } from '../../sim/triage/acts'
import { playHistory } from '../../sim/triage/history'
import { openTriageWorld } from '../../sim/triage/world'

test('the histories that hold on the twin hold on the real database', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 20, size: 'max' }), async (acts) => {
      expect(await playHistory(await openTriageWorld(env.DB), acts)).toEqual([])
    }),
    { numRuns: 5 },
  )
}, 240_000)
