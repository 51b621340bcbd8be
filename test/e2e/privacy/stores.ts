import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'

import type { RunningWorker } from '../../support/worker'
import { unpackLevelDb } from './leveldb'

/**
 * Everything that the extension's own pages can read of what is stored for them: each database with
 * its keys and the bytes in it, the storage areas, caches, files of the origin.
 */
export async function readOwnStores(panel: Page): Promise<Buffer> {
  const parts = await panel.evaluate(async () => {
    const kept: string[] = []
    const asked = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('not read')))
      })
    const latin1 = async (blob: Blob) => {
      const bytes = new Uint8Array(await blob.arrayBuffer())
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    }
    const keep = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) kept.push(await latin1(value))
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
        kept.push(await latin1(new Blob([value as ArrayBuffer])))
      else if (typeof value === 'object' && value !== null) {
        for (const [key, each] of Object.entries(value)) {
          kept.push(key)
          await keep(each)
        }
      } else kept.push(String(value))
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store)
        const [keys, values] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())])
        await keep([keys, values])
      }
      database.close()
    }
    const { storage } = (globalThis as unknown as { chrome: { storage: Areas } }).chrome
    for (const area of ['local', 'session', 'sync', 'managed'])
      await keep((await storage[area]?.get(null)) ?? {})
    for (const area of [localStorage, sessionStorage]) await keep(Object.entries(area))
    await keep(document.cookie)
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        await keep([name, request.url, await answer?.blob()])
      }
    }
    const folder = await navigator.storage.getDirectory()
    for await (const [name, entry] of folder as unknown as AsyncIterable<[string, Entry]>)
      await keep([name, await entry.getFile?.()])
    return kept

    interface Areas {
      [area: string]: { get(keys: null): Promise<Record<string, unknown>> } | undefined
    }
    interface Entry {
      getFile?(): Promise<Blob>
    }
  })
  return Buffer.from(parts.join('\n'))
}

type Rows = Record<string, unknown>[]

/** The rows of some stores of the extension's database, without the bytes of pictures. */
export async function readRows<Name extends string>(
  panel: Page,
  names: readonly Name[],
): Promise<Record<Name, Rows>> {
  return panel.evaluate(
    (stores) =>
      new Promise<Record<Name, Rows>>((resolve, reject) => {
        const opening = indexedDB.open('wince')
        opening.addEventListener('error', () => reject(new Error('no database')))
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(stores)
          const asked = stores.map((name) => transaction.objectStore(name).getAll())
          transaction.addEventListener('complete', () => {
            opening.result.close()
            const all = asked.map(({ result }, index) => [stores[index], result.filter(Boolean)])
            resolve(JSON.parse(JSON.stringify(Object.fromEntries(all))))
          })
        })
      }),
    [...names],
  )
}

/**
 * What lies on the disk for one extension: all in the folders of a profile that carry its id. What a
 * browser keeps of the pages that it shows lies in others, and is the browser's.
 */
export function readOwnFiles(profile: string, extensionId: string): Buffer {
  const files = filesIn(profile).filter((path) => path.includes(extensionId))
  return Buffer.concat(
    files.map((path) => unpackLevelDb(basename(path), readFileSync(join(profile, path)))),
  )
}

/** The server's database as its tables say it and as its files hold it, journals included. */
export function readDatabase(worker: RunningWorker): Buffer {
  const tables = worker.query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  )
  const rows = tables.map(({ name }) => JSON.stringify(worker.query(`SELECT * FROM "${name}"`)))
  return Buffer.concat([Buffer.from(rows.join('\n')), ...readFolder(join(worker.folder, 'v3/d1'))])
}

/** All that lies in the bucket: its index and its objects. */
export function readBucket(worker: RunningWorker): Buffer {
  return Buffer.concat(readFolder(join(worker.folder, 'v3/r2')))
}

function readFolder(folder: string): Buffer[] {
  return filesIn(folder).map((path) => readFileSync(join(folder, path)))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
