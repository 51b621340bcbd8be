/** A token as 32 bits. */
export type TokenHash = number

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * How tokens of one workspace are written down where their words have no business to be. The same
 * token gives the same number in worker and browser, and another one in another workspace. It
 * keeps words out of sight and out of searches; who has the numbers and guesses a word can
 * still see whether it is among them.
 *
 * @see FNV-1a, and the finaliser of MurmurHash3: without it similar tokens get similar numbers
 */
export function tokenHasher(workspaceId: string): (token: string) => TokenHash {
  const seed = addToHash(FNV_OFFSET, `${workspaceId}|`)
  return (token) => {
    let hash = addToHash(seed, token)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) >>> 0
  }
}

function addToHash(hash: number, text: string): number {
  let value = hash
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME)
  return value
}
