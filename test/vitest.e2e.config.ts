import { defineConfig } from 'vitest/config'

/** Real browsers against the real worker: one at a time, with the patience they need. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
