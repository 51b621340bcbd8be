import { toCsvLine } from '#shared/csv'

import type { Table } from './file'
import type { BadLine } from './lines'

const BYTE_ORDER_MARK = '\uFEFF'

/** The lines that cannot be taken, as they were, each with its problem: to be mended and brought in by themselves. */
export function badLinesFile({ head, rows }: Table, bad: readonly BadLine[]): string {
  const problems = new Map(bad.map(({ line, problem }) => [line, problem]))
  const lines = rows.flatMap(({ line, fields }) => {
    const problem = problems.get(line)
    return problem === undefined ? [] : toCsvLine([problem, ...fields])
  })
  return [BYTE_ORDER_MARK + toCsvLine(['What to mend', ...head]), ...lines].join('')
}
