import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'

import { type Fitted, fitWeights } from './fit'
import { inRandomOrder, readNotes } from './labelled-notes'

/** Of a file without walkers: enough to learn when words alone are proof, and not what places are worth. */
const MOST_TEXTS = 100

/**
 * Fits the weights to `--data FILE…` and writes them with where they come from; and, for honest
 * measuring, the weights that are fitted without each walker's notes. The same files and seed
 * give the same bytes.
 */
export function fit(args: string[], root: string): void {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
    },
  })
  const paths = values.data ?? []
  if (paths.length === 0)
    throw new Error('usage: npm run fit:grouping -- --data FILE [--data FILE…] [--seed N]')
  const seed = Number(values.seed)
  const files = paths.map((path) => {
    const notes = readNotes(path)
    const isText = notes.every(({ unit }) => unit === basename(path))
    return isText ? inRandomOrder(notes, seed).slice(0, MOST_TEXTS) : notes
  })
  const digest = createHash('sha256')
  for (const path of paths) digest.update(readFileSync(path))
  const all = fitWeights(files, seed)
  const version = `w${createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 8)}`
  const provenance = {
    by: 'npm run fit:grouping',
    files: paths.map((path, index) => ({ name: basename(path), notes: files[index]?.length ?? 0 })),
    sha256: digest.digest('hex'),
    seed,
    licence: 'MIT, as the project; licences of the files: docs/grouping.md',
  }
  write(join(root, 'shared/grouping/weights.json'), { version, provenance, ...all })
  const folds: Record<string, Fitted> = {}
  for (const unit of new Set(files.flat().map((note) => note.unit))) {
    folds[unit] = fitWeights(
      files.map((notes) => notes.filter((note) => note.unit !== unit)),
      seed,
    )
    console.log(`without ${unit}: done`)
  }
  write(join(root, 'test/bench/grouping/folds.json'), folds)
}

function write(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
