import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

const root = new URL('..', import.meta.url).pathname

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
        test: { name: 'repo', include: ['test/repo/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
