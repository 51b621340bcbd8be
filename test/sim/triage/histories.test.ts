import fc from 'fast-check'
import { expect, test } from 'vitest'

import { root } from '../../../scripts/tools.mjs'
import { act } from './acts'
import { type Met, playHistory } from './history'
import { openTriageWorld } from './world'
import { openTwins } from '../twins'

/** The long form is 5,000: TRIAGE_HISTORIES=5000. */
const HISTORIES = Number(process.env['TRIAGE_HISTORIES'] ?? 60)

test(
  `whatever arrives and is decided, taken back or recalled, the register holds, in ${HISTORIES} histories`,
  async () => {
    const met: Met = new Map()
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 8, maxLength: 40, size: 'max' }),
        async (acts) => {
          const world = await openTriageWorld(openTwins(root, 1).d1)

          expect(await playHistory(world, acts, met)).toEqual([])
        },
      ),
      { numRuns: HISTORIES },
    )

    console.log(
      JSON.stringify({
        histories: HISTORIES,
        met: Object.fromEntries([...met].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      }),
    )
  },
  HISTORIES * 2_000,
)
