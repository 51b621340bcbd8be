import type { EntryWork } from '#shared/work'

type Measure = NonNullable<EntryWork['measure']>

/** Where a figure of a measure stands on its line, in the drawing's own units. */
export interface Mark {
  name: 'baseline' | 'now' | 'target'
  value: number
  x: number
}

export const GAUGE_WIDTH = 460
/** Room for half of the words under the outermost mark. */
const EDGE = 34

/** The figures that are known, on one line from the least to the most; none where all are unknown. */
export function marksOf({ baseline, actual, target }: Measure): Mark[] {
  const known = (
    [
      ['target', target],
      ['now', actual],
      ['baseline', baseline],
    ] as const
  ).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
  const values = known.map(({ value }) => value)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const span = most - least
  return known.map((mark) => ({
    ...mark,
    x:
      span === 0
        ? GAUGE_WIDTH / 2
        : EDGE + ((mark.value - least) / span) * (GAUGE_WIDTH - 2 * EDGE),
  }))
}
