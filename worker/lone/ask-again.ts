import { choose } from '#shared/grouping/choose'
import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import { readAll, writeAll } from '../database/write-all'
import { type GroupingDeps, alone } from '../grouping/group-notes'
import { listServiceNames } from '../ranking/queries'
import { readCandidates, readRegister } from '../ranking/read-register'
import { type AskingNote, type RegisterView, toAskingNote } from '../ranking/register-view'
import { toServiceNames } from '../ranking/service-names'
import { featuresOfStored, toStoredNote } from '../ranking/stored-note'
import { toWeights } from '../refit/learnt-weights'
import { findLearntWeights } from '../refit/queries'
import { type LoneProposal, findDueWorkspace, listDueEntries, proposeMerges } from './queries'

const ENTRIES_A_RUN = 10

/**
 * Looks once more at entries that have stayed alone with their one note, because what they belong
 * to may have come after them. It only ever asks people; it moves no note. At most eight D1 calls.
 *
 * @returns how many proposals it wrote
 */
export async function askLoneEntries(deps: GroupingDeps): Promise<number> {
  const workspaceId = await findDueWorkspace(deps.db, deps.now())
  if (workspaceId === undefined) return 0
  return (await alone(deps, workspaceId, () => askAgain(deps, workspaceId))) ?? 0
}

interface Lone {
  asking: AskingNote
  entryId: string
  version: number
}

async function askAgain(deps: GroupingDeps, workspaceId: string): Promise<number> {
  const { d1, db } = deps
  const [due, named, learnt] = await readAll(d1, [
    listDueEntries(db, workspaceId, deps.now(), ENTRIES_A_RUN),
    listServiceNames(db, workspaceId),
    findLearntWeights(db, workspaceId),
  ])
  const names = toServiceNames(named)
  const weights = toWeights(learnt)
  const rows = due?.rows ?? []
  const lone = rows
    .filter((row) => row['is_alone'] === 1)
    .map((row): Lone => {
      const note = toStoredNote(row)
      const asking = toAskingNote(note.id, featuresOfStored(note, names))
      return { asking, entryId: String(row['asked_id']), version: Number(row['version']) }
    })
  const ranking = { d1, db, workspaceId, names }
  const notes = lone.map(({ asking }) => asking)
  const proposals: LoneProposal[] = []
  if (notes.length > 0) {
    const own = new Map(lone.map(({ asking, entryId }) => [asking.id, entryId]))
    const view = await readRegister(ranking, notes, own)
    await readCandidates(ranking, view, notes)
    for (const each of lone) {
      const proposal = proposalFor(view, each, weights, deps.now())
      // Two that are proposed to be each other would be a circle.
      if (proposal && !proposals.some(({ fromId }) => fromId === proposal.entryId))
        proposals.push(proposal)
    }
  }
  const askedIds = rows.map((row) => String(row['asked_id']))
  const written = await writeAll(d1, proposeMerges(db, workspaceId, proposals, askedIds))
  // Triggers count, too.
  return written.slice(0, -1).filter(({ changes }) => changes > 0).length
}

function proposalFor(
  view: RegisterView,
  { asking, entryId, version }: Lone,
  weights: Weights,
  at: number,
): LoneProposal | undefined {
  const choice = choose(
    {
      note: asking.features,
      candidates: view.rankable(asking, view.find(asking)),
      corpus: view.corpusOf(asking.features.mood),
    },
    weights,
    WEIGHTS,
  )
  if (choice.decision === 'open') return undefined
  const { engine, p, sentence } = choice
  return {
    noteId: asking.id,
    fromId: entryId,
    entryId: choice.entryId,
    version,
    engine,
    p,
    sentence,
    at,
  }
}
