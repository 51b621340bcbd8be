import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { chanceOf } from './chance'
import { type D1Twin, openD1Twin } from './d1-twin'
import { openR2Twin } from './r2-twin'
import type { Backend } from './world'

let twin: D1Twin | undefined

/** A fresh installation on the twins: the real tables, and nothing in them. One at a time. */
export function openTwins(root: string, seed: number): Backend {
  const database = (twin ??= openMigrated(join(root, 'worker/migrations')))
  database.reset(chanceOf(seed).next)
  const bucket = openR2Twin()
  return {
    d1: database.d1,
    r2: bucket.r2,
    snapshot: async () => database.snapshot(),
    restore: async (snapshot) => database.restore(snapshot as number),
    bucket: async () => bucket.contents(),
  }
}

function openMigrated(folder: string): D1Twin {
  const database = openD1Twin()
  for (const file of readdirSync(folder).toSorted())
    database.exec(readFileSync(join(folder, file), 'utf8'))
  return database
}
