const MAX_GRAMS = 256
const SHORTEST = 3
const LONGEST = 5
const MAX_CHARACTERS = 600

/**
 * Character 3- to 5-grams of a text as 32-bit hashes, each once. They see through spelling,
 * endings and scripts that put no spaces between words.
 */
export function gramsOf(text: string): number[] {
  const folded = text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/\p{Nd}+/gu, '#')
    .replace(/[^\p{L}\p{M}\p{Extended_Pictographic}#]+/gu, ' ')
    .trim()
  const characters = [...` ${folded} `]
  const grams = new Set<number>()
  for (let start = 0; start < characters.length && grams.size < MAX_GRAMS; start += 1) {
    let hash = FNV_OFFSET
    for (let length = 1; length <= LONGEST; length += 1) {
      const character = characters[start + length - 1]
      if (character === undefined || grams.size >= MAX_GRAMS) break
      hash = addToHash(hash, character)
      if (length < SHORTEST) continue
      // A lone character at either end says no more than the gram without it.
      const lone = characters[start + 1] === ' ' || characters[start + length - 2] === ' '
      if (!lone || length === SHORTEST) grams.add(hash >>> 0)
    }
  }
  return [...grams]
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a over UTF-16 units. */
function addToHash(hash: number, text: string): number {
  let value = hash
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME)
  return value
}
