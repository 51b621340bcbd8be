import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { findOrphans } from '../../../worker/blobs/orphans'
import { openDatabase } from '../../../worker/database/open'
import { rows } from '../sync/support'
import { newWorkspace } from '../support/workspace'

const hashOf = (sign: string) => sign.repeat(64)

async function newBucket() {
  const { id } = await newWorkspace()
  return {
    id,
    put: async (sign: string) => env.BLOBS.put(`o/${id}/${hashOf(sign)}`, 'a picture'),
    restore: async (epoch: number) =>
      env.DB.prepare('UPDATE workspace SET epoch = ? WHERE id = ?').bind(epoch, id).run(),
    unwanted: async () =>
      (
        await rows<{ sha256: string }>(
          'SELECT sha256 FROM unwanted_picture WHERE workspace_id = ? ORDER BY sha256',
          id,
        )
      ).map(({ sha256 }) => sha256[0]),
  }
}

/** As the sweep does, two keys at a time. */
async function look(): Promise<void> {
  const blobs = {
    list: async (options?: R2ListOptions) => env.BLOBS.list({ ...options, limit: 2 }),
  } as Pick<R2Bucket, 'list'>
  await findOrphans({ d1: env.DB, db: openDatabase(env.DB), blobs }, Date.now())
}

test('after a restore the bucket is looked through from its first key to its last, once', async () => {
  const { put, restore, unwanted } = await newBucket()
  for (const sign of ['a', 'b', 'c']) await put(sign)
  await restore(2)

  await look()
  expect(await unwanted()).toEqual(['a', 'b'])
  await look()
  await put('d')
  await look()

  expect(await unwanted()).toEqual(['a', 'b', 'c'])
})

test('a restore while it is being looked through has it looked through from the start', async () => {
  const { put, restore, unwanted } = await newBucket()
  for (const sign of ['b', 'c', 'd']) await put(sign)
  await restore(2)
  await look()
  await put('a')

  await restore(3)
  await look()
  await look()

  expect(await unwanted()).toEqual(['a', 'b', 'c', 'd'])
})
