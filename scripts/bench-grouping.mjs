// @ts-check
import { importTyped } from './typed-module.mjs'

const args = process.argv.slice(2)
if (args.includes('--scale')) {
  const { scale } = await importTyped('test/scale/scale-command.ts')
  await scale()
} else {
  const { bench } = await importTyped('test/bench/grouping/bench-command.ts')
  bench(args)
}
