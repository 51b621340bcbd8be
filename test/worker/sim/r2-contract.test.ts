import { env } from 'cloudflare:workers'
import { beforeEach, test } from 'vitest'

import { R2_CONTRACT } from '../../sim/r2-contract'

beforeEach(async () => {
  const { objects } = await env.BLOBS.list()
  await env.BLOBS.delete(objects.map(({ key }) => key))
})

test.each(Object.entries(R2_CONTRACT))('the real R2: %s', async (_what, expectOf) => {
  await expectOf(env.BLOBS)
})
