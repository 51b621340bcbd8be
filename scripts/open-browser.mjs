// @ts-check
import { spawn } from 'node:child_process'
import { toolEnv } from './tools.mjs'

/**
 * Opens a Chromium of its own profile with the extension loaded and a page in
 * front. It goes when this process goes.
 *
 * Everything is said over a pipe: a branded Chrome takes an extension no other
 * way, and an address with a secret in it stays off the command line, which
 * everybody on a machine can read.
 *
 * @param {{ chromium: import('./browsers.mjs').Chromium, profile: string, extension: string, url: string }} wanted
 */
export async function openBrowser({ chromium, profile, extension, url }) {
  const child = spawn(
    chromium.path,
    [
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      '--enable-unsafe-extension-debugging',
      '--no-first-run',
      '--no-default-browser-check',
      // Chromium refuses its sandbox to root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { env: toolEnv(), stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const send = speakOverPipe(
    /** @type {import('node:stream').Writable} */ (child.stdio[3]),
    /** @type {import('node:stream').Readable} */ (child.stdio[4]),
  )
  process.on('exit', () => child.kill())
  const gone = new Promise((_, refuse) => {
    child.once('error', refuse)
    child.once('exit', () => refuse(new Error('the browser closed while it was opening')))
  })
  // The window may be closed at any later time, which is nobody's failure.
  gone.catch(() => undefined)
  await Promise.race([gone, send('Extensions.loadUnpacked', { path: extension })])
  await Promise.race([gone, send('Target.createTarget', { url })])
}

/**
 * Chromium's debugging protocol over a pipe: messages end with a NUL.
 *
 * @param {import('node:stream').Writable} output
 * @param {import('node:stream').Readable} input
 */
function speakOverPipe(output, input) {
  /** @type {Map<number, (answer: { result?: unknown, error?: { message: string } }) => void>} */
  const waiting = new Map()
  let text = ''
  input.setEncoding('utf8').on('data', (chunk) => {
    const messages = (text + chunk).split('\0')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const answer = JSON.parse(message)
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    }
  })
  // A browser that closes breaks the pipe; its exit is what counts.
  output.on('error', () => undefined)
  let lastId = 0

  /** @param {string} method @param {object} params */
  return (method, params) =>
    new Promise((settle, refuse) => {
      const id = ++lastId
      waiting.set(id, ({ result, error }) =>
        error ? refuse(new Error(`${method}: ${error.message}`)) : settle(result),
      )
      output.write(`${JSON.stringify({ id, method, params })}\0`)
    })
}
