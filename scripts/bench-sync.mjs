// @ts-check
import { build } from './build.mjs'
import { runTool } from './tools.mjs'

await build({ onlyStale: true, only: ['dashboard'] })
process.exitCode = await runTool('vitest', [
  'run',
  '--config',
  'test/vitest.bench.config.ts',
  'test/bench/sync.test.ts',
])
