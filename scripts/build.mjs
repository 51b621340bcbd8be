// @ts-check
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runTool } from './tools.mjs'

/**
 * What can be built: the file that is written last, what it is made from, how.
 *
 * @type {Record<string, { made: string, from: string[], tool: string, args: string[] }>}
 */
const products = {
  dashboard: {
    made: 'dist/dashboard/index.html',
    from: ['worker/dashboard', 'shared', 'package-lock.json'],
    tool: 'vite',
    args: ['build', 'worker/dashboard', '--logLevel', 'warn'],
  },
  'Chrome extension': {
    made: 'dist/extension/chrome-mv3/manifest.json',
    from: ['extension', 'shared', 'package-lock.json'],
    tool: 'wxt',
    args: ['build', 'extension', '-b', 'chrome', '--mv3', '--level', 'warn'],
  },
  'Firefox extension': {
    made: 'dist/extension/firefox-mv3/manifest.json',
    from: ['extension', 'shared', 'package-lock.json'],
    tool: 'wxt',
    args: ['build', 'extension', '-b', 'firefox', '--mv3', '--level', 'warn'],
  },
}

/**
 * Builds the dashboard and both extensions.
 *
 * @param {{ onlyStale?: boolean, only?: string[] }} [options] onlyStale: leave alone what is newer than its sources
 * @throws when a build fails; its output has been printed
 */
export async function build({ onlyStale = false, only = Object.keys(products) } = {}) {
  for (const [name, product] of Object.entries(products)) {
    if (!only.includes(name) || (onlyStale && !isStale(product))) continue
    console.log(`building the ${name}`)
    // Whoever asks: Vitest runs under another NODE_ENV, and what it had built would be a tenth larger.
    const env = { NODE_ENV: 'production' }
    const code = await runTool(product.tool, product.args, { quiet: true, env })
    if (code !== 0) throw new Error(`the ${name} does not build`)
  }
}

/** @param {{ made: string, from: string[] }} product */
function isStale({ made, from }) {
  const path = join(root, made)
  if (!existsSync(path)) return true
  const madeAt = statSync(path).mtimeMs
  return from.some((source) => newestChange(join(root, source)) > madeAt)
}

/**
 * When something in a file or folder last changed, in Unix ms.
 *
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  const children = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'dist')
  return Math.max(stats.mtimeMs, ...children.map((name) => newestChange(join(path, name))))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build().catch((/** @type {Error} */ error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
