import { beforeAll, expect, test, vi } from 'vitest'

import { root } from '../../scripts/tools.mjs'
import { MUTANTS } from './mutants'
import { runOnTwins } from './run'

/** A bug that lives longer is a hole in the simulator. */
const MOST = 500

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

/** The first schedule that finds it. */
async function killedAt(name: string): Promise<number | undefined> {
  for (let seed = 1; seed <= MOST; seed += 1) {
    const { bad } = await runOnTwins(root, seed, MUTANTS[name])
    if (bad.length > 0) return seed
  }
  return undefined
}

test.each(Object.keys(MUTANTS))('a device or server that %s is found', async (name) => {
  const seed = await killedAt(name)

  console.info(`${name}: schedule ${seed}`)
  expect(seed, 'it survived').toBeDefined()
})
