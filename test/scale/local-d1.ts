import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { getPlatformProxy } from 'wrangler'

import { root, runTool, toolEnv } from '../../scripts/tools.mjs'
import { openLocalDatabase } from '../support/local-data'

/**
 * A real D1 in workerd with the real tables, which `fill` writes into as a file before it starts.
 */
export async function withLocalD1(
  fill: (database: DatabaseSync) => void,
  work: (d1: D1Database) => Promise<void>,
): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'wince-scale-'))
  try {
    const migrate = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', data]
    if ((await runTool('wrangler', migrate, { quiet: true })) !== 0)
      throw new Error('the migrations do not apply')
    const database = openLocalDatabase(data, { readOnly: false })
    fill(database)
    database.close()
    Object.assign(process.env, toolEnv())
    const proxy = await getPlatformProxy<{ DB: D1Database }>({
      configPath: join(root, 'wrangler.jsonc'),
      persist: { path: join(data, 'v3') },
      remoteBindings: false,
    })
    try {
      await work(proxy.env.DB)
    } finally {
      await proxy.dispose()
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}
