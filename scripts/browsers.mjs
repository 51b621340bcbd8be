// @ts-check
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { commandPath, run, toolEnv } from './tools.mjs'

/**
 * A branded build ignores --load-extension, so whoever launches it has to know.
 *
 * @typedef {{ path: string, branded: boolean }} Chromium
 */

const isLinux = process.platform === 'linux'

/** @param {string} name @returns {string | undefined} */
export function findCommand(name) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A Chromium this machine already has: CHROMIUM_PATH, a free build on the PATH
 * or in Playwright's download folder, and a branded one last.
 *
 * @returns {Chromium | undefined}
 */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH names no program: ${named}`)
    return { path: named, branded: /google.?chrome|msedge|microsoft/i.test(named) }
  }
  const free =
    findCommand('chromium') ?? findCommand('chromium-browser') ?? findPlaywrightChromium()
  if (free) return { path: free, branded: false }
  const branded = [
    findCommand('google-chrome'),
    findCommand('google-chrome-stable'),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find((path) => path !== undefined && existsSync(path))
  return branded === undefined ? undefined : { path: branded, branded: true }
}

/** The newest Chromium in Playwright's download folder. */
function findPlaywrightChromium() {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    {
      darwin: join(homedir(), 'Library/Caches/ms-playwright'),
      win32: join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright'),
    }[/** @type {'darwin'} */ (process.platform)] ??
    join(homedir(), '.cache/ms-playwright')
  if (!existsSync(cache)) return undefined
  const builds = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
  return builds
    .flatMap((build) => [
      join(cache, build, 'chrome-linux64/chrome'),
      join(cache, build, 'chrome-linux/chrome'),
      join(cache, build, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'),
      join(cache, build, 'chrome-mac-arm64/Chromium.app/Contents/MacOS/Chromium'),
      join(cache, build, 'chrome-win64/chrome.exe'),
      join(cache, build, 'chrome-win/chrome.exe'),
    ])
    .find(isExecutable)
}

/** @returns {string | undefined} */
export function findFirefox() {
  const named = process.env['FIREFOX_PATH']
  if (named) return named
  return (
    findCommand('firefox-esr') ??
    findCommand('firefox') ??
    ['/Applications/Firefox.app/Contents/MacOS/firefox'].find(isExecutable)
  )
}

/** What a test needs to press a real key on a machine without a screen. */
export function hasScreenTools() {
  return ['Xvfb', 'openbox', 'xdotool'].every((name) => findCommand(name) !== undefined)
}

/**
 * Installs what the browser tests lack, or says in one line what to do. Where a
 * system has no X server to install (macOS, Windows) nothing is missing: those
 * tests fire the toolbar action over CDP and say so.
 */
export async function ensureTestBrowsers() {
  /** @type {string[]} */
  const missing = []
  if (!findChromium()) missing.push('chromium')
  if (!findFirefox()) missing.push('firefox-esr')
  if (isLinux) {
    if (!findCommand('Xvfb')) missing.push('xvfb')
    if (!findCommand('openbox')) missing.push('openbox')
    if (!findCommand('xdotool')) missing.push('xdotool')
    // What an export is opened with.
    if (!findCommand('soffice')) missing.push('libreoffice-calc')
  }
  if (missing.length === 0) return

  if (findCommand('apt-get') && process.getuid?.() === 0) {
    // Fonts come along so that text in pictures is text, not boxes.
    await installWithApt([...missing, 'fonts-liberation'])
  } else if (missing.includes('chromium')) {
    await run(process.execPath, [commandPath('playwright-core'), 'install', 'chromium'])
  }

  if (!findChromium()) {
    throw new Error(
      'The tests need a Chromium: install one, or set CHROMIUM_PATH to where yours is.',
    )
  }
  if (!findFirefox()) {
    throw new Error(
      'The tests need Firefox 140 or newer: install one, or set FIREFOX_PATH to where yours is.',
    )
  }
  if (isLinux && !hasScreenTools()) {
    throw new Error(
      'The tests need Xvfb, openbox and xdotool: install them with your package manager.',
    )
  }
}

/** @param {string[]} packages */
async function installWithApt(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  console.log(`installing ${packages.join(', ')}`)
  await run('apt-get', ['update'], { quiet: true, env })
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    quiet: true,
    env,
  })
}

/** The major version of a Chromium. @param {Chromium} chromium */
export function chromiumVersion({ path }) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', env: toolEnv() })
  return Number(/(\d+)\./.exec(stdout)?.[1] ?? 0)
}
