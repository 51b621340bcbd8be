import { randomBytes } from 'node:crypto'

import { WEIGHTS } from '#shared/grouping/weights'

import { openDatabase } from '../../worker/database/open'
import { groupPendingNotes } from '../../worker/grouping/group-notes'
import { costAt } from '../bench/grouping/cost'
import { generatedNotes } from '../bench/grouping/generated-workspace'
import { countD1 } from './counted-d1'
import { withLocalD1 } from './local-d1'
import { seedWorkspace } from './seeded-workspace'

const SIZES = [1_000, 10_000, 100_000]
const ROUNDS = 10
const NOTES_A_ROUND = 10
const SEED = 1
/** A register a hundred times as large may cost twice as much to look into. */
const MOST_GROWTH = 2

/**
 * What one more note costs on a register of each size: CPU of the engine, and rows and calls of a
 * real D1 for rounds of ten notes. One line of JSON; fails when the rows grow with the register.
 */
export async function scale(): Promise<void> {
  const read: Awaited<ReturnType<typeof measure>>[] = []
  await withLocalD1(
    (database) => {
      for (const size of SIZES) {
        const notes = generatedNotes(size + ROUNDS * NOTES_A_ROUND, SEED)
        seedWorkspace(database, `w${size}`, notes, size)
      }
    },
    async (real) => {
      // oxlint-disable-next-line no-await-in-loop -- one measurement after the other
      for (const size of SIZES) read.push(await measure(real, `w${size}`))
    },
  )
  // Only now: while the engine computes, nobody answers workerd.
  const figures = SIZES.map((size, index) => {
    const { meanMs, p99Ms } = costAt(size, WEIGHTS, SEED)
    return { notes: size, ...read[index], ...rounded({ cpuMs: meanMs, cpuP99Ms: p99Ms }) }
  })
  const growth = (read.at(-1)?.rowsRead ?? 0) / (read[0]?.rowsRead ?? 1)
  console.log(JSON.stringify({ scale: figures, ...rounded({ rowsReadGrowth: growth }) }))
  process.exitCode = growth <= MOST_GROWTH ? 0 : 1
}

/** A note each, but calls, which are a round's. */
async function measure(real: D1Database, workspaceId: string) {
  const { d1, counts } = countD1(real)
  const deps = {
    d1,
    db: openDatabase(d1),
    now: Date.now,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  }
  let placed = 0
  for (let round = 0; round < ROUNDS; round += 1)
    // oxlint-disable-next-line no-await-in-loop -- as they would come
    placed += await groupPendingNotes(deps, workspaceId)
  if (placed !== ROUNDS * NOTES_A_ROUND) throw new Error(`only ${placed} notes were placed`)
  return rounded({
    rowsRead: counts.rowsRead / placed,
    rowsWritten: counts.rowsWritten / placed,
    callsARound: counts.calls / ROUNDS,
  })
}

function rounded<Figures extends Record<string, number>>(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  ) as Figures
}
