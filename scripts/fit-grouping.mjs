// @ts-check
import { root } from './tools.mjs'
import { importTyped } from './typed-module.mjs'

const { fit } = await importTyped('test/bench/grouping/fit-command.ts')
fit(process.argv.slice(2), root)
