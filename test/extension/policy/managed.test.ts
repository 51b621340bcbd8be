import { expect, test } from 'vitest'

import { browser } from '#imports'

import { findPolicy, watchPolicy } from '../../../extension/policy/managed'

test('the organisation’s policy is read once, and again after it changed, whoever hears of that first', async () => {
  const { managed } = browser.storage
  let reads = 0
  const get = managed.get.bind(managed)
  Object.assign(managed, {
    get: async () => {
      reads += 1
      return get()
    },
  })
  const heard: Promise<number | null>[] = []
  watchPolicy(() => heard.push(findPolicy().then(({ retentionDays }) => retentionDays)))

  await findPolicy()
  await findPolicy()
  expect(reads).toBe(1)

  await managed.set({ retentionDays: 3 })
  await managed.set({ retentionDays: 5 })

  expect((await findPolicy()).retentionDays).toBe(5)
  expect(await Promise.all(heard)).toEqual([3, 5])
})
