/** What was asked of a database: calls, and rows that it read for them. */
export interface D1Cost {
  calls: number
  rowsRead: number
}

/** The real database, which says what it costs, added to what something else has cost. */
export function countedD1(
  real: D1Database,
  cost: D1Cost = { calls: 0, rowsRead: 0 },
): { d1: D1Database; cost: D1Cost } {
  const statements = new WeakMap<object, D1PreparedStatement>()
  const count = (results: readonly D1Result[]) => {
    cost.calls += 1
    for (const { meta } of results) cost.rowsRead += meta.rows_read
  }
  const counted = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, name) => {
        if (name === 'bind') return (...values: unknown[]) => counted(target.bind(...values))
        if (name !== 'all') return Reflect.get(target, name) as unknown
        return async () => {
          const result = await target.all()
          count([result])
          return result
        }
      },
    })
    statements.set(proxy, statement)
    return proxy
  }
  const d1 = {
    prepare: (sql: string) => counted(real.prepare(sql)),
    batch: async (list: D1PreparedStatement[]) => {
      const results = await real.batch(list.map((each) => statements.get(each) ?? each))
      count(results)
      return results
    },
  } as unknown as D1Database
  return { d1, cost }
}
