import { toKeyPart } from '#shared/text'

/** Equal but for its numbers: `Inbox (3)`, and also `Item 4` beside `Item 9`. */
const SAME_BUT_NUMBERS = 0.7

/** 1 for equal texts, whatever their case; less for texts that share pairs of characters. @see Dice (1945) */
export function likeness(one: string, other: string): number {
  const [left, right] = [one.trim().toLowerCase(), other.trim().toLowerCase()]
  if (left === right) return 1
  const [first, second] = [toKeyPart(left), toKeyPart(right)]
  if (first === second) return SAME_BUT_NUMBERS
  const pairs = pairsOf(first)
  const others = pairsOf(second)
  if (pairs.length + others.length === 0) return 0
  const unmatched = new Map<string, number>()
  for (const pair of pairs) unmatched.set(pair, (unmatched.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of others) {
    const count = unmatched.get(pair) ?? 0
    if (count === 0) continue
    shared += 1
    unmatched.set(pair, count - 1)
  }
  return (2 * shared) / (pairs.length + others.length)
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}
