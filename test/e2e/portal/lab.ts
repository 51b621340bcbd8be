import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type BrowserContext, type Page, type Worker, chromium } from 'playwright-core'
import { build } from 'vite'

import { findChromium } from '../../../scripts/browsers.mjs'
import { root } from '../../../scripts/tools.mjs'
import type { Lab } from './lab-worker'

export interface OpenLab {
  context: BrowserContext
  /** Calls something in the lab's worker. */
  call<Name extends keyof Lab>(
    name: Name,
    ...args: Parameters<Lab[Name]>
  ): Promise<Awaited<ReturnType<Lab[Name]>>>
  tabOf(page: Page): Promise<{ tabId: number; windowId: number }>
  close(): Promise<void>
}

const MANIFEST = {
  manifest_version: 3,
  name: 'Lab',
  version: '1',
  permissions: ['tabs', 'scripting'],
  host_permissions: ['<all_urls>'],
  background: { service_worker: 'lab.js' },
}
const PAGE_SCRIPTS = ['page-describe.js', 'page-find.js', 'page-mask.js', 'page-trail.js']

/**
 * A Chromium with an extension that exists for tests alone: the page scripts as they were built,
 * with every host granted, and the code that runs them. The shipped build asks for no host, and
 * only a real key press would grant it one.
 */
export async function openLab({ scale = 1 } = {}): Promise<OpenLab> {
  const folder = mkdtempSync(join(tmpdir(), 'wince-lab-'))
  const extension = join(folder, 'extension')
  await buildWorker(extension)
  for (const script of PAGE_SCRIPTS)
    cpSync(join(root, 'dist/extension/chrome-mv3', script), join(extension, script))
  writeFileSync(join(extension, 'manifest.json'), JSON.stringify(MANIFEST))

  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findChromium()?.path ?? '',
    headless: true,
    // Playwright's own scale is an emulation that pictures of a tab know nothing of.
    viewport: scale === 1 ? { width: 1000, height: 700 } : null,
    chromiumSandbox: process.getuid?.() !== 0,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--enable-unsafe-extension-debugging',
      '--window-size=1000,800',
      `--force-device-scale-factor=${scale}`,
    ],
  })
  const browser = context.browser()
  if (!browser) throw new Error('playwright gives no browser to a persistent context')
  const cdp = await browser.newBrowserCDPSession()
  // Playwright's protocol types are older than the Extensions domain.
  await (cdp.send as (method: string, params: object) => Promise<unknown>)(
    'Extensions.loadUnpacked',
    { path: extension },
  )
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const call = callerOf(worker)
  return {
    context,
    call,
    tabOf: async (page) => {
      await page.bringToFront()
      const tab = await call('findTab')
      if (!tab) throw new Error(`no tab in front, which should show ${page.url()}`)
      return tab
    },
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function callerOf(worker: Worker): OpenLab['call'] {
  return async (name, ...args) =>
    worker.evaluate(
      ([method, values]) =>
        (globalThis as unknown as { lab: Record<string, (...all: unknown[]) => never> }).lab[
          method
        ]?.(...values) as never,
      [name, args] as [string, unknown[]],
    )
}

async function buildWorker(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    resolve: { alias: { '#imports': 'wxt/browser' } },
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      lib: {
        entry: join(root, 'test/e2e/portal/lab-worker.ts'),
        formats: ['iife'],
        name: 'lab',
        fileName: () => 'lab.js',
      },
    },
  })
}
