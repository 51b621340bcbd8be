import { CandidateIndex } from '#shared/grouping/candidate-index'
import { choose } from '#shared/grouping/choose'
import { emptyEntry } from '#shared/grouping/entry-stats'
import { fingerprintOf } from '#shared/grouping/fingerprint'
import {
  type GroupableNote,
  type NoteFeatures,
  noteFeaturesOf,
} from '#shared/grouping/note-features'
import type { Weights } from '#shared/grouping/weights'

import { generatedNotes } from './generated-workspace'

const MEASURED = 2_000

export interface Cost {
  notes: number
  meanMs: number
  p99Ms: number
}

/**
 * CPU of one more note on a sorted register of so many: reading its text, fingerprint, look-up in
 * memory, choice with reasons. What a database adds is not in it.
 */
export function costAt(count: number, weights: Weights, seed: number): Cost {
  const index = new CandidateIndex()
  const times: number[] = []
  let seen = 0
  for (const { group, note } of generatedNotes(count + MEASURED, seed)) {
    const started = process.threadCpuUsage()
    const features = placeIt(note, index, weights, seen >= count)
    const used = process.threadCpuUsage(started)
    if (seen >= count) times.push((used.user + used.system) / 1_000)
    seen += 1
    const entry = index.entries.get(group)
    index.add(entry ?? emptyEntry(group, index.entries.size + 1, features.mood), features)
  }
  times.sort((one, other) => one - other)
  return {
    notes: count,
    meanMs: times.reduce((sum, ms) => sum + ms, 0) / times.length,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
  }
}

function placeIt(
  note: GroupableNote,
  index: CandidateIndex,
  weights: Weights,
  whole: boolean,
): NoteFeatures {
  const features = noteFeaturesOf(note)
  // While the register is only being filled nobody asks.
  if (!whole) return features
  fingerprintOf(features)
  const candidates = index.find(features)
  choose({ note: features, candidates, corpus: index.corpusOf(features.mood) }, weights)
  return features
}
