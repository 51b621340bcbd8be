import type { Page } from 'playwright-core'

import type { KeptNote, KeptPicture, KeptWalk, QueuedOp } from '../../../extension/storage/database'
import { waitFor } from '../../support/wait-for'

/** What is on the disk of one browser, without the bytes of its pictures. */
export interface Device {
  notes: KeptNote[]
  outbox: QueuedOp[]
  pictures: Pick<KeptPicture, 'sha256' | 'state'>[]
  walks: KeptWalk[]
  steps: { walkId: string; step: { seq: number; kind: string } }[]
}

/** Reads the extension's own database, from any of its pages. */
export async function readDevice(panel: Page): Promise<Device> {
  return panel.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('wince')
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
    })
    const transaction = database.transaction([...database.objectStoreNames])
    const all = (name: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const request = transaction.objectStore(name).getAll()
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('not read')))
      })
    const [notes, outbox, pictures, walks, steps] = await Promise.all(
      ['note', 'outbox', 'picture', 'walk', 'step'].map(all),
    )
    database.close()
    const bare = (pictures as KeptPicture[]).map(({ sha256, state }) => ({ sha256, state }))
    return { notes, outbox, pictures: bare, walks, steps } as Device
  })
}

/** Nothing waits any more: every op is settled, every picture that may go has gone. */
export async function waitUntilDrained(panel: Page, patienceMs = 60_000): Promise<Device> {
  return waitFor(
    async () => {
      const device = await readDevice(panel)
      const waits =
        device.outbox.some(({ state }) => state === 'waiting') ||
        device.pictures.some(({ state }) => state === 'pending')
      return waits ? undefined : device
    },
    'the outbox to drain',
    patienceMs,
  )
}
