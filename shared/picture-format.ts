import type { PictureType } from '#shared/attachment'
import { PICTURE_MAX_PIXELS, PICTURE_MAX_SIDE } from '#shared/limits'

export interface PictureSize {
  type: PictureType
  width: number
  height: number
}

/**
 * What picture these bytes are, walked by structure and not decoded: magic bytes, every
 * chunk's length, sizes within bounds, and nothing after the end, where a second file could hide.
 *
 * @returns undefined when it is no whole PNG, WebP or JPEG of an allowed size
 * @see PNG (W3C, third edition) §5, RFC 9649 (WebP), ITU-T T.81 annex B (JPEG)
 */
export function readPicture(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = readPng(view) ?? readWebp(view) ?? readJpeg(view)
  return size !== undefined && isAllowed(size) ? size : undefined
}

function isAllowed({ width, height }: PictureSize): boolean {
  return (
    width > 0 &&
    height > 0 &&
    width <= PICTURE_MAX_SIDE &&
    height <= PICTURE_MAX_SIDE &&
    width * height <= PICTURE_MAX_PIXELS
  )
}

/**
 * Chunks that an encoder needs, with the most bytes that each may hold; text, time and profiles
 * could carry what was never meant to leave, and so could a colour chunk without a limit.
 */
const PNG_CHUNKS = new Map([
  ['IHDR', 13],
  ['PLTE', 768],
  ['tRNS', 256],
  ['sRGB', 1],
  ['gAMA', 4],
  ['cHRM', 32],
  ['sBIT', 4],
  ['pHYs', 9],
  ['IDAT', Number.POSITIVE_INFINITY],
  ['IEND', 0],
])

/** Bit depths that each colour type may have; W3C PNG §11.2.1, table 12. */
const PNG_DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

function readPng(view: DataView): PictureSize | undefined {
  if (view.byteLength < 57) return undefined
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined
  let at = 8
  let size: PictureSize | undefined
  let dataBytes = 0
  const seen = new Set<string>()
  while (at + 12 <= view.byteLength) {
    const length = view.getUint32(at)
    const kind = ascii(view, at + 4, 4)
    const next = at + 12 + length
    if (next > view.byteLength || length > (PNG_CHUNKS.get(kind) ?? -1)) return undefined
    if ((at === 8) !== (kind === 'IHDR') || (seen.has(kind) && kind !== 'IDAT')) return undefined
    if (view.getUint32(next - 4) !== crc32(view, at + 4, next - 4)) return undefined
    seen.add(kind)
    if (kind === 'IHDR') {
      size = pngSize(view, at + 8, length)
      if (size === undefined) return undefined
    }
    if (kind === 'IDAT') dataBytes += length
    if (kind === 'IEND') return dataBytes > 0 && next === view.byteLength ? size : undefined
    at = next
  }
  return undefined
}

function pngSize(view: DataView, body: number, length: number): PictureSize | undefined {
  if (length !== 13) return undefined
  const depths = PNG_DEPTHS[view.getUint8(body + 9)] ?? []
  const [compression, filter, interlace] = [10, 11, 12].map((offset) =>
    view.getUint8(body + offset),
  )
  if (!depths.includes(view.getUint8(body + 8))) return undefined
  if (compression !== 0 || filter !== 0 || (interlace ?? 2) > 1) return undefined
  return { type: 'image/png', width: view.getUint32(body), height: view.getUint32(body + 4) }
}

function readWebp(view: DataView): PictureSize | undefined {
  if (view.byteLength < 26 || ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP') {
    return undefined
  }
  if (view.getUint32(4, true) + 8 !== view.byteLength) return undefined
  let at = 12
  let canvas: PictureSize | undefined
  let image: PictureSize | undefined
  const kinds: string[] = []
  while (at + 8 <= view.byteLength) {
    const kind = ascii(view, at, 4)
    const length = view.getUint32(at + 4, true)
    const body = at + 8
    const next = body + length + (length % 2)
    if (next > view.byteLength) return undefined
    kinds.push(kind)
    if (kind === 'VP8X') canvas = webpCanvas(view, body, length)
    if (kind === 'ICCP' && !isColourProfile(view, body, length)) return undefined
    if (kind === 'VP8 ') image = webpSize(view, body, length)
    if (kind === 'VP8L') image = webpLosslessSize(view, body, length)
    at = next
  }
  if (at !== view.byteLength || !WEBP_LAYOUTS.has(kinds.join('+'))) return undefined
  // A decoder makes room for the canvas, so the canvas may be no larger than the one image on it.
  if (kinds[0] === 'VP8X' && (canvas?.width !== image?.width || canvas?.height !== image?.height)) {
    return undefined
  }
  return image
}

/** One still image; RFC 9649 §2.5–2.7. Animations, EXIF and XMP are no masked picture. */
const WEBP_LAYOUTS = new Set([
  'VP8 ',
  'VP8L',
  ...['VP8 ', 'VP8L', 'ALPH+VP8 '].flatMap((image) => [`VP8X+${image}`, `VP8X+ICCP+${image}`]),
])

function webpCanvas(view: DataView, body: number, length: number): PictureSize | undefined {
  if (length !== 10) return undefined
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000
  return { type: 'image/webp', width: uint24(body + 4) + 1, height: uint24(body + 7) + 1 }
}

/** A key frame and its start code; RFC 6386 §9.1. */
function webpSize(view: DataView, body: number, length: number): PictureSize | undefined {
  if (length < 10 || (view.getUint8(body) & 1) !== 0) return undefined
  if (view.getUint16(body + 3) !== 0x9d01 || view.getUint8(body + 5) !== 0x2a) return undefined
  return {
    type: 'image/webp',
    width: view.getUint16(body + 6, true) & 0x3fff,
    height: view.getUint16(body + 8, true) & 0x3fff,
  }
}

function webpLosslessSize(view: DataView, body: number, length: number): PictureSize | undefined {
  if (length < 5 || view.getUint8(body) !== 0x2f) return undefined
  const bits = view.getUint32(body + 1, true)
  if (bits >>> 29 !== 0) return undefined
  return { type: 'image/webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

const SOS = 0xda
const JFIF = 0xe0
const ICC = 0xe2
/** Frames that browsers write (baseline, extended, progressive), tables, restart interval. */
const SOF = new Set([0xc0, 0xc1, 0xc2])
const JPEG_TABLES = new Set([0xdb, 0xc4, 0xdd])

function readJpeg(view: DataView): PictureSize | undefined {
  if (view.byteLength < 20 || view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  let size: PictureSize | undefined
  let hasProfile = false
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    const length = view.getUint16(at + 2)
    const next = at + 2 + length
    if (length < 2 || next > view.byteLength) return undefined
    if (SOF.has(marker)) {
      if (size !== undefined) return undefined
      size = jpegSize(view, at + 4, length)
      if (size === undefined) return undefined
    } else if (marker === SOS) {
      const end = size === undefined ? undefined : scanEnd(view, next)
      if (end === undefined) return undefined
      if (view.getUint8(end + 1) === 0xd9) return end === view.byteLength - 2 ? size : undefined
      at = end
      continue
    } else if (marker === JFIF) {
      if (at !== 2 || !isPlainJfif(view, at + 4, length)) return undefined
    } else if (marker === ICC) {
      if (hasProfile || !isWholeProfile(view, at + 4, length)) return undefined
      hasProfile = true
      // Other APPn segments hold EXIF and thumbnails; comments hold anything.
    } else if (!JPEG_TABLES.has(marker)) return undefined
    at = next
  }
  return undefined
}

/** T.81 §B.2.2: precision, height, width, then three bytes a component. */
function jpegSize(view: DataView, body: number, length: number): PictureSize | undefined {
  if (length < 11 || length !== 8 + 3 * view.getUint8(body + 5)) return undefined
  return { type: 'image/jpeg', height: view.getUint16(body + 1), width: view.getUint16(body + 3) }
}

/** JFIF without a thumbnail, which could show what is masked. */
function isPlainJfif(view: DataView, body: number, length: number): boolean {
  return length === 16 && ascii(view, body, 5) === 'JFIF\0' && view.getUint16(body + 12) === 0
}

/** A colour profile in one piece; ICC.1:2022 annex B.4. */
function isWholeProfile(view: DataView, body: number, length: number): boolean {
  const head = 'ICC_PROFILE\0\u0001\u0001'
  return (
    length > 2 + head.length &&
    ascii(view, body, head.length) === head &&
    isColourProfile(view, body + head.length, length - 2 - head.length)
  )
}

/** Where entropy-coded data ends: the next marker that is neither a stuffed byte nor a restart. */
function scanEnd(view: DataView, from: number): number | undefined {
  for (let at = from; at + 1 < view.byteLength; at += 1) {
    if (view.getUint8(at) !== 0xff) continue
    const marker = view.getUint8(at + 1)
    if (marker !== 0 && !(marker >= 0xd0 && marker <= 0xd7)) return at
  }
  return undefined
}

/** Chromium writes a profile of some 500 bytes into every JPEG and WebP that it makes of a canvas. */
const PROFILE_MAX_BYTES = 4_096

/** Says how long it is and carries the signature of ICC.1:2022 §7.2. */
function isColourProfile(view: DataView, at: number, length: number): boolean {
  return (
    length >= 132 &&
    length <= PROFILE_MAX_BYTES &&
    view.getUint32(at) === length &&
    ascii(view, at + 36, 4) === 'acsp'
  )
}

function ascii(view: DataView, at: number, length: number): string {
  let text = ''
  for (let index = 0; index < length; index += 1)
    text += String.fromCharCode(view.getUint8(at + index))
  return text
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc32(view: DataView, from: number, to: number): number {
  let value = 0xffffffff
  for (let at = from; at < to; at += 1)
    value = (CRC_TABLE[(value ^ view.getUint8(at)) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
