import { env } from 'cloudflare:workers'
import { beforeEach, test } from 'vitest'

import { D1_CONTRACT, prepareContract } from '../../sim/d1-contract'

beforeEach(() => prepareContract(env.DB))

test.each(Object.entries(D1_CONTRACT))('the real D1: %s', async (_what, expectOf) => {
  await expectOf(env.DB)
})
