import * as v from 'valibot'

import { PICTURE_MAX_BYTES, PICTURE_MAX_SIDE } from '#shared/limits'

/** SHA-256 of the final, masked, re-encoded bytes; lower-case hex. */
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256'))
export type Sha256 = v.InferOutput<typeof Sha256>

export const PictureType = v.picklist(['image/png', 'image/webp', 'image/jpeg'])
export type PictureType = v.InferOutput<typeof PictureType>

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000))
const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PICTURE_MAX_SIDE))

/** A masked picture that belongs to a note. Its bytes travel apart, by hash. */
export const Attachment = v.looseObject({
  sha256: Sha256,
  type: PictureType,
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PICTURE_MAX_BYTES)),
  width: side,
  height: side,
  /** Boxes drawn over fields and patterns. */
  covered: count,
  /** Frames, canvases and videos that could not be looked into and are covered whole. */
  uninspected: count,
  everythingCovered: v.boolean(),
})
export type Attachment = v.InferOutput<typeof Attachment>
