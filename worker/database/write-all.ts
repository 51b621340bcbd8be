import type { CompiledQuery } from 'kysely'

import { MAX_PARAMETERS, MAX_STATEMENT_BYTES, MAX_VALUE_BYTES } from './limits'
import { type Patience, patient, withPatience } from './patience'

/** What one statement of a batch did. */
export interface Written {
  rows: Record<string, unknown>[]
  changes: number
}

/**
 * The only way to write: all statements in one D1 batch, which is one SQL transaction. Either
 * all of them happened or none did; after a lost connection nobody knows which. The batch is
 * then sent again (D-4), so every caller's statements are safe to repeat, and "nothing changed"
 * may mean that the first try did it. Who cannot live with that passes `once`.
 *
 * @throws RangeError when a statement breaks a limit that the real D1 has and the local one lacks
 */
export async function writeAll(
  d1: D1Database,
  queries: readonly CompiledQuery[],
  patience: Patience = patient,
): Promise<Written[]> {
  return withPatience(patience, () => runBatch(d1, queries))
}

/** Several reads in one call; D1 itself tries these again. Rows come back as D1 gives them, one list a query. */
export async function readAll(
  d1: D1Database,
  queries: readonly CompiledQuery[],
): Promise<Written[]> {
  return runBatch(d1, queries)
}

async function runBatch(d1: D1Database, queries: readonly CompiledQuery[]): Promise<Written[]> {
  if (queries.length === 0) return []
  for (const query of queries) refuseOverLimits(query)
  const results = await d1.batch<Record<string, unknown>>(
    queries.map((query) => d1.prepare(query.sql).bind(...query.parameters)),
  )
  return results.map((result) => ({ rows: result.results, changes: result.meta.changes }))
}

function refuseOverLimits(query: CompiledQuery): void {
  if (query.parameters.length > MAX_PARAMETERS) {
    throw new RangeError(
      `${query.parameters.length} parameters; D1 takes ${MAX_PARAMETERS}. Use json_each.`,
    )
  }
  if (query.sql.length > MAX_STATEMENT_BYTES) {
    throw new RangeError(
      `a statement of ${query.sql.length} bytes; D1 takes ${MAX_STATEMENT_BYTES}`,
    )
  }
  for (const value of query.parameters) {
    if (
      typeof value === 'string' &&
      value.length * 3 > MAX_VALUE_BYTES &&
      new TextEncoder().encode(value).length > MAX_VALUE_BYTES
    ) {
      throw new RangeError(`a value of over ${MAX_VALUE_BYTES} bytes`)
    }
  }
}
