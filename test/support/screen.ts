import { once } from 'node:events'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { hasScreenTools } from '../../scripts/browsers.mjs'
import { startProcess, stopProcess } from './processes'

export interface Screen {
  /** The X display, such as `:7`. */
  display: string
  /** Presses real keys in whatever window has the focus: `alt+shift+s`. */
  press(...keys: string[]): Promise<void>
  /** The same without a pause between the keys of one stroke. */
  strike(keys: string): Promise<void>
  close(): Promise<void>
}

/** Keys can be pressed for real only where there is an X server to press them on. */
export const hasScreen = hasScreenTools()

/**
 * A screen of its own for one browser. Without a window manager no window ever
 * gets the focus and every key is lost, hence openbox.
 */
export async function openScreen(): Promise<Screen> {
  const server = startProcess(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const numbers = server.stdio[3]
  if (!numbers) throw new Error('Xvfb says no display number')
  const [line] = (await once(numbers, 'data')) as [Buffer]
  const display = `:${line.toString().trim()}`
  const manager = startProcess('openbox', [], { env: { DISPLAY: display }, stdio: 'ignore' })

  const xdotool = async (...words: string[]) => {
    await promisify(execFile)('xdotool', words, { env: { ...process.env, DISPLAY: display } })
  }

  return {
    display,
    press: (...keys) => xdotool('key', '--clearmodifiers', '--delay', '60', ...keys),
    strike: (keys) => xdotool('key', '--clearmodifiers', '--delay', '0', keys),
    close: async () => {
      await stopProcess(manager)
      await stopProcess(server)
    },
  }
}
