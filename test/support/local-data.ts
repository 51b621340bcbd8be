import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The D1 database in a folder that `wrangler dev` keeps its data in. */
export function openLocalDatabase(data: string, { readOnly = true } = {}): DatabaseSync {
  return openSqlite(join(data, 'v3/d1/miniflare-D1DatabaseObject'), readOnly)
}

/** Everything in R2, with its bytes. */
export function readLocalBlobs(data: string): { key: string; bytes: Buffer }[] {
  let index: DatabaseSync
  try {
    index = openSqlite(join(data, 'v3/r2/miniflare-R2BucketObject'), true)
  } catch {
    // The bucket's index appears with its first object.
    return []
  }
  try {
    const isReady = index.prepare("select 1 from sqlite_master where name = '_mf_objects'").get()
    // The file is there a moment before its table is.
    if (isReady === undefined) return []
    const rows = index.prepare('select key, blob_id from _mf_objects order by key').all()
    return rows.map((row) => ({
      key: String(row['key']),
      bytes: readFileSync(join(data, 'v3/r2/wince-blobs/blobs', String(row['blob_id']))),
    }))
  } finally {
    index.close()
  }
}

/** The one database in a folder of the local runtime; its name is a hash. */
function openSqlite(folder: string, readOnly: boolean): DatabaseSync {
  const name = readdirSync(folder).find(
    (file) => file.endsWith('.sqlite') && file !== 'metadata.sqlite',
  )
  if (name === undefined) throw new Error(`no database in ${folder}`)
  // The worker may be in the middle of writing: wait for it.
  return new DatabaseSync(join(folder, name), { readOnly, timeout: 5000 })
}
