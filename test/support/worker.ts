import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SQLInputValue } from 'node:sqlite'
import { commandPath, root } from '../../scripts/tools.mjs'
import { fillWithEmptyData } from './empty-data'
import { openLocalDatabase, readLocalBlobs } from './local-data'
import { startProcess, stopProcess } from './processes'
import { waitFor } from './wait-for'

export interface RunningWorker {
  /** `http://localhost:<port>`: a secure context, so that passkeys and Secure cookies work. */
  origin: string
  setupToken: string
  /** Where local mode keeps D1 and R2 on this disk. */
  folder: string
  /** Reads the very database the worker writes, from outside of it. */
  query<Row = Record<string, unknown>>(sql: string, ...values: SQLInputValue[]): Row[]
  /** Everything in R2, with its bytes. */
  blobs(): { key: string; bytes: Buffer }[]
  /** What the worker has printed so far. */
  logs(): string
  /** Rings the cron bell once, as `npm start` does every minute. */
  ringCron(): Promise<void>
  /** Nobody answers any more; data stays for `restart`. */
  stop(): Promise<void>
  restart(): Promise<void>
  /** Stops for good and deletes the data. */
  close(): Promise<void>
}

/**
 * The real worker in workerd with its own empty D1 and R2, every migration
 * applied. Serves the dashboard that was built last.
 *
 * @param main a wrapper around the worker, from the project's root; the worker itself unless said
 */
export async function startWorker({ main }: { main?: string } = {}): Promise<RunningWorker> {
  const data = mkdtempSync(join(tmpdir(), 'wince-worker-'))
  const setupToken = randomBytes(32).toString('base64url')
  const secrets = join(data, 'secrets')
  writeFileSync(secrets, `SETUP_TOKEN=${setupToken}\n`)
  const port = await findFreePort()
  const origin = `http://localhost:${port}`

  await fillWithEmptyData(data)

  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  let child = await boot()

  async function boot() {
    const started = startProcess(
      process.execPath,
      [
        commandPath('wrangler'),
        'dev',
        ...(main === undefined ? [] : [main]),
        '--port',
        String(port),
        '--inspector-port',
        '0',
        '--persist-to',
        data,
        '--env-file',
        secrets,
        '--show-interactive-dev-session',
        'false',
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    started.stdout?.on('data', keep)
    started.stderr?.on('data', keep)
    await waitFor(
      async () => {
        if (started.exitCode !== null) throw new Error(`the worker does not start:\n${output}`)
        return (await isAnswering(origin)) || undefined
      },
      'the worker to answer',
      60_000,
    )
    return started
  }

  return {
    origin,
    setupToken,
    folder: data,
    query: <Row>(sql: string, ...values: SQLInputValue[]) => {
      const database = openLocalDatabase(data)
      try {
        return database.prepare(sql).all(...values) as Row[]
      } finally {
        database.close()
      }
    },
    blobs: () => readLocalBlobs(data),
    logs: () => output,
    ringCron: async () => {
      const answer = await fetch(`${origin}/cdn-cgi/local/scheduled`)
      if (!answer.ok) throw new Error(`the scheduled handler failed: ${await answer.text()}`)
    },
    stop: () => stopProcess(child),
    restart: async () => {
      await stopProcess(child)
      child = await boot()
    },
    close: async () => {
      await stopProcess(child)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function isAnswering(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  )
}

export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
