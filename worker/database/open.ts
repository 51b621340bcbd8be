import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

import type { Tables } from './tables'

/** Builds and reads. What it compiles is written by `writeAll`, and by nothing else. */
export type Db = Kysely<Tables>

/**
 * Kysely over a D1 binding: a read is one call, and there are no transactions, because D1 has
 * none; a batch is the only one (docs/decisions/0001).
 */
export function openDatabase(d1: D1Database): Db {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ReadDriver(d1),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return new Kysely<Tables>({ dialect })
}

class ReadDriver implements Driver {
  readonly #d1: D1Database
  constructor(d1: D1Database) {
    this.#d1 = d1
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return new ReadConnection(this.#d1)
  }
  async beginTransaction(): Promise<never> {
    throw new Error(
      'D1 has no interactive transactions: compile the statements and pass them to writeAll',
    )
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

/** A CTE may stand before a write as well as before a read. */
function isRead(statement: string): boolean {
  return (
    /^\s*(select|with)\b/i.test(statement) &&
    !/\b(insert|replace)\s+into\b|\bdelete\s+from\b|\bupdate\s+\S+\s+set\b/i.test(statement)
  )
}

class ReadConnection implements DatabaseConnection {
  readonly #d1: D1Database
  constructor(d1: D1Database) {
    this.#d1 = d1
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!isRead(query.sql)) {
      throw new Error('only reads run by themselves: pass writes to writeAll')
    }
    const { results } = await this.#d1
      .prepare(query.sql)
      .bind(...query.parameters)
      .all<Row>()
    return { rows: results }
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator; D1 cannot stream
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('D1 cannot stream')
  }
}
