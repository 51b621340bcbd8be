/** Chance that can be had again: the same seed, the same numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  // mulberry32, by Tommy Ettinger; public domain.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The seed of this run: `SEED=…` to have an earlier one again, else a new one. */
export function pickSeed(): number {
  return Number(process.env['SEED'] ?? Date.now() % 2 ** 32)
}
