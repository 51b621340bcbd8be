import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

const root = new URL('..', import.meta.url).pathname

/** Measurements, which nobody runs in passing: they print figures and fail only when the work fails. */
export default defineConfig({
  root,
  plugins: [WxtVitest({ root: `${root}extension` })],
  test: {
    name: 'bench',
    include: ['test/bench/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 180_000,
  },
})
