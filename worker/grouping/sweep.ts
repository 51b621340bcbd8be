import { openDatabase } from '../database/open'
import type { Job } from '../doors/jobs'
import type { Env } from '../env'
import { type GroupingDeps, sweepPendingNotes } from './group-notes'
import { indexAgain } from './index-again'
import { askLoneEntries } from '../lone/ask-again'
import { refitWeights } from '../refit/refit-weights'

/** Cron: places the notes that a crash or a held lease left without an entry. */
export const groupingSweep: Job = {
  name: 'grouping-sweep',
  run: async (env) => {
    await sweepPendingNotes(depsOf(env))
  },
}

/** Cron: counts notes anew that ranking cannot find their entries by. */
export const indexSweep: Job = {
  name: 'index-sweep',
  run: async (env) => {
    await indexAgain(depsOf(env))
  },
}

/** Cron: asks about entries of one note what came after them. */
export const loneEntrySweep: Job = {
  name: 'lone-entry-sweep',
  run: async (env) => {
    await askLoneEntries(depsOf(env))
  },
}

/** Cron: learns what a workspace's people decide, for what is suggested from then on. */
export const weightsSweep: Job = {
  name: 'weights-sweep',
  run: async (env) => {
    await refitWeights(depsOf(env))
  },
}

function depsOf(env: Env): GroupingDeps {
  return {
    d1: env.DB,
    db: openDatabase(env.DB),
    now: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
}
