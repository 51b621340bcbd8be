// @ts-check
import { ensureTestBrowsers } from './browsers.mjs'
import { build } from './build.mjs'
import { closeRun, countTests } from './test-run.mjs'

/** @type {import('./test-run.mjs').Counts[]} */
const counts = []
try {
  await build()
  counts.push(await countTests('test/vitest.config.ts'))
  await ensureTestBrowsers()
  counts.push(await countTests('test/vitest.e2e.config.ts'))
} catch (error) {
  counts.push({ passed: 0, failures: [error instanceof Error ? error.message : String(error)] })
}
closeRun(counts)
