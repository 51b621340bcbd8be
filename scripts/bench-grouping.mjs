// @ts-check
import { importTyped } from './typed-module.mjs'

const { bench } = await importTyped('test/bench/grouping/bench-command.ts')
bench(process.argv.slice(2))
