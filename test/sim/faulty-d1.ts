import type { Chance } from './chance'
import type { Life } from './scheduler'
import type { World } from './world'

/** A statement that fails inside its batch, and is no constraint. */
const POISON = "SELECT json('{')"

/**
 * The worker's database as one request sees it: each call takes its time, may fail at any of its
 * statements, get lost on the way there or back, or outlive the worker.
 */
export function faultyD1(
  d1: D1Database,
  { scheduler, faults, chance, note }: World,
  life: Life & { kill(): void },
): D1Database {
  const inner = new WeakMap<object, D1PreparedStatement>()

  async function call<Result>(
    work: () => Promise<Result>,
    failing: () => Promise<Result>,
  ): Promise<Result> {
    await scheduler.point(life, 'asks the database')
    if (faults.strikes('worker-killed', 0.008)) life.kill()
    if (!life.alive) return scheduler.point(life, 'is dead') as Promise<never>
    if (faults.strikes('database-lost-before', 0.008)) throw lost(chance)
    const isFailing = faults.strikes('database-fails', 0.05)
    const result = await scheduler.track(isFailing ? failing() : work())
    if (faults.strikes('worker-killed', 0.008)) {
      note(`${life.name} dies after its write`)
      life.kill()
      return scheduler.point(life, 'is dead') as Promise<never>
    }
    if (faults.strikes('database-lost-after', 0.012)) throw lost(chance)
    return result
  }

  const fail = () => d1.prepare(POISON).all() as Promise<never>

  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: () => call(() => statement.all(), fail),
      run: () => call(() => statement.run(), fail),
      first: (column?: string) =>
        call(() => (column === undefined ? statement.first() : statement.first(column)), fail),
    }
    inner.set(wrapped, statement)
    return wrapped as unknown as D1PreparedStatement
  }

  return {
    prepare: (sql: string) => wrap(d1.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => {
      const known = statements.flatMap((each) => inner.get(each) ?? [])
      return call(
        () => d1.batch(known),
        () => {
          const at = chance.below(known.length + 1)
          return d1.batch([...known.slice(0, at), d1.prepare(POISON), ...known.slice(at)])
        },
      )
    },
  } as unknown as D1Database
}

/** A worker repeats a write after some errors (D-4); after the others the device has to. */
function lost(chance: Chance): Error {
  return new Error(chance.pick(['D1_ERROR: internal error', 'D1_ERROR: Network connection lost.']))
}

/** The bucket as one request sees it. */
export function faultyR2(
  r2: R2Bucket,
  { scheduler, faults }: World,
  life: Life & { kill(): void },
): R2Bucket {
  async function call<Result>(work: () => Promise<Result>): Promise<Result> {
    await scheduler.point(life, 'asks the bucket')
    if (faults.strikes('worker-killed', 0.01)) life.kill()
    if (!life.alive) return scheduler.point(life, 'is dead') as Promise<never>
    const result = await scheduler.track(work())
    if (faults.strikes('worker-killed', 0.02)) life.kill()
    return life.alive ? result : (scheduler.point(life, 'is dead') as Promise<never>)
  }

  return {
    put: (key: string, bytes: Uint8Array, options: R2PutOptions) =>
      call(() => r2.put(key, bytes, options)),
    get: (key: string) => call(() => r2.get(key)),
    delete: (keys: string | string[]) => call(() => r2.delete(keys)),
    list: (options: R2ListOptions) => call(() => r2.list(options)),
  } as unknown as R2Bucket
}
