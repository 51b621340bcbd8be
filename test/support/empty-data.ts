import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { root, runTool } from '../../scripts/tools.mjs'

const migrations = join(root, 'worker/migrations')
const kept = join(root, 'dist/empty-data')

/**
 * Fills a folder for `wrangler dev` with an empty database, every migration applied.
 *
 * wrangler starts a runtime for each migration and takes a quarter of a minute for all of
 * them, so it applies them once to a folder that later calls copy. That folder's name is a hash
 * of all that it is made from: after a change nobody finds the old one.
 *
 * @throws when a migration does not apply; wrangler's output has been printed
 */
export async function fillWithEmptyData(folder: string): Promise<void> {
  const made = join(kept, hashOfSources())
  if (!existsSync(made)) await make(made)
  cpSync(made, folder, { recursive: true })
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = readdirSync(migrations)
    .toSorted()
    .map((name) => join(migrations, name))
  // The lock says which wrangler and which runtime.
  for (const file of [...files, join(root, 'wrangler.jsonc'), join(root, 'package-lock.json')]) {
    const bytes = readFileSync(file)
    hash.update(`${file.slice(root.length)} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

/** Made beside its place and moved there whole: nobody ever finds half of it. */
async function make(place: string) {
  mkdirSync(kept, { recursive: true })
  const folder = mkdtempSync(join(kept, 'making-'))
  try {
    const code = await runTool(
      'wrangler',
      ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder],
      { quiet: true },
    )
    if (code !== 0) throw new Error('the migrations do not apply')
    renameSync(folder, place)
  } catch (error) {
    // Another test made the same one meanwhile, and a folder never replaces one with something in it.
    if (!existsSync(place)) throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
