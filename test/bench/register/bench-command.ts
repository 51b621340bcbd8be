import { parseArgs } from 'node:util'

import { openLocalDatabase } from '../../support/local-data'
import { openWorkspace } from '../../support/first-run'
import { type RunningWorker, startWorker } from '../../support/worker'
import { requestsOf } from './requests'
import { seedRegister } from './seeded-register'

const SIZES = [1_000, 10_000, 100_000]
/** A register a hundred times as large may read twice as much. */
const MOST_GROWTH = 2
const MOST_CALLS = 40
const MOST_P95_MS = 150
/** Each is asked so often; then the slowest of them as often as it takes to know their worst. */
const FIRST_TIMES = 5
const SLOWEST = 5

interface Figures {
  p50Ms: number
  p95Ms: number
  d1Calls: number
  rowsRead: number
}

/**
 * Every list of the register and an entry, asked of the real worker over workspaces of each size:
 * the time, calls and rows of the worst request. The last line is JSON.
 *
 * @returns whether the goals are met
 */
export async function bench(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { sizes: { type: 'string' }, times: { type: 'string', default: '60' } },
  })
  const sizes = values.sizes?.split(',').map(Number) ?? SIZES
  const figures: Record<number, Figures> = {}
  for (const size of sizes) {
    // oxlint-disable-next-line no-await-in-loop -- one measurement after the other
    figures[size] = await measure(size, Number(values.times))
  }
  const all = Object.values(figures)
  const growth = (all.at(-1)?.rowsRead ?? 0) / (all[0]?.rowsRead ?? 1)
  const isMet =
    growth <= MOST_GROWTH &&
    all.every(({ d1Calls }) => d1Calls <= MOST_CALLS) &&
    (figures[10_000]?.p95Ms ?? 0) <= MOST_P95_MS
  console.log(`rows read grow by ${growth.toFixed(2)}; goals ${isMet ? 'met' : 'NOT met'}`)
  console.log(JSON.stringify(figures))
  return isMet
}

async function measure(size: number, times: number): Promise<Figures> {
  const worker = await startWorker({ main: 'test/worker/support/counting-worker.ts' })
  try {
    const { client, ask, workspaceId, ownerId } = await openWorkspace(worker)
    await worker.stop()
    const database = openLocalDatabase(worker.folder, { readOnly: false })
    const entry = seedRegister(database, workspaceId, size, Date.now())
    database.close()
    await worker.restart()
    const requests = await requestsOf(client, { personId: ownerId, entry })
    const read: (Figures & { path: string })[] = []
    for (const path of requests) {
      // oxlint-disable-next-line no-await-in-loop -- one measurement after the other
      read.push({ path, ...(await measureOne(worker, ask, path, FIRST_TIMES)) })
    }
    print(size, read)
    const slow = read.toSorted((one, other) => other.p50Ms - one.p50Ms).slice(0, SLOWEST)
    const again: Figures[] = []
    for (const { path } of slow) {
      // oxlint-disable-next-line no-await-in-loop -- one measurement after the other
      again.push(await measureOne(worker, ask, path, times))
    }
    const slowest = again.toSorted((one, other) => other.p95Ms - one.p95Ms)[0]
    return {
      p50Ms: slowest?.p50Ms ?? 0,
      p95Ms: slowest?.p95Ms ?? 0,
      d1Calls: Math.max(...read.map(({ d1Calls }) => d1Calls)),
      rowsRead: Math.max(...read.map(({ rowsRead }) => rowsRead)),
    }
  } finally {
    await worker.close()
  }
}

type Ask = (path: string) => Promise<{ status: number; text(): Promise<string> }>

async function measureOne(
  worker: RunningWorker,
  ask: Ask,
  path: string,
  times: number,
): Promise<Figures> {
  const cost = async () =>
    (await (await fetch(`${worker.origin}/bench/d1`)).json()) as { calls: number; rowsRead: number }
  const once = async () => {
    const startedAt = performance.now()
    const response = await ask(path)
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`)
    return performance.now() - startedAt
  }
  await once()
  await cost()
  await once()
  const { calls, rowsRead } = await cost()
  const ms: number[] = []
  // oxlint-disable-next-line no-await-in-loop -- one after the other, as one person asks
  for (let time = 0; time < times; time += 1) ms.push(await once())
  ms.sort((one, other) => one - other)
  const at = (fraction: number) =>
    Math.round((ms[Math.min(ms.length - 1, Math.floor(ms.length * fraction))] ?? 0) * 10) / 10
  return { p50Ms: at(0.5), p95Ms: at(0.95), d1Calls: calls, rowsRead }
}

function print(size: number, read: readonly (Figures & { path: string })[]) {
  console.log(`${size} notes`)
  for (const { path, p50Ms, p95Ms, d1Calls, rowsRead } of read) {
    const figures = [`p50 ${p50Ms} ms`, `p95 ${p95Ms} ms`, `${d1Calls} calls`, `${rowsRead} rows`]
    console.log(`  ${path.slice(0, 90).padEnd(90)} ${figures.join(', ')}`)
  }
}
