import { uuidv7 } from '#shared/id'

/** An id that this browser makes, so that sending something twice does it once. */
export function newId(): string {
  return uuidv7(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length)))
}
