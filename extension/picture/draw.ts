import type { Attachment, PictureType } from '#shared/attachment'
import { PICTURE_MAX_BYTES } from '#shared/limits'

import { type PicturePlan, fitsViewport } from './plan'
import { toPlainWebp } from './webp'

export interface CapturedPicture {
  blob: Blob
  attachment: Attachment
}

/** `--mask` of the design: the same ink in light and dark, so that a box is known for a box. */
const MASK_COLOUR = '#14181A'
const LONGEST_SIDE = 1_600
const TRIES: { type: PictureType; quality: number; scale: number }[] = [
  { type: 'image/webp', quality: 0.85, scale: 1 },
  { type: 'image/webp', quality: 0.6, scale: 1 },
  { type: 'image/webp', quality: 0.5, scale: 0.5 },
]

/**
 * Draws a picture with its boxes burned in, solid, on a fresh canvas, and encodes that: nothing
 * of the first picture but visible pixels goes over, no comments, no profile, no hidden rest.
 * The boxes are drawn last and in the final size, so their edges are whole pixels.
 *
 * @throws Error when the browser cannot encode a picture small enough
 */
export async function drawPicture(
  bitmap: ImageBitmap,
  plan: PicturePlan,
): Promise<CapturedPicture> {
  const isCovered = plan.everythingCovered || !fitsViewport(bitmap, plan)
  for (const { type, quality, scale } of TRIES) {
    const canvas = drawMasked(bitmap, { ...plan, everythingCovered: isCovered }, scale)
    const raw = await canvas.convertToBlob({ type, quality })
    const encoded = readType(raw.type)
    const bytes = toPlainWebp(new Uint8Array(await raw.arrayBuffer()))
    if (!encoded || bytes.length > PICTURE_MAX_BYTES) continue
    const blob = new Blob([bytes], { type: encoded })
    return {
      blob,
      attachment: {
        sha256: await sha256Of(bytes),
        type: encoded,
        bytes: bytes.length,
        width: canvas.width,
        height: canvas.height,
        covered: plan.covered,
        uninspected: plan.uninspected,
        everythingCovered: isCovered,
      },
    }
  }
  throw new Error('no picture that is small enough')
}

function drawMasked(bitmap: ImageBitmap, plan: PicturePlan, extraScale: number): OffscreenCanvas {
  const scale = extraScale * Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no canvas to draw on')
  context.fillStyle = MASK_COLOUR
  if (plan.everythingCovered) {
    context.fillRect(0, 0, width, height)
    return canvas
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  const across = width / plan.viewport.width
  const down = height / plan.viewport.height
  for (const [x, y, wide, high] of plan.boxes) {
    const left = Math.floor(x * across)
    const top = Math.floor(y * down)
    context.fillRect(
      left,
      top,
      Math.ceil((x + wide) * across) - left,
      Math.ceil((y + high) * down) - top,
    )
  }
  return canvas
}

/** A browser that cannot encode WebP answers with PNG; anything else is not ours. */
function readType(type: string): PictureType | undefined {
  return type === 'image/webp' || type === 'image/png' ? type : undefined
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
