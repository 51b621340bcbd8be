import { openDatabase } from '../database/open'
import type { Job } from '../doors/jobs'
import { sweepPendingNotes } from './group-notes'

/** Cron: places the notes that a crash or a held lease left without an entry. */
export const groupingSweep: Job = {
  name: 'grouping-sweep',
  run: async (env) => {
    await sweepPendingNotes({
      d1: env.DB,
      db: openDatabase(env.DB),
      now: Date.now,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    })
  },
}
