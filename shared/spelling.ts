/** Small words that people put before the name of a thing, or leave out. */
const ARTICLES = /\b(?:an?|the|for|to|my|your)\b/g

/** As much of a text as is compared, in letters. */
const MAX_LETTERS = 120

/**
 * How far apart two texts are by their letters and digits, as a share of the longer one: 0 for the
 * same, 1 for nothing in common. A letter more, less, other or swapped with its neighbour is one
 * step; case, marks, blanks and small words count for nothing.
 *
 * @see Optimal string alignment, of Damerau (1964)
 */
export function spellingDistance(one: string, other: string): number {
  const [from, to] = [lettersOf(one), lettersOf(other)]
  const longest = Math.max(from.length, to.length)
  return longest === 0 ? 0 : stepsBetween(from, to) / longest
}

function lettersOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase()
  const letters = folded.replace(ARTICLES, ' ').match(/[\p{L}\p{N}]/gu)
  return (letters ?? folded.match(/[\p{L}\p{N}]/gu) ?? []).slice(0, MAX_LETTERS)
}

function stepsBetween(from: readonly string[], to: readonly string[]): number {
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [row, letter] of from.entries()) {
    const next = [row + 1]
    for (const [column, other] of to.entries()) {
      const isSwapped = letter === to[column - 1] && other === from[row - 1]
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (last[column + 1] ?? 0) + 1,
          (last[column] ?? 0) + (letter === other ? 0 : 1),
          isSwapped ? (before[column - 1] ?? 0) + 1 : Infinity,
        ),
      )
    }
    before = last
    last = next
  }
  return last.at(-1) ?? 0
}
