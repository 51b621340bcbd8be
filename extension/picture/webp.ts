const FILE_HEADER = 12
const CHUNK_HEADER = 8

/**
 * The same WebP picture with its pixels alone: browsers add a colour profile, and what else they
 * may add one day is nothing to send. Bytes of another shape come back as they are.
 *
 * @see WebP Container Specification, "Simple File Format"
 */
export function toPlainWebp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (nameAt(bytes, 0) !== 'RIFF' || nameAt(bytes, 8) !== 'WEBP') return bytes
  for (let at = FILE_HEADER; at + CHUNK_HEADER <= bytes.length;) {
    const size = view.getUint32(at + 4, true)
    // Chunks end on even bytes.
    const next = at + CHUNK_HEADER + size + (size % 2)
    const name = nameAt(bytes, at)
    if (name === 'ALPH' || name === 'ANIM') return bytes
    if (name === 'VP8 ' || name === 'VP8L')
      return next <= bytes.length ? wrap(bytes.slice(at, next)) : bytes
    at = next
  }
  return bytes
}

function wrap(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(FILE_HEADER + chunk.length)
  file.set(new TextEncoder().encode('RIFF'), 0)
  new DataView(file.buffer).setUint32(4, chunk.length + 4, true)
  file.set(new TextEncoder().encode('WEBP'), 8)
  file.set(chunk, FILE_HEADER)
  return file
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
