/** A masked picture of a portal page, drawn: bars for text, solid boxes where fields were. */
export interface DemoPicture {
  bytes: Uint8Array<ArrayBuffer>
  width: number
  height: number
  /** Solid boxes in it. */
  covered: number
}

const WIDTH = 960
const HEIGHT = 600
const PAPER = 0
const COLOURS: readonly (readonly [number, number, number])[] = [
  [255, 255, 255],
  [28, 58, 94],
  [216, 222, 229],
  [92, 105, 120],
  [47, 111, 179],
  [20, 24, 26],
  [240, 243, 246],
]
const [HEADER, LINE, TEXT, BUTTON, MASK, PANEL] = [1, 2, 3, 4, 5, 6]

/** @param seed whole; the same seed draws the same picture */
export async function drawPicture(seed: number): Promise<DemoPicture> {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(PAPER)
  const fill = (x: number, y: number, width: number, height: number, colour = PAPER) => {
    for (let row = y; row < Math.min(HEIGHT, y + height); row += 1) {
      pixels.fill(colour, row * WIDTH + x, row * WIDTH + Math.min(WIDTH, x + width))
    }
  }
  const next = randomFrom(seed)
  let covered = 0
  const cover = (x: number, y: number, width: number, height: number) => {
    fill(x, y, width, height, MASK)
    covered += 1
  }

  fill(0, 0, WIDTH, 56, HEADER)
  fill(32, 22, 150, 14, PAPER)
  cover(WIDTH - 190, 18, 150, 22)
  fill(32, 92, 220 + next(160), 22, TEXT)
  for (let line = 0; line < 2 + next(2); line += 1)
    fill(32, 132 + line * 22, 420 + next(300), 10, LINE)
  const fields = 2 + next(3)
  for (let field = 0; field < fields; field += 1) {
    const y = 214 + field * 62
    fill(32, y, 90 + next(90), 10, TEXT)
    cover(32, y + 18, 480 + next(120), 30)
  }
  fill(32, 214 + fields * 62 + 8, 140, 38, BUTTON)
  fill(700, 92, 228, 330, PANEL)
  for (let line = 0; line < 6; line += 1) fill(724, 120 + line * 44, 110 + next(80), 10, LINE)
  cover(724, 390, 150, 16)
  return { bytes: await encodePng(pixels), width: WIDTH, height: HEIGHT, covered }
}

/** A small generator (mulberry32) so that the demo looks the same everywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** PNG with a palette, 8 bits a pixel (ISO/IEC 15948 §11). */
async function encodePng(pixels: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const raw = new Uint8Array((WIDTH + 1) * HEIGHT)
  for (let row = 0; row < HEIGHT; row += 1) {
    raw.set(pixels.subarray(row * WIDTH, (row + 1) * WIDTH), row * (WIDTH + 1) + 1)
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, WIDTH)
  view.setUint32(4, HEIGHT)
  header.set([8, 3, 0, 0, 0], 8)
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(COLOURS.flat())),
    chunk('IDAT', await deflate(raw)),
    chunk('IEND', new Uint8Array()),
  ])
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Response(bytes).body?.pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const named = join([new TextEncoder().encode(type), data])
  return join([uint32(data.length), named, uint32(crc32(named))])
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
