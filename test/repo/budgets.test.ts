import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { root, runTool } from '../../scripts/tools.mjs'

/** Gzipped sizes, as they travel. */
const KB = 1024

const extension = join(root, 'dist/extension/chrome-mv3')
const dashboard = join(root, 'dist/dashboard')

function gzippedSize(paths: string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
}

const STATIC = /(?:from|import)\s*["'`](\.[^"'`]+\.js)/g
const ANY = /(?:from|import)\s*\(?\s*["'`](\.[^"'`]+\.js)/g

/** Everything a page's script tags load: at once, or, with dynamic imports followed, ever. */
function scriptsOf(folder: string, page: string, imports: RegExp): string[] {
  const html = readFileSync(join(folder, page), 'utf8')
  const found = new Set<string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    const code = readFileSync(path, 'utf8')
    for (const [, from = ''] of code.matchAll(imports)) visit(join(path, '..', from))
  }
  for (const [, source = ''] of html.matchAll(/<script[^>]*\ssrc="\/?([^"]+)"/g)) {
    visit(join(folder, source))
  }
  return [...found]
}

test('the panel is at most 60 KB', () => {
  const scripts = scriptsOf(extension, 'sidepanel.html', STATIC)

  expect(scripts).not.toEqual([])
  expect(gzippedSize(scripts)).toBeLessThanOrEqual(60 * KB)
})

test('what the panel loads later is at most 62 KB; of it ranking and the story, each apart, 10 KB, and all else 50', () => {
  const first = scriptsOf(extension, 'sidepanel.html', STATIC)
  const later = scriptsOf(extension, 'sidepanel.html', ANY).filter((path) => !first.includes(path))
  const ranks = (path: string) => readFileSync(path, 'utf8').includes('rivalFloor')
  const tells = (path: string) => readFileSync(path, 'utf8').includes('Walked with Wince')
  const debriefs = (path: string) => readFileSync(path, 'utf8').includes('Sixty-second debrief')

  expect(first.filter(ranks)).toEqual([])
  expect(first.filter(debriefs)).toEqual([])
  expect(later.filter(ranks)).toHaveLength(1)
  expect(later.filter((path) => ranks(path) && debriefs(path))).toEqual([])
  expect(gzippedSize(later.filter(ranks))).toBeLessThanOrEqual(10 * KB)
  expect(later.filter(tells)).toHaveLength(1)
  expect(later.filter((path) => tells(path) && debriefs(path))).toEqual([])
  expect(gzippedSize(later.filter(tells))).toBeLessThanOrEqual(10 * KB)
  expect(gzippedSize(later)).toBeLessThanOrEqual(62 * KB)
  const others = later.filter((path) => !ranks(path) && !tells(path))
  expect(gzippedSize(others)).toBeLessThanOrEqual(50 * KB)
  expect(readdirSync(join(extension, 'chunks'))).toHaveLength(first.length + later.length)
})

test('the background is at most 40 KB', () => {
  expect(gzippedSize([join(extension, 'background.js')])).toBeLessThanOrEqual(40 * KB)
})

test('whatever is put into a page is at most 15 KB', () => {
  const scripts = readdirSync(extension)
    .filter((name) => name.endsWith('.js') && name !== 'background.js')
    .map((name) => ({ name, size: gzippedSize([join(extension, name)]) }))

  expect(scripts).not.toEqual([])
  expect(scripts.filter(({ size }) => size > 15 * KB)).toEqual([])
})

test('the dashboard is at most 110 KB, and what a page of it loads later at most 16', () => {
  const first = scriptsOf(dashboard, 'index.html', STATIC)
  const later = scriptsOf(dashboard, 'index.html', ANY).filter((path) => !first.includes(path))
  const all = readdirSync(dashboard, { recursive: true, encoding: 'utf8' })

  expect(first).not.toEqual([])
  expect(later).not.toEqual([])
  expect(all.filter((name) => name.endsWith('.js'))).toHaveLength(first.length + later.length)
  expect(gzippedSize(first)).toBeLessThanOrEqual(110 * KB)
  expect(later.filter((path) => gzippedSize([path]) > 16 * KB)).toEqual([])
})

test('the worker is at most 400 KB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wince-deploy-'))
  const code = await runTool('wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    quiet: true,
  })
  const scripts = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name))
  const size = gzippedSize(scripts)
  rmSync(folder, { recursive: true })

  expect(code).toBe(0)
  expect(scripts).toHaveLength(1)
  expect(size).toBeLessThanOrEqual(400 * KB)
})

test('no page carries a script, a style or a data: address of its own', () => {
  for (const [folder, page] of [
    [dashboard, 'index.html'],
    [extension, 'sidepanel.html'],
  ] as const) {
    const html = readFileSync(join(folder, page), 'utf8')

    expect(html, page).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(html, page).not.toMatch(/<style|\sstyle=|\son\w+=|["'(]data:/)
  }
})
