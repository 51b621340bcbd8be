import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import { agreementOf } from './agreement'
import { bm25Of, groupsByNearest, jaccardOf } from './baselines'
import { costAt } from './cost'
import { forcedFigures, freeFigures } from './figures'
import { fittedWeights } from './fitted-weights'
import { replayForced } from './forced'
import { replayFree } from './free'
import { replayWithPeople } from './human-decisions'
import { meTooFigures } from './me-too'
import { type LabelledNote, inRandomOrder, inTimeOrder, readNotes } from './labelled-notes'

const ORDERS = 3
const MOST_TEXTS = 1_500
/** Bug titles are no intents: nearly every one stands alone. */
const NO_INTENTS = /bugdup/
const DECISIONS = 500

interface Row {
  check: string
  figures: string
  target: string
  met: boolean
}

/** Prints every row of what grouping must reach. @returns true when all are met */
export function printTable(notesPath: string, textsDir: string, seed: number): boolean {
  const notes = inTimeOrder(readNotes(notesPath))
  const files = readdirSync(textsDir)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => ({ name, notes: readNotes(join(textsDir, name)) }))
  let all = true
  const print = (rows: Row[]) => {
    for (const { check, figures, target, met } of rows) {
      all &&= met
      const verdict = target === '' ? '       ' : met ? 'met    ' : 'NOT MET'
      console.log(`${verdict} | ${check} | ${figures} | ${target}`)
    }
  }
  print(forcedRows(notes))
  print([meTooRow(notes)])
  print(freeRows(notes))
  print(textRows(files, seed))
  print(unattendedTextRows(files, seed))
  print(costRows(seed))
  print(repeatRows(notes, files, seed))
  print(degenerateRows(notes, seed))
  return all
}

const three = (value: number) => value.toFixed(3)
const reaches = (values: number[], least: number[]) =>
  values.every((value, index) => value >= (least[index] ?? 0))

function forcedRows(notes: readonly LabelledNote[]): Row[] {
  const figures = forcedFigures(replayForced(notes, fittedWeights))
  const tops = [figures.top1, figures.top3, figures.top5]
  const joins = [figures.joinPrecision, figures.joinCoverage]
  return [
    row('forced top-1 / top-3 / top-5', tops, [0.64, 0.82, 0.88]),
    row('forced joins: precision, coverage', joins, [0.9, 0.3]),
    {
      check: "reviewer's cost",
      figures: `${figures.keys} keys, ${three(figures.keysShare)} of none`,
      target: '≤ 0.500',
      met: figures.keysShare <= 0.5,
    },
  ]
}

/** What a walker is offered on the device, from rows without words; no target was ever set. */
function meTooRow(notes: readonly LabelledNote[]): Row {
  const { offered, offeredFirst, offeredWrongly } = meTooFigures(notes, fittedWeights)
  return {
    check: 'me too: the right one offered, offered first; something offered where none is right',
    figures: `${three(offered)}, ${three(offeredFirst)}; ${three(offeredWrongly)}`,
    target: '',
    met: true,
  }
}

function row(check: string, values: number[], least: number[]): Row {
  return {
    check,
    figures: values.map(three).join(' / '),
    target: `≥ ${least.map(three).join(' / ')}`,
    met: reaches(values, least),
  }
}

function freeRows(notes: readonly LabelledNote[]): Row[] {
  const { hard, shown } = freeFigures(replayFree(notes, fittedWeights))
  return [
    row('unattended: hard B³ precision', [hard.precision], [0.9]),
    row('unattended: shown B³, ARI', [shown.f1, shown.ari], [0.6, 0.33]),
  ]
}

type TextFile = { name: string; notes: LabelledNote[] }

function ordersOf({ notes }: TextFile, seed: number): LabelledNote[][] {
  return Array.from({ length: ORDERS }, (_, order) =>
    inRandomOrder(notes, seed + order).slice(0, MOST_TEXTS),
  )
}

function textRows(files: readonly TextFile[], seed: number): Row[] {
  const intents = files.filter(({ name }) => !NO_INTENTS.test(name))
  const each = intents.map((file) => {
    const runs = ordersOf(file, seed).map((notes) =>
      forcedFigures(replayForced(notes, fittedWeights)),
    )
    const [top1, top3] = [mean(runs.map((run) => run.top1)), mean(runs.map((run) => run.top3))]
    console.log(`        | ${file.name} | ${three(top1)} / ${three(top3)} |`)
    return { top1, top3 }
  })
  const means = [mean(each.map(({ top1 }) => top1)), mean(each.map(({ top3 }) => top3))]
  return [row('short texts, forced top-1 / top-3', means, [0.7, 0.85])]
}

const THRESHOLDS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20)

/** The engine costs more a run, so it gets fewer thresholds to choose from. */
const ENGINE_THRESHOLDS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4]

/** One threshold for all files, the best of each method's own: joins or opens, proposes nothing. */
function unattendedTextRows(files: readonly TextFile[], seed: number): Row[] {
  const methods = [
    {
      name: 'engine',
      thresholds: ENGINE_THRESHOLDS,
      groupsOf: (notes: readonly LabelledNote[]) =>
        ENGINE_THRESHOLDS.map((threshold) =>
          replayFree(notes, (note) => withThreshold(fittedWeights(note), threshold)).map(
            ({ entry }) => entry,
          ),
        ),
    },
    ...Object.entries({ jaccard: jaccardOf, bm25: bm25Of }).map(([name, similarityOf]) => ({
      name,
      thresholds: THRESHOLDS,
      groupsOf: (notes: readonly LabelledNote[]) =>
        groupsByNearest(similarityOf(notes), notes.length, THRESHOLDS),
    })),
  ]
  const best = methods.map(({ name, thresholds, groupsOf }) => {
    const byThreshold = thresholds.map(() => 0)
    for (const file of files) {
      for (const notes of ordersOf(file, seed)) {
        const truth = notes.map(({ group }) => group)
        for (const [index, groups] of groupsOf(notes).entries()) {
          const share = agreementOf(groups, truth).f1 / files.length / ORDERS
          byThreshold[index] = (byThreshold[index] ?? 0) + share
        }
      }
    }
    const f1 = Math.max(...byThreshold)
    console.log(
      `        | ${name}, best at ${thresholds[byThreshold.indexOf(f1)]} | ${three(f1)} |`,
    )
    return { name, f1 }
  })
  const of = (wanted: string) => best.find(({ name }) => name === wanted)?.f1 ?? 0
  const ahead = of('engine') - Math.max(of('jaccard'), of('bm25'))
  return [row('short texts, unattended B³ ahead of Jaccard and BM25', [ahead], [0.03])]
}

function withThreshold(weights: Weights, threshold: number): Weights {
  return { ...weights, join: threshold, propose: threshold }
}

function costRows(seed: number): Row[] {
  const weights = WEIGHTS
  const [small, middle, large] = [1_000, 10_000, 100_000].map((count) =>
    costAt(count, weights, seed),
  )
  if (!small || !middle || !large) throw new Error('three sizes')
  const ratio = large.meanMs / small.meanMs
  return [
    {
      check: 'CPU a note at 10,000, mean / p99',
      figures: `${three(middle.meanMs)} / ${three(middle.p99Ms)} ms`,
      target: '≤ 2 / ≤ 6 ms',
      met: middle.meanMs <= 2 && middle.p99Ms <= 6,
    },
    {
      check: 'CPU a note, at 100,000 ÷ at 1,000',
      figures: `${three(large.meanMs)} ÷ ${three(small.meanMs)} ms = ${three(ratio)}`,
      target: '≤ 4',
      met: ratio <= 4,
    },
  ]
}

function repeatRows(
  notes: readonly LabelledNote[],
  files: readonly TextFile[],
  seed: number,
): Row[] {
  const sets = [notes, ...files.map((file) => ordersOf(file, seed)[0]?.slice(0, 400) ?? [])]
  const same = sets.every((set) => {
    const [one, other] = [replayFree(set, fittedWeights), replayFree(set, fittedWeights)]
    return JSON.stringify(one) === JSON.stringify(other)
  })
  const histories = sets.map((set) =>
    [1, 2].map(() => replayWithPeople(set, fittedWeights, DECISIONS, seed)),
  )
  const broken = histories.flatMap(([one]) => one?.broken ?? ['no history'])
  const identical = histories.every(([one, two]) => JSON.stringify(one) === JSON.stringify(two))
  return [
    {
      check: 'the same input twice',
      figures: same ? 'identical' : 'different',
      target: 'identical',
      met: same,
    },
    {
      check: `replay with ${DECISIONS} human decisions`,
      figures: `${identical ? 'identical' : 'different'}, ${broken.length} decisions broken`,
      target: 'identical, 0',
      met: identical && broken.length === 0,
    },
  ]
}

/** What no honest gate lets through. */
function degenerateRows(notes: readonly LabelledNote[], seed: number): Row[] {
  const truth = notes.map(({ group }) => group)
  const shuffled = inRandomOrder(truth, seed)
  const relabelled = notes.map((note, index) => ({ ...note, group: shuffled[index] ?? '' }))
  const passes = (groups: readonly string[]) => {
    const { precision, f1, ari } = agreementOf(groups, truth)
    return reaches([precision, f1, ari], [0.9, 0.6, 0.33])
  }
  const forced = forcedFigures(replayForced(relabelled, fittedWeights))
  const fails = {
    'all alone': !passes(notes.map(({ id }) => id)),
    'all in one': !passes(notes.map(() => 'one')),
    'shuffled labels': !passes(shuffled) && !reaches([forced.top1, forced.top3], [0.64, 0.82]),
  }
  return Object.entries(fails).map(([check, failed]) => ({
    check,
    figures: failed ? 'fails' : 'passes',
    target: 'fails',
    met: failed,
  }))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
