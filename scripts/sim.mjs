// @ts-check
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { runnerImport } from 'vite'
import { root } from './tools.mjs'

/** @typedef {{ seed: number, bad: { kind: string, what: string }[], hash: string, lines: string[] }} Failure */
/** @typedef {{ tally: Record<string, any>, failures: Failure[] }} Share */

const regressionsPath = join(root, 'test/sim/regressions.json')
/** A failing run says how it fails; it need not do so a thousand times. */
const MOST_FAILURES = 20

if (isMainThread) await main()
else await work(workerData.seeds)

async function main() {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '10000' },
      // Runs one schedule and prints its whole history.
      seed: { type: 'string' },
      // Where a run of many begins.
      from: { type: 'string', default: '1' },
    },
  })
  const startedAt = performance.now()
  /** @type {number[]} */
  const known = JSON.parse(readFileSync(regressionsPath, 'utf8'))
  const isOne = values.seed !== undefined
  const many = Array.from(
    { length: Number(values.schedules) },
    (_, index) => Number(values.from) + index,
  )
  const seeds = isOne ? [Number(values.seed)] : [...new Set([...known, ...many])]
  const shares = await Promise.all(deal(seeds).map(inThread))
  const failures = shares.flatMap((share) => share.failures).toSorted((a, b) => a.seed - b.seed)
  for (const { seed, bad, hash, lines } of failures) {
    if (isOne) console.log(lines.join('\n'))
    console.log(`seed ${seed} (${hash})`)
    for (const { kind, what } of bad) console.log(`  ${kind}: ${what}`)
  }
  const failed = failures.filter(({ bad }) => bad.length > 0)
  if (!isOne && failed.length > 0) {
    const all = new Set([...known, ...failed.map(({ seed }) => seed)])
    writeFileSync(regressionsPath, `${JSON.stringify([...all].toSorted((a, b) => a - b))}\n`)
    console.log(`Look at one with: npm run sim -- --seed ${failed[0]?.seed}`)
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  console.log(JSON.stringify({ ...sum(shares.map(({ tally }) => tally)), seconds }))
  process.exitCode = failed.length > 0 ? 1 : 0
}

/** @param {number[]} seeds one share a core; known ones come first in each */
function deal(seeds) {
  const shares = Math.min(availableParallelism(), seeds.length)
  return Array.from({ length: shares }, (_, share) =>
    seeds.filter((_seed, index) => index % shares === share),
  )
}

/**
 * @param {number[]} seeds
 * @returns {Promise<Share>}
 */
function inThread(seeds) {
  return new Promise((settle, fail) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: { seeds } })
    thread.on('message', settle)
    thread.on('error', fail)
    thread.on('exit', (code) => fail(new Error(`a thread ended with ${code}`)))
  })
}

/** @param {number[]} seeds */
async function work(seeds) {
  // Failures are what a simulation is made of; a log of each would only cost time.
  console.error = console.warn = () => {}
  Error.stackTraceLimit = 0
  const { module } = await runnerImport(join(root, 'test/sim/run.ts'), { root, logLevel: 'error' })
  const tally = module.newTally()
  /** @type {Failure[]} */
  const failures = []
  for (const seed of seeds) {
    const outcome = await module.runOnTwins(root, seed)
    module.addTo(tally, outcome)
    const { bad, hash, lines } = outcome
    const isTold = bad.length > 0 ? failures.length < MOST_FAILURES : seeds.length === 1
    if (isTold) failures.push({ seed, bad, hash, lines: seeds.length === 1 ? lines : [] })
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origins
  parentPort?.postMessage({ tally, failures })
}

/**
 * @param {Record<string, any>[]} tallies
 * @returns {Record<string, any>}
 */
function sum(tallies) {
  const names = Object.keys(tallies[0] ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const values = tallies.map((tally) => tally[name])
      const isNested = typeof values[0] === 'object'
      return [name, isNested ? sum(values) : values.reduce((a, b) => a + b, 0)]
    }),
  )
}
