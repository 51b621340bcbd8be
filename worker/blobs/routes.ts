import { Hono } from 'hono'
import * as v from 'valibot'

import { Sha256 } from '#shared/attachment'
import { readPicture } from '#shared/picture-format'

import type { AppEnv, DeviceSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { notFound, refuse } from '../doors/refusal'
import { pictureKey } from './key'
import { findExpectedPicture, setPictureState } from './queries'

/** /v1/blobs */
export const blobs = new Hono<AppEnv<DeviceSubject>>()

  .put('/:sha256', allow('picture.put'), async (c) => {
    const sha256 = v.safeParse(Sha256, c.req.param('sha256'))
    if (!sha256.success) return notFound(c)
    const { workspaceId, personId } = c.var.subject
    // Read first: between the question whether a note wants it and the answer lies no slow upload.
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const expected = await findExpectedPicture(c.var.db, workspaceId, personId, sha256.output)
    if (expected === undefined) return notFound(c)
    if ((expected.locked_until ?? 0) >= c.var.platform.now()) {
      c.header('Retry-After', '5')
      return refuse(c, 503, 'busy', 'That picture is being taken back. Try again.')
    }
    // Damaged on the way is not the walker's fault: they try again.
    if ((await hexSha256(bytes)) !== sha256.output)
      return refuse(c, 422, 'other-hash', 'The picture was damaged on the way.')
    const picture = readPicture(bytes)
    if (picture?.type !== expected.type || bytes.byteLength !== expected.bytes) {
      await writeAll(c.env.DB, [setPictureState(c.var.db, workspaceId, sha256.output, 'refused')])
      return refuse(c, 415, 'not-a-picture', 'That is not the picture that the note announced.')
    }
    const put = await c.env.BLOBS.put(pictureKey(workspaceId, sha256.output), bytes, {
      sha256: sha256.output,
      onlyIf: { etagDoesNotMatch: '*' },
      httpMetadata: { contentType: picture.type },
    })
    await writeAll(c.env.DB, [setPictureState(c.var.db, workspaceId, sha256.output, 'stored')])
    return c.json({ state: put === null ? 'exists' : 'stored' })
  })

async function hexSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
