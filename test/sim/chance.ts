/** Chance with a seed: the same numbers every time, on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, end). */
  below(end: number): number
  hit(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** A stream of its own, so that asking this one more often changes nothing there. */
  fork(): Chance
}

/**
 * sfc32, which passes PractRand and is a few shifts and adds.
 *
 * @see https://pracrand.sourceforge.net (C. Doty-Humphrey)
 */
export function chanceOf(seed: number): Chance {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = Math.floor(seed / 2 ** 32) + 1

  function word(): number {
    const result = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let round = 0; round < 15; round += 1) word()

  const chance: Chance = {
    next: () => word() / 2 ** 32,
    below: (end) => Math.floor((word() / 2 ** 32) * end),
    hit: (probability) => word() / 2 ** 32 < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[chance.below(items.length)] as (typeof items)[number]
    },
    bytes: (length) => Uint8Array.from({ length }, () => word() & 255),
    fork: () => chanceOf(word() * 2 ** 20 + (word() >>> 12)),
  }
  return chance
}
