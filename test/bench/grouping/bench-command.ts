import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'

import { forPrint, forcedFigures, freeFigures } from './figures'
import { replayForced } from './forced'
import { replayFree } from './free'
import { type LabelledNote, inRandomOrder, inTimeOrder, readNotes } from './labelled-notes'
import { printTable } from './table'
import { fittedWeights } from './fitted-weights'

const USAGE = `usage:
  npm run bench:grouping -- --data FILE [--mode forced|free] [--order time|random] [--seed N] [--out OUT.jsonl]
  npm run bench:grouping -- --table --notes FILE --texts DIR [--seed N]`

/** Measures grouping on labelled notes; see docs/grouping.md. */
export function bench(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      mode: { type: 'string', default: 'forced' },
      order: { type: 'string', default: 'time' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      table: { type: 'boolean', default: false },
      notes: { type: 'string' },
      texts: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  const { notes, texts, data, mode, order, out } = values
  if (values.table && notes !== undefined && texts !== undefined) {
    process.exitCode = printTable(notes, texts, seed) ? 0 : 1
    return
  }
  const known = ['forced', 'free'].includes(mode) && ['time', 'random'].includes(order)
  if (data === undefined || !known || !Number.isSafeInteger(seed)) throw new Error(USAGE)
  const read = readNotes(data)
  const ordered = order === 'time' ? inTimeOrder(read) : inRandomOrder(read, seed)
  const { figures, lines } = mode === 'forced' ? forced(ordered) : free(ordered)
  console.log(
    JSON.stringify({ data: basename(data), mode, order, seed, ...(forPrint(figures) as object) }),
  )
  if (out !== undefined)
    writeFileSync(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function forced(notes: readonly LabelledNote[]) {
  const steps = replayForced(notes, fittedWeights)
  const lines = steps.map(({ note, ranked, choice }) => {
    const entry = choice.decision === 'join' ? choice.entryId : null
    const shown = choice.decision === 'open' ? null : choice.entryId
    return { id: note.id, ranked, decision: choice.decision, p: choice.p, entry, shown }
  })
  return { figures: forcedFigures(steps), lines }
}

function free(notes: readonly LabelledNote[]) {
  const steps = replayFree(notes, fittedWeights)
  const lines = steps.map(({ note, choice, entry, shown }) => {
    const ranked = choice.suggestions.map(({ entryId }) => entryId)
    return { id: note.id, ranked, decision: choice.decision, p: choice.p, entry, shown }
  })
  return { figures: freeFigures(steps), lines }
}
