// @ts-check
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { findChromium } from './browsers.mjs'
import { openBrowser } from './open-browser.mjs'
import { commandPath, root, runTool, toolEnv } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    'no-browser': { type: 'boolean', default: false },
    // Where the local database, pictures and secrets live. Tests bring their own.
    data: { type: 'string', default: '.wince' },
    port: { type: 'string', default: '8787' },
  },
})

const data = resolve(root, options.data)
const isDefaultData = options.data === '.wince'
const paths = {
  secrets: isDefaultData ? join(root, '.dev.vars') : join(data, '.dev.vars'),
  // The port paired browsers know, written at the first start.
  port: join(data, 'port'),
  running: join(data, 'running.json'),
  browserProfile: join(data, 'browser'),
}

await main().catch((/** @type {Error} */ error) => {
  console.error(error.message)
  process.exit(1)
})

async function main() {
  mkdirSync(data, { recursive: true })
  await refuseSecondStart()
  await build({ onlyStale: true })
  const setupToken = readOrMakeSetupToken()
  await applyMigrations()
  const port = await choosePort()
  const origin = await startWorker(port)
  writeFileSync(paths.running, JSON.stringify({ pid: process.pid, origin }))
  ringCronEveryMinute(origin)

  // The worker says whether somebody became owner already; then the token is
  // spent and its link would only mislead.
  const isFirstRun = (await fetch(`${origin}/app/setup`)).ok
  const link = isFirstRun ? `${origin}/setup#${setupToken}` : origin
  console.log(`\nWince runs at ${origin}. Stop it with Ctrl-C; everything is kept.\n`)
  if (isFirstRun) {
    console.log('First run: open this link to become the owner. It works once.')
    console.log(`  ${link}\n`)
  }
  console.log('The extension, as built from this folder:')
  console.log(`  Chrome, Edge  ${join(root, 'dist/extension/chrome-mv3')}`)
  console.log('                chrome://extensions → Developer mode → Load unpacked')
  console.log(`  Firefox       ${join(root, 'dist/extension/firefox-mv3/manifest.json')}`)
  console.log('                about:debugging → This Firefox → Load Temporary Add-on\n')
  if (!options['no-browser']) await showBrowser(link)
}

/** Two servers on one local database would corrupt it. */
async function refuseSecondStart() {
  if (!existsSync(paths.running)) return
  const { pid, origin } = JSON.parse(readFileSync(paths.running, 'utf8'))
  if (isAlive(pid) && (await isAnswering(origin))) {
    throw new Error(`Wince already runs on this data, at ${origin} (process ${pid}).`)
  }
  rmSync(paths.running)
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** @param {string} origin */
function isAnswering(origin) {
  return fetch(origin).then(
    () => true,
    () => false,
  )
}

/** The token of the first run: 256 bits, made once, kept beside the code and out of git. */
function readOrMakeSetupToken() {
  const secrets = existsSync(paths.secrets) ? readFileSync(paths.secrets, 'utf8') : ''
  const known = /^SETUP_TOKEN=(\S+)$/m.exec(secrets)?.[1]
  if (known !== undefined) return known
  const token = randomBytes(32).toString('base64url')
  const separator = secrets === '' || secrets.endsWith('\n') ? '' : '\n'
  writeFileSync(paths.secrets, `${secrets}${separator}SETUP_TOKEN=${token}\n`, { mode: 0o600 })
  return token
}

async function applyMigrations() {
  const code = await runTool(
    'wrangler',
    ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', data],
    { quiet: true },
  )
  if (code !== 0) throw new Error('The database could not be brought up to date.')
}

async function choosePort() {
  const known = existsSync(paths.port) ? Number(readFileSync(paths.port, 'utf8')) : undefined
  const wanted = known ?? Number(options.port)
  let port = wanted
  while (!(await isFree(port))) port += 1
  if (port !== wanted) {
    console.warn(`Port ${wanted} is in use by something else; taking ${port} instead.`)
    if (known !== undefined) {
      console.warn(
        `Browsers paired so far send to http://localhost:${known}: what they hold waits there until that port is free again.`,
      )
    }
  }
  if (known === undefined) writeFileSync(paths.port, String(port))
  return port
}

/**
 * Whether nobody listens on a port, by either of localhost's two addresses.
 *
 * @param {number} port
 */
async function isFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const isBusy = await new Promise((settle) => {
      const server = createServer()
      // A machine without IPv6 answers EADDRNOTAVAIL, which is no one listening.
      server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
        settle(error.code === 'EADDRINUSE' || error.code === 'EACCES'),
      )
      server.listen(port, host, () => server.close(() => settle(false)))
    })
    if (isBusy) return false
  }
  return true
}

/**
 * Starts the worker and waits until it answers. Its end is the end of this
 * process, and the other way round.
 *
 * @param {number} port
 * @returns {Promise<string>} its origin
 */
async function startWorker(port) {
  const child = spawn(
    process.execPath,
    [
      commandPath('wrangler'),
      'dev',
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--persist-to',
      data,
      '--env-file',
      paths.secrets,
      '--show-interactive-dev-session',
      'false',
      '--log-level',
      'warn',
    ],
    { cwd: root, env: toolEnv(), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  // What wrangler says before it serves (that local mode rings no cron bell, for
  // one) is of use only when it never gets that far.
  let isServing = false
  let wasAskedToStop = false
  /** @type {Buffer[]} */
  const early = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (isServing ? process.stderr.write(chunk) : early.push(chunk)))
  }
  child.on('exit', (code) => {
    if (!isServing) process.stderr.write(Buffer.concat(early))
    rmSync(paths.running, { force: true })
    process.exit(wasAskedToStop ? 0 : (code ?? 1))
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      wasAskedToStop = true
      child.kill('SIGTERM')
    })
  }
  const origin = `http://localhost:${port}`
  while (!(await isAnswering(origin))) await new Promise((wake) => setTimeout(wake, 100))
  isServing = true
  return origin
}

/**
 * Local mode never fires a cron trigger by itself.
 *
 * @param {string} origin
 */
function ringCronEveryMinute(origin) {
  const ring = () => {
    fetch(`${origin}/cdn-cgi/local/scheduled`).then(
      (answer) => answer.ok || console.warn(`The scheduled work failed: ${answer.status}`),
      () => console.warn('The scheduled work could not be started.'),
    )
  }
  ring()
  setInterval(ring, 60_000)
}

/** @param {string} link */
async function showBrowser(link) {
  const hasDisplay =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  const chromium = findChromium()
  if (!hasDisplay || !chromium) {
    console.log(
      `No ${hasDisplay ? 'Chromium' : 'screen'} here to show it in: open the address yourself.`,
    )
    return
  }
  await openBrowser({
    chromium,
    profile: paths.browserProfile,
    extension: join(root, 'dist/extension/chrome-mv3'),
    url: link,
  })
  console.log('A Chromium with the extension is open.')
}
