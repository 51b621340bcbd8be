import { test } from 'vitest'

import { R2_CONTRACT } from './r2-contract'
import { openR2Twin } from './r2-twin'

test.each(Object.entries(R2_CONTRACT))('the twin of R2: %s', async (_what, expectOf) => {
  await expectOf(openR2Twin().r2)
})
