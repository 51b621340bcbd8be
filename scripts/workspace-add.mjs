// @ts-check
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root, runTool } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    // The deployed database instead of the local one.
    remote: { type: 'boolean', default: false },
    // Where Wince answers; the printed link starts with it.
    origin: { type: 'string' },
    data: { type: 'string', default: '.wince' },
  },
})

const data = resolve(root, options.data)
const portFile = join(data, 'port')
if (options.remote && options.origin === undefined) {
  console.error('Say where the deployed Wince answers: --remote --origin https://…')
  process.exit(1)
}
if (!options.remote && !existsSync(portFile)) {
  console.error('There is no local database yet: run "npm start" once.')
  process.exit(1)
}
const origin = options.origin ?? `http://localhost:${readFileSync(portFile, 'utf8').trim()}`

// Only the hash is stored: whoever reads the database cannot become an owner.
const token = randomBytes(32).toString('base64url')
const hash = createHash('sha256').update(token).digest('hex')
const code = await runTool(
  'wrangler',
  [
    'd1',
    'execute',
    'DB',
    '--yes',
    ...(options.remote ? ['--remote'] : ['--local', '--persist-to', data]),
    '--command',
    `insert into setup (token_hash, created_at) values ('${hash}', ${Date.now()})`,
  ],
  { quiet: true },
)
if (code !== 0) {
  console.error('The token could not be stored.')
  process.exit(1)
}
console.log('Whoever opens this link first becomes the owner of a new workspace:')
console.log(`  ${new URL(origin).origin}/setup#${token}`)
