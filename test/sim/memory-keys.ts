import { openWinceDatabase } from '../../extension/storage/database'

export type Key = string | number | Key[]

/** As much of an IDBKeyRange as is asked. */
interface Range {
  lower?: Key
  upper?: Key
  lowerOpen: boolean
  upperOpen: boolean
}

/** What an upgrade made of a store. */
export interface Shape {
  keyPath: string | string[] | null
  indexes: ReadonlyMap<string, string | string[]>
}

/** The stores and indexes as the extension's own upgrade makes them; needs an IndexedDB to ask. */
export async function readShapes(): Promise<ReadonlyMap<string, Shape>> {
  const database = await openWinceDatabase()
  const names = [...database.objectStoreNames]
  const transaction = database.transaction(names)
  return new Map(
    names.map((name) => {
      const store = transaction.objectStore(name)
      const indexes = [...store.indexNames].map(
        (index) => [index as string, toPath(store.index(index).keyPath) ?? ''] as const,
      )
      return [name, { keyPath: toPath(store.keyPath), indexes: new Map(indexes) }]
    }),
  )
}

function toPath(path: unknown): string | string[] | null {
  if (typeof path === 'string') return path
  return path === null || path === undefined ? null : [...(path as string[])]
}

/** @returns undefined where there is none, or what is there can be no key */
export function keyAt(value: unknown, path: string | string[]): Key | undefined {
  if (Array.isArray(path)) {
    const keys = path.map((each) => keyAt(value, each))
    return keys.every((key) => key !== undefined) ? keys : undefined
  }
  let found: unknown = value
  for (const name of path.split('.'))
    found = (found as Record<string, unknown> | null | undefined)?.[name]
  return typeof found === 'string' || typeof found === 'number' ? found : undefined
}

/** As IndexedDB orders keys: numbers, then texts, then lists. */
export function compareKeys(one: Key, other: Key): number {
  if (Array.isArray(one) && Array.isArray(other)) {
    for (const [index, part] of one.entries()) {
      const counterpart = other[index]
      if (counterpart === undefined) return 1
      const order = compareKeys(part, counterpart)
      if (order !== 0) return order
    }
    return one.length - other.length
  }
  const [a, b] = [rank(one), rank(other)]
  if (a !== b) return a - b
  return one < other ? -1 : Number(one > other)
}

function rank(key: Key): number {
  return Array.isArray(key) ? 2 : Number(typeof key === 'string')
}

/** @param query a key, an IDBKeyRange, or nothing for everything */
export function isWithin(key: Key, query: unknown): boolean {
  if (query === undefined || query === null) return true
  if (typeof query !== 'object' || Array.isArray(query)) return compareKeys(key, query as Key) === 0
  const { lower, upper, lowerOpen, upperOpen } = query as Range
  if (lower !== undefined) {
    const order = compareKeys(key, lower)
    if (order < 0 || (order === 0 && lowerOpen)) return false
  }
  if (upper === undefined) return true
  const order = compareKeys(key, upper)
  return order < 0 || (order === 0 && !upperOpen)
}

/**
 * What a disk gives back is nobody's to change. IndexedDB copies; here a change throws, which is
 * faster and tells more. Bytes are left alone.
 */
export function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Blob || ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  for (const each of Object.values(value)) freeze(each)
  return value
}
