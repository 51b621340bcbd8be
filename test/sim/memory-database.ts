import type { WinceDatabase } from '../../extension/storage/database'
import type { Life, Scheduler } from './scheduler'
import { type Key, type Shape, compareKeys, freeze, isWithin, keyAt } from './memory-keys'

/** A device's disk: what is committed, and nothing else, outlives a context. */
export interface Disk {
  shapes: ReadonlyMap<string, Shape>
  stores: Map<string, ReadonlyMap<string, Row>>
  /** Told of each commit with the stores it wrote. */
  onCommit(written: ReadonlyMap<string, ReadonlyMap<string, Row>>): void
}

export interface Row {
  key: Key
  value: unknown
}

/** How a disk is used; without a scheduler nothing waits. */
export interface Access {
  scheduler: Scheduler
  life: Life
  /** Whether the disk is full just now. */
  isFull(): boolean
  /** Before and after each write: the browser may end here. */
  mayDie(): void
}

export function emptyDisk(shapes: ReadonlyMap<string, Shape>): Disk {
  const stores = new Map([...shapes.keys()].map((name) => [name, new Map<string, Row>()]))
  return { shapes, stores, onCommit: () => {} }
}

/** The same bytes on another disk, as when somebody copies a browser's profile. */
export function copyDisk({ shapes, stores }: Disk): Disk {
  return { shapes, stores: new Map(stores), onCommit: () => {} }
}

/**
 * `idb` over a disk in memory, as far as the extension uses it. A write transaction happens at
 * once and as a whole: whoever is killed was killed before or after it, and both are tried.
 * Contract tests hold it to IndexedDB.
 */
export function openMemoryDatabase(disk: Disk, access?: Access): WinceDatabase {
  const committed = (store: string) => rowsIn(disk.stores, store)
  const wait = (label: string) => {
    access?.mayDie()
    return access?.scheduler.point(access.life, label) ?? Promise.resolve()
  }

  function transaction(_names: string[], mode: 'readonly' | 'readwrite' = 'readonly') {
    const changed = new Map<string, Map<string, Row>>()
    let over = false
    let started: Promise<void> | undefined
    let done: Promise<void> | undefined

    function rows(store: string): ReadonlyMap<string, Row> {
      return changed.get(store) ?? committed(store)
    }

    function own(store: string): Map<string, Row> {
      let copy = changed.get(store)
      if (copy === undefined) {
        copy = new Map(committed(store))
        changed.set(store, copy)
      }
      return copy
    }

    async function request<Result>(work: () => Result): Promise<Result> {
      started ??= mode === 'readwrite' ? wait('writes') : Promise.resolve()
      await started
      if (over) throw new DOMException('The transaction has finished.', 'TransactionInactiveError')
      try {
        return work()
      } catch (error) {
        over = true
        throw error
      }
    }

    async function commit(): Promise<void> {
      await started
      // `abort` may come right after somebody looked at `done`.
      await Promise.resolve()
      if (over) throw new DOMException('The transaction was aborted.', 'AbortError')
      over = true
      if (changed.size > 0 && access?.isFull())
        throw new DOMException('The disk is full.', 'QuotaExceededError')
      for (const [store, copy] of changed) disk.stores.set(store, copy)
      if (changed.size > 0) disk.onCommit(changed)
      if (mode === 'readwrite') await wait('has written')
    }

    return {
      objectStore: (store: string) => objectStore(disk.shapes, store, { rows, own, request }),
      get done() {
        done ??= commit()
        return done
      },
      abort() {
        if (over) throw new DOMException('The transaction has finished.', 'InvalidStateError')
        over = true
      },
    }
  }

  const readStore = (store: string) =>
    objectStore(disk.shapes, store, {
      rows: committed,
      own: () => new Map(),
      request: async (work) => work(),
    })
  const write = async (store: string, work: (target: ReturnType<typeof readStore>) => unknown) => {
    const one = transaction([store], 'readwrite')
    const result = await work(one.objectStore(store))
    await one.done
    return result
  }
  return {
    objectStoreNames: [...disk.shapes.keys()],
    transaction: (names: string | string[], mode?: 'readonly' | 'readwrite') =>
      transaction([names].flat(), mode),
    get: async (store: string, key: Key) => readStore(store).get(key),
    getAll: async (store: string, query?: unknown) => readStore(store).getAll(query),
    getAllKeys: async (store: string, query?: unknown) => readStore(store).getAllKeys(query),
    count: async (store: string, query?: unknown) => readStore(store).count(query),
    getAllFromIndex: async (store: string, index: string, query?: unknown) =>
      readStore(store).index(index).getAll(query),
    countFromIndex: async (store: string, index: string, query?: unknown) =>
      readStore(store).index(index).count(query),
    put: (store: string, value: unknown, key?: Key) =>
      write(store, (target) => target.put(value, key)),
    delete: (store: string, key: Key) => write(store, (target) => target.delete(key)),
    close: () => {},
  } as unknown as WinceDatabase
}

interface Inside {
  rows(store: string): ReadonlyMap<string, Row>
  own(store: string): Map<string, Row>
  request<Result>(work: () => Result): Promise<Result>
}

function objectStore(
  shapes: ReadonlyMap<string, Shape>,
  store: string,
  { rows, own, request }: Inside,
) {
  const shape = shapes.get(store)
  if (shape === undefined) throw new DOMException(`no store ${store}`, 'NotFoundError')
  const { keyPath } = shape

  function save(value: unknown, given: Key | undefined, isNew: boolean): Key {
    const key = given ?? (keyPath === null ? undefined : keyAt(value, keyPath))
    if (key === undefined) throw new DOMException('no key', 'DataError')
    const name = JSON.stringify(key)
    if (isNew && rows(store).has(name))
      throw new DOMException('Key already exists.', 'ConstraintError')
    own(store).set(name, { key, value: freeze(value) })
    return key
  }

  function remove(query: unknown): void {
    const kept = own(store)
    if (typeof query !== 'object' || Array.isArray(query)) {
      kept.delete(JSON.stringify(query))
      return
    }
    for (const [name, { key }] of kept) if (isWithin(key, query)) kept.delete(name)
  }

  /** Rows by a key of theirs, in its order and then in their own. */
  function sorted(query: unknown, keyOf: (row: Row) => Key | undefined): Row[] {
    return [...rows(store).values()]
      .flatMap((row) => {
        const key = keyOf(row)
        return key !== undefined && isWithin(key, query) ? [{ by: key, row }] : []
      })
      .toSorted(
        (one, other) => compareKeys(one.by, other.by) || compareKeys(one.row.key, other.row.key),
      )
      .map(({ row }) => row)
  }

  const reader = (keyOf: (row: Row) => Key | undefined) => ({
    get: (query: unknown) => request(() => sorted(query, keyOf)[0]?.value),
    getAll: (query?: unknown) => request(() => sorted(query, keyOf).map(({ value }) => value)),
    getAllKeys: (query?: unknown) => request(() => sorted(query, keyOf).map(({ key }) => key)),
    count: (query?: unknown) => request(() => sorted(query, keyOf).length),
  })

  return {
    ...reader(({ key }) => key),
    get: (key: Key) => request(() => rows(store).get(JSON.stringify(key))?.value),
    put: (value: unknown, key?: Key) => request(() => save(value, key, false)),
    add: (value: unknown, key?: Key) => request(() => save(value, key, true)),
    delete: (query: unknown) => request(() => remove(query)),
    clear: () => request(() => own(store).clear()),
    index(name: string) {
      const path = shape.indexes.get(name)
      if (path === undefined) throw new DOMException(`no index ${name}`, 'NotFoundError')
      return reader(({ value }) => keyAt(value, path))
    },
  }
}

function rowsIn(
  stores: ReadonlyMap<string, ReadonlyMap<string, Row>>,
  store: string,
): ReadonlyMap<string, Row> {
  const rows = stores.get(store)
  if (rows === undefined) throw new DOMException(`no store ${store}`, 'NotFoundError')
  return rows
}
