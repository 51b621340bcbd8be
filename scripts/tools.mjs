// @ts-check
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const require = createRequire(import.meta.url)

/**
 * The script behind a package's command, so that it runs on this very Node
 * and without a shell, on every system.
 *
 * @param {string} packageName
 * @param {string} [command] the package's own name unless said
 */
export function commandPath(packageName, command = packageName) {
  const manifestPath = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8'))
  return join(dirname(manifestPath), typeof bin === 'string' ? bin : bin[command])
}

/**
 * The environment a tool gets: its own children find this Node first, since an
 * older one may stand earlier on the PATH.
 *
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(more = {}) {
  const path = [dirname(process.execPath), join(root, 'node_modules', '.bin'), process.env['PATH']]
  return {
    ...process.env,
    // A tool tells nobody that it ran, asks for no update and no place on earth,
    // and keeps no traces of requests beside the database.
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_WRITE_LOGS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    X_LOCAL_OBSERVABILITY: 'false',
    X_LOCAL_EXPLORER: 'false',
    ...more,
    PATH: path.join(delimiter),
  }
}

/**
 * Runs a command to its end, its output streamed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options] quiet: output is kept and shown only on failure
 * @returns {Promise<number>} its exit code; 1 when it could not start or was killed
 */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv(env),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    /** @type {Buffer[]} */
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => {
      console.error(`${command} could not start: ${error.message}`)
      settle(1)
    })
    child.on('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      settle(code ?? 1)
    })
  })
}

/**
 * Runs a package's command on this Node.
 *
 * @param {string} packageName
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
export function runTool(packageName, args, options) {
  return run(process.execPath, [commandPath(packageName), ...args], options)
}

/** Resolves a module as the project sees it. @param {string} specifier */
export function resolveModule(specifier) {
  return require.resolve(specifier)
}
