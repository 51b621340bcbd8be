import type { WinceDatabase } from '../../extension/storage/database'
import type { OutboxStore } from '../../extension/sync/outbox-store'

/** The store with some of its methods done wrong. */
export function patchStore(store: OutboxStore, wrong: Partial<OutboxStore>): OutboxStore {
  return { ...store, ...wrong }
}

/** The database with other words in its statements, by what is bound to them. */
export function wrapSql(
  d1: D1Database,
  change: (sql: string, values: readonly unknown[]) => string,
): D1Database {
  return {
    prepare: (sql: string) => ({
      bind: (...values: unknown[]) => d1.prepare(change(sql, values)).bind(...values),
      all: () => d1.prepare(change(sql, [])).all(),
    }),
    batch: (statements: D1PreparedStatement[]) => d1.batch(statements),
  } as unknown as D1Database
}

/** The statement as it would be if nobody asked whether its subject was taken back. */
export function withoutTombstones(sql: string): string {
  return sql.replace(
    /NOT EXISTS \(SELECT 1 FROM tombstone WHERE workspace_id = \? AND subject_id = \?\)/,
    '(? IS NOT NULL AND ? IS NOT NULL)',
  )
}

export function listOf(body: unknown, name: string): Record<string, unknown>[] {
  const list = (body as Record<string, unknown> | undefined)?.[name]
  return Array.isArray(list) ? (list as Record<string, unknown>[]) : []
}

/** A value of `meta` that is kept in memory instead, and gone when the browser ends. */
export function wrapMeta(
  database: WinceDatabase,
  memory: Map<string, unknown>,
  kept: string,
): WinceDatabase {
  const wrapStore = (name: string, store: MetaLike): MetaLike =>
    name !== 'meta'
      ? store
      : {
          ...store,
          get: async (key) => (key === kept ? memory.get(kept) : store.get(key)),
          async put(value, key) {
            if (key === kept) memory.set(kept, value)
            else await store.put(value, key)
          },
        }
  const original = database as unknown as TransactionLike
  return {
    ...original,
    transaction(...given: unknown[]) {
      const transaction = original.transaction(...given)
      return {
        objectStore: (name: string) => wrapStore(name, transaction.objectStore(name)),
        get done() {
          return transaction.done
        },
        abort: () => transaction.abort(),
      }
    },
  } as unknown as WinceDatabase
}

interface MetaLike {
  get(key: string): Promise<unknown>
  put(value: unknown, key: string): Promise<unknown>
}

interface TransactionLike {
  transaction(...given: unknown[]): {
    objectStore(name: string): MetaLike
    done: Promise<void>
    abort(): void
  }
}
