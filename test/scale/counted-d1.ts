/** What a database was asked to do since the counts were last set to nothing. */
export interface D1Counts {
  calls: number
  rowsRead: number
  rowsWritten: number
}

/** The same D1, adding up what it says of each answer. */
export function countD1(d1: D1Database): { d1: D1Database; counts: D1Counts } {
  const counts: D1Counts = { calls: 0, rowsRead: 0, rowsWritten: 0 }
  const inner = new WeakMap<object, D1PreparedStatement>()

  function take(results: readonly D1Result[]): void {
    counts.calls += 1
    for (const { meta } of results) {
      counts.rowsRead += meta.rows_read
      counts.rowsWritten += meta.rows_written
    }
  }

  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      async all<Row>() {
        const result = await statement.all<Row>()
        take([result])
        return result
      },
    }
    inner.set(wrapped, statement)
    return wrapped as unknown as D1PreparedStatement
  }

  const counted = {
    prepare: (sql: string) => wrap(d1.prepare(sql)),
    async batch<Row>(statements: D1PreparedStatement[]) {
      const results = await d1.batch<Row>(statements.flatMap((each) => inner.get(each) ?? []))
      take(results)
      return results
    },
  }
  return { d1: counted as unknown as D1Database, counts }
}
