import { Hono } from 'hono'

import type { PictureType } from '#shared/attachment'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { allow } from '../doors/allow'
import { can } from '../doors/can'
import { notFound } from '../doors/refusal'
import { pictureKey } from '../blobs/key'
import { findPictureType } from './queries'

const ENDINGS: Record<PictureType, string> = {
  'image/png': 'png',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
}

/** GET /app/pictures/:sha256: a masked picture, streamed to who may see it; every view is logged. */
export const pictures = new Hono<AppEnv<SessionSubject>>().get(
  '/:sha256',
  allow('picture.read'),
  async (c) => {
    const { workspaceId, personId } = c.var.subject
    const sha256 = c.req.param('sha256')
    const seesAll = can(c.var.subject, 'picture.read', { workspaceId, personId: '' })
    const type = /^[0-9a-f]{64}$/.test(sha256)
      ? await findPictureType(c.var.db, workspaceId, sha256, seesAll ? null : personId)
      : undefined
    const picture = type && (await c.env.BLOBS.get(pictureKey(workspaceId, sha256)))
    if (!type || !picture) return notFound(c)
    await writeAudited(c.env.DB, c.var.db, {
      workspaceId,
      actor: personId,
      what: 'picture.viewed',
      detail: { sha256 },
      at: Date.now(),
    })
    return c.body(picture.body, 200, {
      'Content-Type': type,
      'Content-Length': String(picture.size),
      'Content-Disposition': `inline; filename="${sha256.slice(0, 12)}.${ENDINGS[type]}"`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
    })
  },
)
