/** A PNG of 24 × 16 with right checksums; each text gives another one. Nobody decodes its data here. */
export function pngOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...bytesOf('\x89PNG\r\n\x1a\n'),
    ...chunk('IHDR', [0, 0, 0, 24, 0, 0, 0, 16, 8, 2, 0, 0, 0]),
    ...chunk('IDAT', bytesOf(text)),
    ...chunk('IEND', []),
  ])
}

function bytesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}

function chunk(kind: string, body: number[]): number[] {
  const named = [...bytesOf(kind), ...body]
  return [...uint32(body.length), ...named, ...uint32(crc(named))]
}

function uint32(value: number): number[] {
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255)
}

/** CRC-32 of PNG §5.5, by its definition, bit by bit. */
function crc(bytes: number[]): number {
  let value = -1
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return ~value
}
