// @ts-check
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { root, toolEnv } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    // Where `npm start` keeps the local database.
    data: { type: 'string', default: '.wince' },
    // How many of the 65 walks to send; a test needs only a few.
    walks: { type: 'string', default: '65' },
    // Says how to sign in as JSON on the last line, for tests.
    json: { type: 'boolean', default: false },
  },
})

const data = resolve(root, options.data)
const paths = {
  running: join(data, 'running.json'),
  secrets: options.data === '.wince' ? join(root, '.dev.vars') : join(data, '.dev.vars'),
  // The demo's own recovery codes: they open nothing but a workspace of invented notes.
  codes: join(data, 'demo-codes.json'),
}

await main().catch((/** @type {Error} */ error) => {
  console.error(error.message)
  process.exit(1)
})

async function main() {
  const isStarted = await startIfNeeded()
  const { origin } = JSON.parse(readFileSync(paths.running, 'utf8'))
  const { module: lines } = await runnerImport(join(root, 'worker/demo/lines.ts'))
  const { module: fill } = await runnerImport(join(root, 'worker/demo/fill.ts'))
  const files = lines.readDemoFiles({
    lines: read('university.jsonl'),
    walks: read('walks.json'),
    groups: read('university-groups.json'),
  })

  const walks = Number(options.walks)
  const { entries, notes } = await fill.fillDemo(
    {
      origin,
      key: await findKey(origin),
      fetch,
      fetchAsPage: pageFetch(origin),
      keepCodes: writeCodes,
      say: console.log,
      now: Date.now,
    },
    lines.withFirstWalks(files, walks),
  )
  const code = readCodes()[0]
  if (options.json) {
    console.log(JSON.stringify({ origin, code, entries, notes }))
    return
  }
  console.log(`\n${notes} notes became ${entries} open entries.`)
  console.log(`Sign in at ${origin} with this code; it works once:`)
  console.log(
    `  ${code ?? 'every code of the demo has been used: delete its data and start again'}`,
  )
  if (isStarted) console.log('\nWince goes on running. Stop it with Ctrl-C.')
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(root, 'worker/demo', name), 'utf8')
}

/** The server that runs on this data, or a new one that ends with this process. */
async function startIfNeeded() {
  if (await isRunning()) return false
  const child = spawn(
    process.execPath,
    [join(root, 'scripts/start.mjs'), '--no-browser', '--data', options.data],
    { cwd: root, env: toolEnv(), stdio: ['ignore', 'inherit', 'inherit'] },
  )
  child.on('exit', (code) => process.exit(code ?? 1))
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill('SIGTERM'))
  }
  while (!(await isRunning())) await new Promise((wake) => setTimeout(wake, 200))
  return true
}

async function isRunning() {
  if (!existsSync(paths.running)) return false
  const { origin } = JSON.parse(readFileSync(paths.running, 'utf8'))
  return fetch(origin).then(
    () => true,
    () => false,
  )
}

/**
 * What opens the demo's workspace: a code of an earlier run, the first run if nobody owns this
 * installation yet, or a setup token for one more workspace.
 *
 * @param {string} origin
 */
async function findKey(origin) {
  const [recoveryCode, ...rest] = readCodes()
  if (recoveryCode !== undefined) {
    writeCodes(rest)
    return { recoveryCode }
  }
  const isFirstRun = (await fetch(`${origin}/app/setup`)).ok
  if (!isFirstRun) return { setupToken: await addWorkspace() }
  const setupToken = /^SETUP_TOKEN=(\S+)$/m.exec(readFileSync(paths.secrets, 'utf8'))?.[1]
  if (setupToken === undefined) throw new Error('There is no setup token: run "npm start" once.')
  return { setupToken }
}

/** @returns {Promise<string>} the setup token in the link that `npm run workspace:add` prints */
async function addWorkspace() {
  const child = spawn(
    process.execPath,
    [join(root, 'scripts/workspace-add.mjs'), '--data', options.data],
    { cwd: root, env: toolEnv(), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  await new Promise((closed) => child.on('close', closed))
  const token = /\/setup#(\S+)/.exec(output)?.[1]
  if (token === undefined) throw new Error('No further workspace could be opened for the demo.')
  return token
}

/** @returns {string[]} */
function readCodes() {
  return existsSync(paths.codes) ? JSON.parse(readFileSync(paths.codes, 'utf8')) : []
}

/** @param {string[]} codes */
function writeCodes(codes) {
  mkdirSync(data, { recursive: true })
  writeFileSync(paths.codes, JSON.stringify(codes), { mode: 0o600 })
}

/**
 * What a browser adds to the requests of Wince's own page, and the cookie it keeps.
 *
 * @param {string} origin
 * @returns {typeof fetch}
 */
function pageFetch(origin) {
  let cookie = ''
  return async (url, init) => {
    const headers = new Headers(init?.headers)
    headers.set('Origin', origin)
    headers.set('Sec-Fetch-Site', 'same-origin')
    if (cookie !== '') headers.set('Cookie', cookie)
    const response = await fetch(url, { ...init, headers })
    for (const set of response.headers.getSetCookie()) cookie = set.split(';', 1)[0] ?? ''
    return response
  }
}
