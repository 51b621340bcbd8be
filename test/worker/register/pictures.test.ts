import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newNote, noteOp } from '../../support/ops'
import { pngOf } from '../blobs/png'
import { ownPage, send } from '../support/browser'
import { attachmentOf, newSender, push, putPicture } from '../sync/support'
import { newMember, newWorkspace } from '../support/workspace'

/** A note with a picture in its place, sent and stored. */
async function newPicture(text: string) {
  const workspace = await newWorkspace()
  const device = await newSender({ workspace })
  const bytes = pngOf(text)
  const attachment = await attachmentOf(bytes)
  await push(device, [noteOp(1, newNote({ attachments: [attachment] }))])
  const path = `/app/pictures/${attachment.sha256}`
  const put = async () => {
    const response = await putPicture(device, attachment.sha256, bytes)
    if (!response.ok) throw new Error(`not stored: ${response.status}`)
  }
  return { workspace, device, bytes, path, sha256: attachment.sha256, put }
}

test('a picture comes as its bytes, boxed in by its headers, and the view is logged', async () => {
  const { workspace, bytes, path, sha256, put } = await newPicture('one')
  await put()

  const response = await workspace.owner.browser.send(path)

  expect(response.status).toBe(200)
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(bytes.length),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'content-disposition': `inline; filename="${sha256.slice(0, 12)}.png"`,
  })
  const { entries } = await workspace.owner.client.listAudit()
  expect(entries[0]).toMatchObject({
    what: 'picture.viewed',
    actor: workspace.owner.id,
    detail: { sha256 },
  })
})

test('the entry names its picture, pending until its bytes are there', async () => {
  const { workspace, put, sha256 } = await newPicture('two')
  const { client } = workspace.owner

  expect((await client.getEntry(1)).evidence.notes[0]?.pictures).toMatchObject([
    { sha256, state: 'pending' },
  ])
  await put()
  expect((await client.getEntry(1)).evidence.notes[0]?.pictures).toMatchObject([
    { sha256, state: 'stored' },
  ])
})

test('no picture, not yet, no hash and somebody else’s answer byte for byte alike, and log no view', async () => {
  const theirs = await newPicture('three')
  await theirs.put()
  const mine = await newPicture('four')

  const paths = [
    theirs.path,
    mine.path,
    `/app/pictures/${'0'.repeat(64)}`,
    '/app/pictures/..%2f..%2fo',
    '/app/pictures/x',
  ]
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await mine.workspace.owner.browser.send(path)
      return [
        response.status,
        await response.text(),
        [...response.headers].filter(([name]) => name !== 'x-request-id').toString(),
      ]
    }),
  )

  expect(answers[0]?.[0]).toBe(404)
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const { entries } = await mine.workspace.owner.client.listAudit()
  expect(entries.filter(({ what }) => what === 'picture.viewed')).toEqual([])
})

test('the same bytes in two workspaces are two pictures; one without a note shows none', async () => {
  const theirs = await newPicture('same')
  await theirs.put()
  const mine = await newWorkspace()
  await env.BLOBS.put(`o/${mine.id}/${theirs.sha256}`, theirs.bytes)

  expect((await mine.owner.browser.send(theirs.path)).status).toBe(404)
})

test('neither the session of another leader nor a device nor nobody sees a picture', async () => {
  const { workspace, device, path, put } = await newPicture('five')
  await put()
  const leader = await newMember(workspace, 'walker')

  // Their own they do see: test/worker/walk/story.test.ts.
  expect((await leader.browser.send(path)).status).toBe(404)
  expect((await send(path, { headers: { Authorization: `Bearer ${device.token}` } })).status).toBe(
    401,
  )
  expect((await send(path, ownPage())).status).toBe(401)
})

test('a page full of pictures opens at once, and each view is a row of the log', async () => {
  const { workspace, path, put } = await newPicture('six')
  await put()

  const statuses = await Promise.all(
    Array.from({ length: 12 }, async () => (await workspace.owner.browser.send(path)).status),
  )

  expect(new Set(statuses)).toEqual(new Set([200]))
  const { entries } = await workspace.owner.client.listAudit()
  expect(entries.filter(({ what }) => what === 'picture.viewed')).toHaveLength(12)
  expect((await workspace.owner.client.checkAudit()).brokenAt).toBeNull()
})
