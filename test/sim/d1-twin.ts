import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'

/**
 * A D1 binding over node:sqlite, as far as a worker can tell: the same shape, the same limits,
 * the same conversions. SQLite itself enforces the limits, no SQL is parsed here; a contract
 * suite holds the twin to the real one.
 */
export interface D1Twin {
  d1: D1Database
  /** A state to come back to, until the twin goes back behind it or to the start. */
  snapshot(): number
  /** As after a restore. A snapshot of a time that never was, since an earlier restore, is the last one before. */
  restore(snapshot: number): void
  /** As it was after `exec`, with a chance of its own for SQL's random(). */
  reset(random: () => number): void
  exec(sql: string): void
}

/** @see https://developers.cloudflare.com/d1/platform/limits/ */
const LIMITS = { variableNumber: 100, likePatternLength: 50, length: 2_000_000, sqlLength: 100_000 }

/**
 * One transaction is open for all of a twin's life, and a savepoint is what a transaction is
 * elsewhere: so a state is kept, and come back to, at no cost.
 */
export function openD1Twin(): D1Twin {
  const database = new DatabaseSync(':memory:', {
    limits: LIMITS,
    // The real one enforces them too.
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: true,
  } as ConstructorParameters<typeof DatabaseSync>[1])
  let random = Math.random
  database.function('random', { deterministic: false }, () => Math.floor(random() * 2 ** 31))
  database.exec('BEGIN')
  const known = new Map<string, Prepared>()
  const savepoint = ['SAVEPOINT batch', 'RELEASE batch', 'ROLLBACK TO batch'].map((sql) =>
    database.prepare(sql),
  )
  const [begin, release, rollback] = savepoint as [StatementSync, StatementSync, StatementSync]
  const total = database.prepare('SELECT total_changes() AS n')

  function prepare(sql: string, given: number): Prepared {
    const key = `${given} ${sql}`
    let prepared = known.get(key)
    if (prepared === undefined) {
      const statement = database.prepare(sql)
      // Beyond 2^53 node:sqlite throws where D1 rounds.
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      refuseTooFew(sql, given)
      const columns = statement.columns().map(({ name }) => name)
      prepared = { statement, columns, writes: isWrite(sql, given) }
      known.set(key, prepared)
    }
    return prepared
  }

  /** node:sqlite leaves a missing value NULL where D1 refuses; one more than it takes is too many. */
  function refuseTooFew(sql: string, given: number): void {
    let isFull = false
    try {
      database.prepare(`EXPLAIN ${sql}`).all(...nulls(given + 1))
    } catch {
      isFull = true
    }
    if (!isFull) throw new Error('Wrong number of parameter bindings for SQL query.')
  }

  /** SQLite's own plan says whether it opens a transaction that writes. */
  function isWrite(sql: string, given: number): boolean {
    const plan = database.prepare(`EXPLAIN ${sql}`).all(...nulls(given))
    return plan.some(({ opcode, p2 }) => opcode === 'Transaction' && p2 === 1)
  }

  function totalChanges(): number {
    return (total.get() as { n: number }).n
  }

  function execute({ sql, values }: Bound): D1Result<Row> {
    const { statement, columns, writes } = prepare(sql, values.length)
    if (columns.length === 0) return resultOf([], Number(statement.run(...values).changes))
    const before = writes ? totalChanges() : 0
    const found = statement.all(...values) as unknown as SQLOutputValue[][]
    const rows = found.map((row) => toRow(columns, row))
    return resultOf(rows, writes ? totalChanges() - before : 0)
  }

  function batch(statements: Bound[]): D1Result<Row>[] {
    const isRead = statements.every(({ sql, values }) => !prepare(sql, values.length).writes)
    if (isRead) return statements.map(execute)
    begin.run()
    try {
      return statements.map(execute)
    } catch (error) {
      rollback.run()
      throw error
    } finally {
      release.run()
    }
  }

  const kept: number[] = []
  let taken = 0
  const bounds = new WeakMap<object, Bound>()

  function toStatement(bound: Bound): object {
    const self = {
      bind: (...values: unknown[]) =>
        toStatement({ sql: bound.sql, values: values.map(toSqlValue) }),
      all: async () => asD1(() => execute(bound)),
      run: async () => asD1(() => execute(bound)),
      first: async (column?: string) =>
        asD1(() => {
          const row = execute(bound).results[0]
          if (row === undefined) return null
          if (column === undefined) return row
          if (!(column in row)) throw new Error(`Column not found (${column})`)
          return row[column]
        }),
      raw: async () => asD1(() => execute(bound).results.map((row) => Object.values(row))),
    }
    bounds.set(self, bound)
    return self
  }

  return {
    d1: {
      prepare: (sql: string) => toStatement({ sql, values: [] }),
      batch: async (statements: object[]) =>
        asD1(() => batch(statements.flatMap((each) => bounds.get(each) ?? []))),
    } as unknown as D1Database,
    snapshot() {
      taken += 1
      kept.push(taken)
      database.exec(`SAVEPOINT s${taken}`)
      return taken
    },
    restore(snapshot) {
      const last = kept.findLast((each) => each <= snapshot)
      if (last === undefined) throw new RangeError('there is no such snapshot')
      database.exec(`ROLLBACK TO s${last}`)
      kept.splice(kept.indexOf(last) + 1)
    },
    reset(newRandom) {
      random = newRandom
      database.exec('ROLLBACK')
      database.exec('BEGIN')
      kept.splice(0)
    },
    exec(sql) {
      database.exec(sql)
      database.exec('COMMIT')
      database.exec('BEGIN')
    },
  }
}

interface Prepared {
  statement: StatementSync
  /** Names of what it gives; none where it gives no rows. */
  columns: string[]
  writes: boolean
}

interface Bound {
  sql: string
  values: SQLInputValue[]
}

type Row = Record<string, unknown>

function resultOf(rows: Row[], changes: number): D1Result<Row> {
  const meta = { changes, changed_db: changes > 0, rows_read: 0, rows_written: changes }
  return { success: true, results: rows, meta } as unknown as D1Result<Row>
}

function nulls(length: number): null[] {
  return Array.from({ length }, () => null)
}

/** D1 says what SQLite said, in its own words before and the code behind. */
function asD1<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const { message, errcode } = error as { message: string; errcode?: number }
    const code = errcode === undefined ? '' : `: ${CODES[errcode & 255] ?? 'SQLITE_ERROR'}`
    throw new Error(`D1_ERROR: ${message}${code}`, { cause: error })
  }
}

const CODES: Record<number, string> = {
  1: 'SQLITE_ERROR',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
}

const LONE_SURROGATE = /\p{Surrogate}/gu

/** What D1 makes of a value before SQLite sees it. */
function toSqlValue(value: unknown): SQLInputValue {
  switch (typeof value) {
    case 'boolean':
      return Number(value)
    case 'string':
      // Its three bytes are no UTF-8, and each becomes a sign of its own.
      return value.isWellFormed() ? value : value.replace(LONE_SURROGATE, '\uFFFD\uFFFD\uFFFD')
    case 'number':
      return value
    case 'object':
      if (value === null) return null
      if (value instanceof ArrayBuffer) return new Uint8Array(value)
      if (ArrayBuffer.isView(value))
        return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      if (Array.isArray(value)) return Uint8Array.from(value as number[])
      break
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
  }
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported`)
}

/** A row as JSON carries it: a blob is a list of bytes. */
function toRow(columns: readonly string[], values: readonly SQLOutputValue[]): Row {
  const row: Row = {}
  for (const [index, name] of columns.entries()) {
    const value = values[index]
    row[name] =
      typeof value === 'bigint' ? Number(value) : value instanceof Uint8Array ? [...value] : value
  }
  return row
}
