// @ts-check
import { ensureTestBrowsers } from './browsers.mjs'
import { build } from './build.mjs'
import { closeRun, countTests } from './test-run.mjs'

/** `--long`: the tests that have a long form take it. */
const files = process.argv.slice(2).filter((argument) => argument !== '--long')
if (process.argv.includes('--long')) process.env['WINCE_LONG'] = '1'

/** @type {import('./test-run.mjs').Counts[]} */
const counts = []
try {
  await build({ onlyStale: true })
  await ensureTestBrowsers()
  counts.push(await countTests('test/vitest.e2e.config.ts', files))
} catch (error) {
  counts.push({ passed: 0, failures: [error instanceof Error ? error.message : String(error)] })
}
closeRun(counts)
