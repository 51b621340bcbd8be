import type { Attachment, PictureType } from '#shared/attachment'
import { PICTURE_MAX_BYTES } from '#shared/limits'

import { type Drawing, paint } from './paint'
import { type PicturePlan, fitsViewport } from './plan'
import { toPlainWebp } from './webp'

export interface CapturedPicture {
  blob: Blob
  attachment: Attachment
}

/** What an attachment says of its covers. */
export type CoverCounts = Pick<Attachment, 'covered' | 'uninspected' | 'everythingCovered'>

const TRIES: { type: PictureType; quality: number; scale: number }[] = [
  { type: 'image/webp', quality: 0.85, scale: 1 },
  { type: 'image/webp', quality: 0.6, scale: 1 },
  { type: 'image/webp', quality: 0.5, scale: 0.5 },
]

/**
 * Draws a picture as it was planned, its boxes burned in.
 *
 * @throws Error when the browser cannot encode a picture small enough
 */
export function drawPicture(bitmap: ImageBitmap, plan: PicturePlan): Promise<CapturedPicture> {
  const { covered, uninspected, viewport, covers } = plan
  const everythingCovered = plan.everythingCovered || !fitsViewport(bitmap, plan)
  const ink = covers.flatMap(({ boxes }) => boxes)
  const shown = everythingCovered ? [] : null
  return burnPicture(
    bitmap,
    { space: viewport, ink, shown, crop: null },
    { covered, uninspected, everythingCovered },
  )
}

/**
 * Paints on a fresh canvas and encodes that: nothing of the first picture but visible pixels
 * goes over, no comments, no profile, no hidden rest.
 *
 * @throws Error when the browser cannot encode a picture small enough
 */
export async function burnPicture(
  bitmap: ImageBitmap,
  drawing: Drawing,
  counts: CoverCounts,
): Promise<CapturedPicture> {
  for (const { type, quality, scale } of TRIES) {
    const canvas = new OffscreenCanvas(1, 1)
    paint(canvas, bitmap, drawing, scale)
    const raw = await canvas.convertToBlob({ type, quality })
    const encoded = readType(raw.type)
    const bytes = toPlainWebp(new Uint8Array(await raw.arrayBuffer()))
    if (!encoded || bytes.length > PICTURE_MAX_BYTES) continue
    const blob = new Blob([bytes], { type: encoded })
    return {
      blob,
      attachment: {
        ...counts,
        sha256: await sha256Of(bytes),
        type: encoded,
        bytes: bytes.length,
        width: canvas.width,
        height: canvas.height,
      },
    }
  }
  throw new Error('no picture that is small enough')
}

/** A browser that cannot encode WebP answers with PNG; anything else is not ours. */
function readType(type: string): PictureType | undefined {
  return type === 'image/webp' || type === 'image/png' ? type : undefined
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
