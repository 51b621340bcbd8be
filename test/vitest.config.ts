import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

const root = new URL('..', import.meta.url).pathname

/**
 * What the worker and its tests import from packages. All of it, for a package's entry that is
 * left out (`hono/route` beside `hono`) brings a second copy of the package with it.
 */
function packagesOfWorker(): string[] {
  const files = globSync('{worker,shared,test/worker,test/sim}/**/*.ts', {
    cwd: root,
    exclude: ['worker/dashboard/**'],
  })
  const imported = files.flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(/ from '([^'.#][^':]*)'/g)].flatMap(
      ([, name]) => name ?? [],
    ),
  )
  return [...new Set(imported)].filter((name) => !/^vite(st)?\b/.test(name)).toSorted()
}

/** A bundled package's map is twice as long as its code, and each test file is sent both anew. */
function withoutMapsOfPackages(): Plugin {
  return {
    name: 'without-maps-of-packages',
    enforce: 'post',
    transform: (code, id) =>
      id.includes('/deps_ssr/') ? { code, map: { mappings: '' } } : undefined,
  }
}

/**
 * One project a platform, so that a test runs where its code runs: `worker` in
 * workerd with real D1 and R2, the rest in Node. Real browsers have their own
 * configuration (vitest.e2e.config.ts), because they take minutes.
 */
export default defineConfig({
  root,
  test: {
    // What the worker logs is read when its test fails.
    silent: 'passed-only',
    // Vitest keeps one processor for itself: of two, half would stand idle.
    maxWorkers: availableParallelism(),
    projects: [
      { root, test: { name: 'shared', include: ['test/shared/**/*.test.ts'] } },
      { root, test: { name: 'dashboard', include: ['test/dashboard/**/*.test.ts'] } },
      {
        root,
        plugins: [WxtVitest({ root: `${root}extension` })],
        test: {
          name: 'extension',
          include: ['test/extension/**/*.test.{ts,tsx}'],
          setupFiles: ['test/extension/platform.ts'],
        },
      },
      {
        root,
        plugins: [
          withoutMapsOfPackages(),
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}wrangler.jsonc` },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations(`${root}worker/migrations`),
                // Histories of the simulator; the long form is 200.
                SIM_SCHEDULES: Number(process.env['SIM_SCHEDULES'] ?? 4),
                // Histories of an entry; the long form is 400.
                ENTRY_HISTORIES: Number(process.env['ENTRY_HISTORIES'] ?? 12),
                SETUP_TOKEN: 'test-setup-token-0123456789abcdef0123456789',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          // Two cores and a hundred requests a test.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          setupFiles: ['test/worker/setup.ts'],
          // Each file fetches all its modules into a workerd of its own: packages go as one module each.
          deps: { optimizer: { ssr: { enabled: true, include: packagesOfWorker() } } },
        },
      },
      {
        root,
        test: {
          name: 'sim',
          include: ['test/sim/**/*.test.ts'],
          setupFiles: ['test/sim/platform.ts'],
          testTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'repo',
          include: ['test/repo/**/*.test.ts'],
          testTimeout: 120_000,
          // They start tools that take every processor for themselves.
          fileParallelism: false,
        },
      },
    ],
  },
})
