/** One trip to the database, with the SQL of its statements. */
export interface D1Call {
  sql: string[]
}

/** What becomes of a trip: it may be lost before anything happened, or after all of it did. */
export type Fate = 'go' | 'lost-before' | 'lost-after'

/** A D1 binding that counts its trips and loses those it is told to, as a network does. */
export function tapD1(d1: D1Database, fateOf: (call: D1Call) => Fate = () => 'go') {
  const calls: D1Call[] = []
  const inner = new WeakMap<object, { statement: D1PreparedStatement; sql: string }>()

  async function go<Result>(sql: string[], work: () => Promise<Result>): Promise<Result> {
    const call = { sql }
    calls.push(call)
    const fate = fateOf(call)
    if (fate === 'lost-before') throw new Error('D1_ERROR: Network connection lost.')
    const result = await work()
    if (fate === 'lost-after') throw new Error('D1_ERROR: Network connection lost.')
    return result
  }

  function wrap(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), sql),
      all: () => go([sql], () => statement.all()),
      run: () => go([sql], () => statement.run()),
      first: () => go([sql], () => statement.first()),
    }
    inner.set(wrapped, { statement, sql })
    return wrapped as unknown as D1PreparedStatement
  }

  const tapped = {
    prepare: (sql: string) => wrap(d1.prepare(sql), sql),
    batch: (statements: D1PreparedStatement[]) => {
      const known = statements.flatMap((each) => inner.get(each) ?? [])
      return go(
        known.map(({ sql }) => sql),
        () => d1.batch(known.map(({ statement }) => statement)),
      )
    },
  }
  return { d1: tapped as unknown as D1Database, calls }
}
