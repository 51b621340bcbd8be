import { CandidateIndex } from '#shared/grouping/candidate-index'
import { type Choice, choose } from '#shared/grouping/choose'
import { emptyEntry } from '#shared/grouping/entry-stats'
import { fingerprintOf } from '#shared/grouping/fingerprint'
import { rankEntries } from '#shared/grouping/rank'

import type { LabelledNote, WeightsFor } from './labelled-notes'
import { type Lesson, toLesson } from './learn'

const SHOWN = 5

export interface ForcedStep {
  note: LabelledNote
  /** True when an entry of its group was there. */
  joinable: boolean
  /** Groups of the five best, before the truth was revealed. */
  ranked: string[]
  choice: Choice
}

/**
 * The next note on a register that people have sorted: each is ranked first, and only then put
 * into the entry of its true group.
 */
export function replayForced(notes: readonly LabelledNote[], weightsFor: WeightsFor): ForcedStep[] {
  const index = new CandidateIndex()
  const twins = new Map<string, string>()
  return notes.map((note) => {
    const { features, group } = note
    const candidates = index.find(features)
    const corpus = index.corpusOf(features.mood)
    const weights = weightsFor(note)
    const print = fingerprintOf(features)
    const twin = print === null ? null : (twins.get(print) ?? null)
    const choice = choose({ note: features, candidates, corpus, twin }, weights)
    const rest = rankEntries(features, candidates, corpus, weights).map(({ entry }) => entry.id)
    const ranked = [
      ...new Set([...choice.suggestions.map(({ entryId }) => entryId), ...rest]),
    ].slice(0, SHOWN)
    const joinable = index.entries.has(group)
    reveal(index, note)
    if (print !== null && !twins.has(print)) twins.set(print, group)
    return { note, joinable, ranked, choice }
  })
}

/** What there is to learn from the same replay. */
export function forcedLessons(notes: readonly LabelledNote[]): Lesson[] {
  const index = new CandidateIndex()
  return notes.map((note) => {
    const { features, group } = note
    const pool = index.find(features)
    const lesson = toLesson(features, pool, index.corpusOf(features.mood), ({ id }) => id === group)
    reveal(index, note)
    return lesson
  })
}

/** A group of mixed moods is one entry for each: mood is a hard wall. */
function reveal(index: CandidateIndex, { group, features }: LabelledNote): void {
  const entry = index.entries.get(group) ?? emptyEntry(group, index.entries.size + 1, features.mood)
  if (entry.mood === features.mood) index.add(entry, features)
}
