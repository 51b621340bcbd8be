const MAX_GRAMS = 256
const SIZES = [3, 4, 5]
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
  for (let start = 0; start < characters.length; start += 1) {
    for (const size of SIZES) {
      if (start + size > characters.length || grams.size >= MAX_GRAMS) continue
      const gram = characters.slice(start, start + size).join('')
      if (!/^. | .$/u.test(gram) || size === 3) grams.add(hash(gram))
    }
  }
  return [...grams]
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
