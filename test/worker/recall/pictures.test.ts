import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { pictureSweep, sweepUnwanted } from '../../../worker/blobs/sweep'
import { openDatabase } from '../../../worker/database/open'
import { newNote, noteOp, recallOp } from '../../support/ops'
import { pngOf } from '../blobs/png'
import { attachmentOf, count, newSender, push, putPicture, rows } from '../sync/support'

const HOUR = 3_600_000
let made = 0

async function sendPicture() {
  const device = await newSender()
  const bytes = pngOf(`picture ${(made += 1)}`)
  const attachment = await attachmentOf(bytes)
  const told = newNote({ attachments: [attachment] })
  await push(device, [noteOp(1, told)])
  await putPicture(device, attachment.sha256, bytes)
  const key = `o/${device.workspace.id}/${attachment.sha256}`
  return { device, bytes, attachment, told, key, sha256: attachment.sha256 }
}

const sweep = (workspaceId: string, at: number, blobs: Pick<R2Bucket, 'delete'> = env.BLOBS) =>
  sweepUnwanted({ d1: env.DB, db: openDatabase(env.DB), blobs, now: () => at }, workspaceId)
const unwanted = (sha256: string) =>
  rows('SELECT deleted, locked_until FROM unwanted_picture WHERE sha256 = ?', sha256)
const broken = (): never => {
  throw new Error('R2 is away')
}

test('a picture that another note shows stays, until that one is recalled too', async () => {
  const { device, attachment, told, key } = await sendPicture()
  const other = newNote({ attachments: [attachment] })
  await push(device, [noteOp(2, other), recallOp(3, told.id)])
  expect(await env.BLOBS.head(key)).not.toBeNull()

  await push(device, [recallOp(4, other.id)])

  expect(await env.BLOBS.head(key)).toBeNull()
})

test('R2 away, or killed before it was asked: the recall holds, and cron deletes the bytes', async () => {
  const { device, told, key, sha256 } = await sendPicture()
  const blobs = { ...env.BLOBS, delete: broken } as unknown as R2Bucket

  expect(await push(device, [recallOp(2, told.id)], { BLOBS: blobs })).toMatchObject([
    { status: 'applied' },
  ])
  expect(await env.BLOBS.head(key)).not.toBeNull()
  // The lock of the sweep that failed has lapsed by then.
  await pictureSweep.run(env, Date.now() + 2 * 60_000)

  expect(await env.BLOBS.head(key)).toBeNull()
  expect(await unwanted(sha256)).toEqual([{ deleted: 1, locked_until: 0 }])
})

test('bytes of an upload that was under way are deleted an hour later, and then it is over', async () => {
  const { device, bytes, told, key, sha256 } = await sendPicture()
  await push(device, [recallOp(2, told.id)])
  await env.BLOBS.put(key, bytes)

  await sweep(device.workspace.id, Date.now() + HOUR / 2)
  expect(await env.BLOBS.head(key)).not.toBeNull()
  await sweep(device.workspace.id, Date.now() + HOUR + 1_000)

  expect(await env.BLOBS.head(key)).toBeNull()
  expect(await unwanted(sha256)).toEqual([])
})

test('while bytes are being deleted nobody may put them; afterwards a new note’s arrive', async () => {
  const { device, bytes, attachment, told, key, sha256 } = await sendPicture()
  let during: Response | undefined
  const blobs: Pick<R2Bucket, 'delete'> = {
    delete: async (keys: string | string[]) => {
      await push(device, [noteOp(3, newNote({ attachments: [attachment] }))])
      during = await putPicture(device, sha256, bytes)
      await env.BLOBS.delete(keys)
    },
  }

  await push(device, [recallOp(2, told.id)], { BLOBS: blobs as R2Bucket })

  expect(during?.status).toBe(503)
  expect(during?.headers.get('Retry-After')).toBe('5')
  expect((await putPicture(device, sha256, bytes)).status).toBe(200)
  await sweep(device.workspace.id, Date.now() + 2 * HOUR)
  expect(await env.BLOBS.head(key)).not.toBeNull()
  expect(await count("attachment WHERE sha256 = ? AND state = 'stored'", sha256)).toBe(1)
})

test('a picture of a note that a restore lost goes after an hour; one that a note shows stays', async () => {
  const lost = await sendPicture()
  const { device } = lost
  const kept = pngOf('kept')
  const attachment = await attachmentOf(kept)
  await push(device, [noteOp(2, newNote({ attachments: [attachment] }))])
  await putPicture(device, attachment.sha256, kept)
  const restoredAt = Date.now()
  await env.DB.batch([
    env.DB.prepare('DELETE FROM attachment WHERE note_id = ?').bind(lost.told.id),
    env.DB.prepare('UPDATE workspace SET epoch = epoch + 1 WHERE id = ?').bind(device.workspace.id),
  ])

  await pictureSweep.run(env, restoredAt + 1)
  expect(await env.BLOBS.head(lost.key)).not.toBeNull()
  await pictureSweep.run(env, restoredAt + HOUR + 2)

  expect(await env.BLOBS.head(lost.key)).toBeNull()
  expect(await env.BLOBS.head(`o/${device.workspace.id}/${attachment.sha256}`)).not.toBeNull()
})

test('a picture whose note comes back within the hour stays', async () => {
  const { device, told, attachment, key } = await sendPicture()
  const restoredAt = Date.now()
  await env.DB.batch([
    env.DB.prepare('DELETE FROM attachment WHERE note_id = ?').bind(told.id),
    env.DB.prepare('UPDATE workspace SET epoch = epoch + 1 WHERE id = ?').bind(device.workspace.id),
  ])
  await pictureSweep.run(env, restoredAt + 1)
  const again = { ...device, epoch: 2 }
  await push(again, [noteOp(9, newNote({ attachments: [attachment] }))])

  await pictureSweep.run(env, restoredAt + HOUR + 2)

  expect(await env.BLOBS.head(key)).not.toBeNull()
})
