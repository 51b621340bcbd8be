import * as v from 'valibot'

import type { Candidate } from '#shared/grouping/decide'

/** A candidate, with what the write has to check before it joins. */
export interface OpenCandidate extends Candidate {
  version: number
  state: string
}

const CandidateRow = v.object({
  id: v.string(),
  number: v.number(),
  service: v.nullable(v.string()),
  notes: v.number(),
  version: v.number(),
  state: v.string(),
  places: v.string(),
  stems: v.string(),
})
const Counts = v.record(v.string(), v.number())

export function toCandidate(row: Record<string, unknown>): OpenCandidate {
  const { id, places, stems, ...rest } = v.parse(CandidateRow, row)
  return { ...rest, entryId: id, places: toCounts(places), stems: toCounts(stems) }
}

function toCounts(json: string): Map<string, number> {
  return new Map(Object.entries(v.parse(Counts, JSON.parse(json))))
}
