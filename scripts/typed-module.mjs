// @ts-check
import { runnerImport } from 'vite'

import { root } from './tools.mjs'

/**
 * A TypeScript module of the project, ready to call.
 *
 * @param {string} path from the project's root
 * @returns {Promise<any>}
 */
export async function importTyped(path) {
  const { module } = await runnerImport(`${root}${path}`, {
    root,
    configFile: false,
    logLevel: 'error',
  })
  return module
}
