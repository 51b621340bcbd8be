import * as v from 'valibot'

import type { Why } from '#shared/api/entry'

const Stored = v.object({
  decision: v.string(),
  sentence: v.string(),
  suggestions: v.array(v.object({ number: v.number(), reason: v.string() })),
})
/** As the first engine wrote it. */
const FirstCut = v.object({
  decision: v.string(),
  sentence: v.string(),
  runnersUp: v.optional(
    v.array(v.object({ number: v.number(), samePlace: v.boolean(), shared: v.array(v.string()) })),
    [],
  ),
})

/** What was written down with a placement; null when another engine wrote what we cannot read. */
export function toWhy(json: string): Why | null {
  const why = v.safeParse(v.union([Stored, FirstCut]), JSON.parse(json))
  if (!why.success) return null
  const { decision, sentence, ...stored } = why.output
  if ('runnersUp' in stored) {
    const nextBest = stored.runnersUp.map(({ number, samePlace, shared }) => ({
      number,
      reason: samePlace ? 'Same place.' : `Similar words: ${shared.slice(0, 4).join(', ')}.`,
    }))
    return { decision, sentence, nextBest }
  }
  // The best of those that a note joins by is the entry it is in.
  return { decision, sentence, nextBest: stored.suggestions.slice(decision === 'join' ? 1 : 0) }
}
