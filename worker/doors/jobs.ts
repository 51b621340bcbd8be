import { openDatabase } from '../database/open'
import { writeAll } from '../database/write-all'
import type { Env } from '../env'
import { deleteExpired } from './queries'

/** Something that cron does every minute; safe to do twice. */
export interface Job {
  name: string
  run(env: Env, now: number): Promise<void>
}

export const cleanUp: Job = {
  name: 'clean-up',
  run: async (env, now) => {
    await writeAll(env.DB, deleteExpired(openDatabase(env.DB), now))
  },
}

/** @throws AggregateError after the last job, so that the platform counts the run as failed */
export async function runJobs(jobs: readonly Job[], env: Env, now: number): Promise<void> {
  const failures: unknown[] = []
  for (const job of jobs) {
    try {
      await job.run(env, now)
    } catch (error) {
      console.error(
        JSON.stringify({
          level: 'error',
          job: job.name,
          error: error instanceof Error ? error.name : 'unknown',
        }),
      )
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a job failed')
}
