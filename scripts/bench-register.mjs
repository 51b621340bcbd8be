// @ts-check
import { build } from './build.mjs'
import { importTyped } from './typed-module.mjs'

await build({ onlyStale: true, only: ['dashboard'] })
const { bench } = await importTyped('test/bench/register/bench-command.ts')
process.exitCode = (await bench(process.argv.slice(2))) ? 0 : 1
