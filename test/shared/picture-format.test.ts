import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { PICTURE_MAX_SIDE } from '#shared/limits'
import { readPicture } from '#shared/picture-format'

/**
 * `plain` comes from ImageMagick, `canvas` from a canvas in Chromium, which adds a colour profile
 * to WebP and JPEG. All are 24 × 16.
 */
const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`pictures/${name}`, import.meta.url)))
const pictures = [
  { name: 'plain.png', type: 'image/png' },
  { name: 'plain.webp', type: 'image/webp' },
  { name: 'plain.jpg', type: 'image/jpeg' },
  { name: 'canvas.png', type: 'image/png' },
  { name: 'canvas.webp', type: 'image/webp' },
  { name: 'canvas.jpg', type: 'image/jpeg' },
].map((picture) => ({ ...picture, bytes: read(picture.name) }))

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const uint32 = (value: number) => Uint8Array.from([value >>> 24, value >>> 16, value >>> 8, value])
const littleEndian = (value: number) => uint32(value).toReversed()

function change(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const changed = bytes.slice()
  changed.set(values, at)
  return changed
}

/** Where these bytes lie in the picture. */
function find(bytes: Uint8Array, ...wanted: number[]): number {
  return Buffer.from(bytes).indexOf(Buffer.from(wanted))
}

/** CRC-32 of PNG §5.5, by its definition, bit by bit. */
function crc(bytes: Uint8Array): number {
  let value = -1
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return ~value
}

function pngChunk(kind: string, body: Uint8Array): Uint8Array {
  const named = join(bytesOf(kind), body)
  return join(uint32(body.length), named, uint32(crc(named)))
}

/** A PNG with a whole header, other chunks before its data, right checksums everywhere. */
function png({
  width = 24,
  height = 16,
  depth = 8,
  colour = 2,
  chunks = [] as Uint8Array[],
  data = bytesOf('data'),
} = {}) {
  return join(
    bytesOf('\x89PNG\r\n\x1a\n'),
    pngChunk(
      'IHDR',
      join(uint32(width), uint32(height), Uint8Array.from([depth, colour, 0, 0, 0])),
    ),
    ...chunks,
    pngChunk('IDAT', data),
    pngChunk('IEND', new Uint8Array()),
  )
}

function webp(...chunks: [string, Uint8Array][]): Uint8Array {
  const body = chunks.map(([kind, bytes]) =>
    join(bytesOf(kind), littleEndian(bytes.length), bytes, new Uint8Array(bytes.length % 2)),
  )
  const all = join(bytesOf('WEBP'), ...body)
  return join(bytesOf('RIFF'), littleEndian(all.length), all)
}

const jpeg = read('plain.jpg')
const vp8 = read('plain.webp').slice(20)
const scanOfJpeg = find(jpeg, 0xff, 0xda)

test.each(pictures)('$name is what its encoder says', ({ type, bytes }) => {
  expect(readPicture(bytes)).toEqual({ type, width: 24, height: 16 })
})

test('a picture is read where it lies in a larger buffer', () => {
  const inside = join(new Uint8Array(7), jpeg, new Uint8Array(7)).subarray(7, 7 + jpeg.length)

  expect(readPicture(inside)).toEqual({ type: 'image/jpeg', width: 24, height: 16 })
})

test('a made PNG, WebP and profile are taken, so that what is refused below is refused for its fault', () => {
  const profile = join(uint32(132), new Uint8Array(32), bytesOf('acsp'), new Uint8Array(92))
  const canvas = Uint8Array.from([0, 0, 0, 0, 23, 0, 0, 15, 0, 0])

  expect(readPicture(png())).toBeDefined()
  expect(readPicture(webp(['VP8 ', vp8]))).toBeDefined()
  expect(readPicture(webp(['VP8X', canvas], ['VP8 ', vp8]))).toBeDefined()
  expect(readPicture(webp(['VP8X', canvas], ['ICCP', profile], ['VP8 ', vp8]))).toBeDefined()
})

describe.each(pictures)('$name', ({ bytes }) => {
  test.each([
    ['a page', '<html><script>alert(1)</script>'],
    ['a zip, as a GIFAR has', 'PK\x03\x04'],
    ['a script', '<?php system($_GET[0]); ?>'],
    ['one byte', '\0'],
    ['another picture', String.fromCharCode(...bytes)],
  ])('with %s after its end is refused', (_what, tail) => {
    expect(readPicture(join(bytes, bytesOf(tail)))).toBeUndefined()
  })

  test('with anything before its start is refused', () => {
    expect(readPicture(join(bytesOf('GIF89a'), bytes))).toBeUndefined()
  })

  test('cut anywhere is refused', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(readPicture(bytes.subarray(0, length))).toBeUndefined()
    }
  })
})

test.each([
  ['nothing', ''],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['HTML', '<!doctype html><script>alert(1)</script>'],
  ['a GIF', 'GIF89a\x18\0\x10\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x18\0\x10\0\0\x02\x02D\x01\0;'],
  ['a PDF', '%PDF-1.7\n%%EOF'],
  [
    'a PNG’s signature and SVG',
    '\x89PNG\r\n\x1a\n<svg xmlns="http://www.w3.org/2000/svg"></svg>          ',
  ],
  [
    'a RIFF that is a WAV',
    'RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data',
  ],
])('%s is no picture', (_what, text) => {
  expect(readPicture(bytesOf(text))).toBeUndefined()
})

test.each([
  ['30,000 × 30,000', { width: 30_000, height: 30_000 }],
  ['one pixel too wide', { width: PICTURE_MAX_SIDE + 1, height: 1 }],
  ['over 40 million pixels', { width: 8_000, height: 5_001 }],
  ['no pixels', { width: 0, height: 16 }],
  ['a size that is negative to careless readers', { width: 0x80000018, height: 16 }],
  ['a depth that its colour has not', { depth: 16, colour: 3 }],
  ['a colour type that is none', { colour: 5 }],
  ['no data', { data: new Uint8Array() }],
  ['words', { chunks: [pngChunk('tEXt', bytesOf('Comment\0secret'))] }],
  ['EXIF', { chunks: [pngChunk('eXIf', bytesOf('MM\0*'))] }],
  ['an animation', { chunks: [pngChunk('acTL', new Uint8Array(8))] }],
  ['a second header', { chunks: [pngChunk('IHDR', new Uint8Array(13))] }],
  [
    'a page where its pixel size should be',
    { chunks: [pngChunk('pHYs', bytesOf('<script>alert(1)</script>'))] },
  ],
  ['a kind named like an object’s own', { chunks: [pngChunk('size', new Uint8Array(1))] }],
])('a PNG with %s is refused', (_what, parts) => {
  expect(readPicture(png(parts))).toBeUndefined()
})

test.each([
  ['EXIF', webp(['VP8 ', vp8], ['EXIF', bytesOf('MM\0*')])],
  ['two images', webp(['VP8 ', vp8], ['VP8 ', vp8])],
  ['no image', webp(['ALPH', new Uint8Array(40)])],
  ['a canvas of 16 million squared', webp(['VP8X', new Uint8Array(10).fill(255)], ['VP8 ', vp8])],
  [
    'a profile that is a page',
    webp(
      ['VP8X', Uint8Array.from([0, 0, 0, 0, 23, 0, 0, 15, 0, 0])],
      ['ICCP', bytesOf('<script>'.repeat(20))],
      ['VP8 ', vp8],
    ),
  ],
  ['an image that needs one before it', webp(['VP8 ', change(vp8, 0, (vp8[0] ?? 0) | 1)])],
  ['a chunk longer than the file', change(read('plain.webp'), 16, 255, 255, 255, 255)],
])('a WebP with %s is refused', (_what, bytes) => {
  expect(readPicture(bytes)).toBeUndefined()
})

const insertedAt = (at: number, marker: number, text: string) =>
  join(
    jpeg.slice(0, at),
    Uint8Array.from([0xff, marker, 0, text.length + 2]),
    bytesOf(text),
    jpeg.slice(at),
  )

test.each([
  ['EXIF', insertedAt(20, 0xe1, 'Exif\0\0secret')],
  ['a comment', insertedAt(20, 0xfe, '<?php system($_GET[0]); ?>')],
  ['a second profile head that is none', insertedAt(20, 0xe2, 'MPF\0secret')],
  ['a second JFIF head', insertedAt(20, 0xe0, 'JFXX\0secret')],
  [
    'a thumbnail',
    join(
      jpeg.slice(0, 2),
      bytesOf('\xff\xe0\0\x13JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01rgb'),
      jpeg.slice(20),
    ),
  ],
  ['an end in its middle and a tail', join(jpeg, bytesOf('\0\x0aa file'), jpeg.slice(scanOfJpeg))],
  ['a tail behind a second start', join(jpeg, jpeg)],
  [
    'a frame after its scan',
    join(
      jpeg.slice(0, -2),
      bytesOf('\xff\xc0\0\x0b\x08\x75\x30\x75\x30\x01\x01\x11\0'),
      jpeg.slice(scanOfJpeg),
    ),
  ],
  ['a frame cut short', join(jpeg.slice(0, 20), bytesOf('\xff\xc0\0\x02\xff\xd9'))],
  ['30,000 × 30,000', change(jpeg, find(jpeg, 0xff, 0xc0) + 5, 0x75, 0x30, 0x75, 0x30)],
  ['no frame', join(jpeg.slice(0, 20), jpeg.slice(scanOfJpeg))],
  ['only frames and no scan', join(jpeg.slice(0, scanOfJpeg), bytesOf('\xff\xd9'))],
])('a JPEG with %s is refused', (_what, bytes) => {
  expect(readPicture(bytes)).toBeUndefined()
})

test(
  '10,000 damaged pictures: none crashes, none is taken for more than it is',
  { timeout: 30_000 },
  () => {
    const damage = fc.oneof(
      fc.record({
        how: fc.constant('flip' as const),
        at: fc.nat(),
        value: fc.integer({ min: 1, max: 255 }),
      }),
      fc.record({ how: fc.constant('cut' as const), at: fc.nat(), value: fc.nat() }),
      fc.record({
        how: fc.constant('insert' as const),
        at: fc.nat(),
        value: fc.integer({ min: 0, max: 255 }),
      }),
      fc.record({ how: fc.constant('splice' as const), at: fc.nat(), value: fc.nat() }),
    )
    let taken = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...pictures),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        ({ bytes, type }, damages) => {
          let damaged = [...bytes]
          for (const { how, at, value } of damages) {
            const place = at % Math.max(1, damaged.length)
            if (how === 'flip') damaged[place] = (damaged[place] ?? 0) ^ value
            if (how === 'cut') damaged = damaged.slice(0, place)
            if (how === 'insert') damaged.splice(place, 0, value)
            if (how === 'splice') damaged.splice(place, 0, ...bytes.slice(0, value % bytes.length))
          }
          const same = Buffer.from(damaged).equals(Buffer.from(bytes))

          const found = readPicture(Uint8Array.from(damaged))

          if (found === undefined || same) return
          taken += 1
          // A PNG carries checksums; what survives elsewhere are changed pixels, not another file.
          expect(type).not.toBe('image/png')
          expect(found.type).toBe(type)
          expect(found.width * found.height).toBeLessThanOrEqual(40_000_000)
          if (type === 'image/webp') expect(damaged.length).toBe(bytes.length)
          if (type === 'image/jpeg') expect(damaged.slice(-2)).toEqual([0xff, 0xd9])
        },
      ),
      { numRuns: 10_000 },
    )
    console.log(`damaged pictures still read as pictures: ${taken} of 10000`)
  },
)
