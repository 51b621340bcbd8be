/** Time as the models see it, so that tests can turn it. */
export interface Clock {
  /** Unix ms. */
  now(): number
  /** @returns what stops it */
  every(ms: number, act: () => void): () => void
}

export const browserClock: Clock = {
  now: () => Date.now(),
  every(ms, act) {
    const timer = setInterval(act, ms)
    return () => clearInterval(timer)
  },
}
