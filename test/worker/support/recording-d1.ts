/** What a D1 was asked: every statement's text, and how many calls that took. A batch is one. */
export interface Recording {
  statements: string[]
  calls: number
}

const CALLS = ['all', 'run', 'first', 'raw'] as const

/** The same D1, with a record of what it is asked. */
export function recordD1(d1: D1Database, recording: Recording): D1Database {
  const real = new WeakMap<object, D1PreparedStatement>()

  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      ...Object.fromEntries(
        CALLS.map((name) => [
          name,
          (...parameters: never[]) => {
            recording.calls += 1
            return (statement[name] as (...rest: never[]) => unknown)(...parameters)
          },
        ]),
      ),
    } as unknown as D1PreparedStatement
    real.set(wrapped, statement)
    return wrapped
  }

  return {
    prepare: (sql: string) => {
      recording.statements.push(sql)
      return wrap(d1.prepare(sql))
    },
    batch: (statements: D1PreparedStatement[]) => {
      recording.calls += 1
      return d1.batch(statements.map((statement) => real.get(statement) ?? statement))
    },
  } as unknown as D1Database
}
