import { openDatabase } from '../database/open'
import { writeAll } from '../database/write-all'
import type { Job } from '../doors/jobs'
import { forgetReferences } from './queries'

/** So long after a promise was kept its reference may still be looked up (C7), in ms. */
const KEPT_MS = 30 * 24 * 3_600_000
const A_SWEEP = 100

/** Cron: takes the desk tool's reference off promises that were settled 30 days ago. */
export const referenceSweep: Job = {
  name: 'reference-sweep',
  run: async (env, now) => {
    await writeAll(env.DB, [forgetReferences(openDatabase(env.DB), now - KEPT_MS, A_SWEEP)])
  },
}
