// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureTestBrowsers } from './browsers.mjs'
import { build } from './build.mjs'
import { runTool } from './tools.mjs'

const folder = mkdtempSync(join(tmpdir(), 'wince-bench-'))
const result = join(folder, 'result.json')
await build({ onlyStale: true, only: ['Chrome extension'] })
await ensureTestBrowsers()
process.exitCode = await runTool(
  'vitest',
  ['run', '--config', 'test/vitest.bench.config.ts', 'test/bench/capture/capture.test.ts'],
  { env: { WINCE_BENCH_RESULT: result } },
)
// The runner has its say after the tests; the cold first key is a line of its own, the figures are the last.
if (process.exitCode === 0) console.log(readFileSync(result, 'utf8'))
rmSync(folder, { recursive: true })
