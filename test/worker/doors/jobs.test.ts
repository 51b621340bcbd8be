import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'

import { cleanUp, runJobs } from '../../../worker/doors/jobs'
import worker from '../../../worker/index'
import { newBrowser } from '../support/browser'
import { stopClock } from '../support/clock'
import { newFullWorkspace } from '../support/full-workspace'

const DAY = 24 * 3_600_000

async function countRows(): Promise<Record<string, number>> {
  const tables = [
    'budget',
    'challenge',
    'pairing_code',
    'invite',
    'web_session',
    'device',
    'audit',
    'person',
  ]
  const counts = await env.DB.batch<{ rows: number }>(
    tables.map((table) => env.DB.prepare(`SELECT count(*) AS rows FROM ${table}`)),
  )
  return Object.fromEntries(
    tables.map((table, index) => [table, counts[index]?.results[0]?.rows ?? -1]),
  )
}

test('cron deletes what nobody can use any more, a day after, and nothing else', async () => {
  const clock = stopClock()
  await newFullWorkspace('jobs')
  await newBrowser().client.startPasskeySignIn()
  const before = await countRows()

  await cleanUp.run(env, clock.at)
  expect(await countRows()).toEqual(before)

  await cleanUp.run(env, clock.at + DAY + 6 * 60_000)
  expect(await countRows()).toMatchObject({ budget: 0, challenge: 0 })
  await cleanUp.run(env, clock.at + 9 * DAY)
  expect(await countRows()).toEqual({
    ...before,
    budget: 0,
    challenge: 0,
    pairing_code: 0,
    invite: 0,
    web_session: 0,
  })
})

test('a job that fails stops no other, is named in the log, and fails the run', async () => {
  const lines: string[] = []
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
  const ran: string[] = []
  const job = (name: string, fails = false) => ({
    name,
    run: async () => {
      if (fails) throw new Error('secret words')
      ran.push(name)
    },
  })

  await expect(runJobs([job('one'), job('two', true), job('three')], env, 0)).rejects.toThrow(
    'a job failed',
  )

  expect(ran).toEqual(['one', 'three'])
  expect(lines).toEqual(['{"level":"error","job":"two","error":"Error"}'])
  vi.restoreAllMocks()
})

test('the worker’s cron runs them all', async () => {
  await expect(worker.scheduled(undefined as never, env)).resolves.toBeUndefined()
})
