import * as v from 'valibot'

/** An entry that grouping thought of, besides the one it chose. */
export interface Thought {
  entryId: string
  reason: string
}

const MOST = 8
const MOST_WORDS = 4

const Suggestion = v.object({ entryId: v.string(), reason: v.string() })
const RunnerUp = v.object({
  entryId: v.string(),
  samePlace: v.optional(v.boolean(), false),
  shared: v.optional(v.array(v.string()), []),
})
const Thoughts = v.looseObject({
  suggestions: v.optional(v.array(v.unknown()), []),
  runnersUp: v.optional(v.array(v.unknown()), []),
})

/**
 * What a placement's `why` says it could also have been, the likeliest first, whichever engine
 * wrote it; what cannot be read is left out.
 */
export function toThoughts(why: string): Thought[] {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Thoughts), why)
  if (!parsed.success) return []
  const { suggestions, runnersUp } = parsed.output
  return [...suggestions, ...runnersUp].slice(0, MOST).flatMap((each) => {
    if (v.is(Suggestion, each)) return { entryId: each.entryId, reason: each.reason }
    const other = v.safeParse(RunnerUp, each)
    return other.success ? { entryId: other.output.entryId, reason: reasonOf(other.output) } : []
  })
}

function reasonOf({ samePlace, shared }: v.InferOutput<typeof RunnerUp>): string {
  const words =
    shared.length === 0 ? '' : `Similar words: ${shared.slice(0, MOST_WORDS).join(', ')}.`
  return [samePlace ? 'Same place.' : '', words].filter((part) => part !== '').join(' ')
}
