/** How well a grouping agrees with the truth; every figure is 0 … 1, but ARI may be below 0. */
export interface Agreement {
  precision: number
  recall: number
  f1: number
  ari: number
}

/**
 * B-cubed (Bagga & Baldwin 1998): for each note, how much of its group is right and how much of
 * the right is in its group; means over notes. ARI: Hubert & Arabie 1985, J. Classif. 2:193–218.
 */
export function agreementOf(found: readonly string[], truth: readonly string[]): Agreement {
  const cells = new Map<string, number>()
  const byFound = new Map<string, number>()
  const byTruth = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string) =>
    counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const [index, group] of found.entries()) {
    const right = truth[index] ?? ''
    add(cells, `${group}\u0000${right}`)
    add(byFound, group)
    add(byTruth, right)
  }
  let precision = 0
  let recall = 0
  for (const [index, group] of found.entries()) {
    const right = truth[index] ?? ''
    const both = cells.get(`${group}\u0000${right}`) ?? 0
    precision += both / (byFound.get(group) ?? 1) / found.length
    recall += both / (byTruth.get(right) ?? 1) / found.length
  }
  const pairs = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const [together, inFound, inTruth] = [pairs(cells), pairs(byFound), pairs(byTruth)]
  const expected = (inFound * inTruth) / Math.max(1, (found.length * (found.length - 1)) / 2)
  const most = (inFound + inTruth) / 2
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    ari: most === expected ? 1 : (together - expected) / (most - expected),
  }
}
