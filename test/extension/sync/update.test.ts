import { beforeEach, expect, test } from 'vitest'

import { createUpdater } from '../../../extension/sync/update'

let reloads = 0
let busy: () => Promise<boolean>
beforeEach(() => {
  reloads = 0
  busy = async () => false
})
const updater = () => createUpdater({ isBusy: () => busy(), reload: () => (reloads += 1) })

test('an update is taken at once when nobody writes and no walk goes on', async () => {
  await updater().offer()

  expect(reloads).toBe(1)
})

test('an update that comes in the middle of a note waits until the panel is closed', async () => {
  busy = async () => true
  const { offer, tryNow } = updater()

  await offer()
  await tryNow()
  expect(reloads).toBe(0)

  busy = async () => false
  await tryNow()
  await tryNow()
  expect(reloads).toBe(1)
})

test('without an update nothing is reloaded, and a doubt means not now', async () => {
  await updater().tryNow()
  busy = () => Promise.reject(new Error('who knows'))
  await updater().offer()

  expect(reloads).toBe(0)
})
