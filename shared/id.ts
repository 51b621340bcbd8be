import * as v from 'valibot'

/** A UUIDv7 in lower case (RFC 9562 §5.7), made by whoever creates the row. */
export const Id = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'not a UUIDv7'),
)
export type Id = v.InferOutput<typeof Id>

/** Fills a fresh array of `length` bytes from a cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array

/**
 * A new UUIDv7: 48 bits of time, 74 bits of chance. Ids made on one device sort by
 * creation; nothing else may be read from their order, because clocks lie.
 *
 * @param now Unix ms; clamped to what 48 bits can hold
 * @see RFC 9562 §5.7
 */
export function uuidv7(now: number, randomBytes: RandomBytes): Id {
  const bytes = randomBytes(16)
  let time = Math.min(Math.max(0, Math.floor(now)), 2 ** 48 - 1)
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The time that an id was made with, Unix ms. */
export function timeOfId(id: Id): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
