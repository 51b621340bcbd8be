import { type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/tools.mjs'
import { openLocalDatabase } from '../support/local-data'
import { startProcess, stopProcess } from '../support/processes'
import { findFreePort } from '../support/worker'
import { waitFor } from '../support/wait-for'

/** `npm start` as a person meets it; the tests are one story, in order. */
let data: string
let port: number
let running: ChildProcess | undefined
let squatter: Server | undefined

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'wince-start-'))
  port = await findFreePort()
})

afterEach(async () => {
  if (running) await stopProcess(running)
  squatter?.close()
  running = squatter = undefined
})

afterAll(() => rmSync(data, { recursive: true, force: true }))

function start(): { child: ChildProcess; output: () => string } {
  const args = [join(root, 'scripts/start.mjs'), '--no-browser', '--data', data]
  const child = startProcess(process.execPath, [...args, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

async function startAndWait(): Promise<string> {
  const { child, output } = start()
  running = child
  return waitFor(
    () => {
      if (child.exitCode !== null) throw new Error(output())
      return output().includes('about:debugging') ? output() : undefined
    },
    'npm start to be ready',
    90_000,
  )
}

/** A row that the worker's scheduled clean-up deletes the next time its bell rings. */
function insertExpiredBudget() {
  const database = openLocalDatabase(data, { readOnly: false })
  database.exec("insert into budget (key, window_start, used) values ('bell', 1, 1)")
  database.close()
}

function hasExpiredBudget(): boolean {
  const database = openLocalDatabase(data)
  const rows = database.prepare("select 1 from budget where key = 'bell'").all()
  database.close()
  return rows.length > 0
}

let setupLink: string | undefined

test('a first start prints a link with a token nobody can guess, and serves the dashboard', async () => {
  const output = await startAndWait()
  setupLink = /http:\/\/localhost:\d+\/setup#\S+/.exec(output)?.[0]

  // 43 characters of base64url are 256 bits.
  expect(setupLink).toMatch(new RegExp(`^http://localhost:${port}/setup#[A-Za-z0-9_-]{43}$`))
  expect(output).toContain(join(root, 'dist/extension/chrome-mv3'))
  const page = await fetch(`http://localhost:${port}/setup`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<script type="module"')
})

test('a second start keeps the data and the token, and refuses to share the data with a third', async () => {
  const output = await startAndWait()
  const third = start()
  const code = await new Promise((settle) => third.child.on('exit', settle))

  expect(output).toContain(setupLink)
  expect(code).toBe(1)
  expect(third.output()).toContain(`already runs on this data, at http://localhost:${port}`)
})

test('a busy port is said plainly, another is taken, and paired browsers are remembered', async () => {
  squatter = createServer().listen(port, '127.0.0.1')
  const output = await startAndWait()

  expect(output).toContain(`Port ${port} is in use by something else; taking `)
  expect(output).toContain(`Browsers paired so far send to http://localhost:${port}`)
  expect(output).toMatch(/Wince runs at http:\/\/localhost:\d+\./)
  expect(output).not.toContain(`Wince runs at http://localhost:${port}.`)
})

test('the cron bell rings at the start and again within a minute', async () => {
  insertExpiredBudget()
  await startAndWait()
  await waitFor(() => !hasExpiredBudget() || undefined, 'the first ring', 10_000)
  insertExpiredBudget()
  await waitFor(() => !hasExpiredBudget() || undefined, 'the second ring', 65_000)

  expect(hasExpiredBudget()).toBe(false)
})

test('once somebody is the owner the link is not printed again', async () => {
  const database = openLocalDatabase(data, { readOnly: false })
  database.exec(`
    insert into workspace (id, name, created_at) values ('w', 'Initech', 1);
    insert into person (id, workspace_id, name, role, created_at) values ('p', 'w', 'Ann', 'owner', 1)
  `)
  database.close()

  expect(await startAndWait()).not.toContain('/setup#')
})
