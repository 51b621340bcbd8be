import * as v from 'valibot'

import { FEATURE_SET } from '#shared/grouping/features'
import type { Answer } from '#shared/grouping/learn'
import { refitted } from '#shared/grouping/refit'
import { WEIGHTS } from '#shared/grouping/weights'

import type { Db } from '../database/open'
import { writeAll } from '../database/write-all'
import { fromWeights } from './learnt-weights'
import { claimRefit, findWorkspaceToRefit, keepWeights, listDecided } from './queries'

const FEWEST_DECISIONS = 30
const FRESH_DECISIONS = 20
/** The newest are learnt from: what a register looked like long ago says little. */
const MOST_DECISIONS = 500
const DAY_MS = 86_400_000

interface RefitDeps {
  d1: D1Database
  db: Db
  /** Unix ms. */
  now(): number
}

/**
 * Fits the weights of one workspace anew, where people have decided enough since the last time, a
 * day later at the soonest. It writes nothing but weights: what is placed stays, and only what
 * comes is suggested otherwise. Three D1 calls.
 *
 * @returns the workspace whose turn it was
 */
export async function refitWeights({ d1, db, now }: RefitDeps): Promise<string | undefined> {
  const at = now()
  const before = at - DAY_MS
  const base = WEIGHTS.version
  const workspaceId = await findWorkspaceToRefit(db, {
    fewest: FEWEST_DECISIONS,
    fresh: FRESH_DECISIONS,
    base,
    before,
  })
  if (workspaceId === undefined) return undefined
  const [claim, found] = await writeAll(d1, [
    claimRefit(db, workspaceId, { before, now: at }),
    listDecided(db, workspaceId, { featureSet: FEATURE_SET, limit: MOST_DECISIONS }),
  ])
  const decided = claim?.rows[0]?.['decided']
  if (typeof decided !== 'number') return undefined
  const learnt = refitted(WEIGHTS, (found?.rows ?? []).map(toLesson))
  const weights = learnt === null ? null : fromWeights(learnt)
  await writeAll(d1, [keepWeights(db, workspaceId, { weights, base, decided })])
  return workspaceId
}

const Values = v.array(v.pipe(v.number(), v.finite()))
const DecidedRow = v.object({
  entry_id: v.string(),
  suggestions: v.pipe(
    v.string(),
    v.parseJson(),
    v.array(v.tuple([v.string(), v.nullable(Values)])),
  ),
})

/** Right is what the note is shown with by now; a row that cannot be read teaches nothing. */
function toLesson(row: Record<string, unknown>): Answer[] {
  const decided = v.safeParse(DecidedRow, row)
  if (!decided.success) return []
  const { entry_id, suggestions } = decided.output
  return suggestions.flatMap(([entryId, values]) =>
    values === null ? [] : [{ row: Float64Array.from(values), right: entryId === entry_id }],
  )
}
