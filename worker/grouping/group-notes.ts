import { type Choice, choose } from '#shared/grouping/choose'
import { FEATURE_SET } from '#shared/grouping/features'
import { titleOf } from '#shared/grouping/title'
import { WEIGHTS, type Weights } from '#shared/grouping/weights'
import { type RandomBytes, uuidv7 } from '#shared/id'

import type { Db } from '../database/open'
import { readAll, writeAll } from '../database/write-all'
import { listServiceNames } from '../ranking/queries'
import { readCandidates, readRegister } from '../ranking/read-register'
import {
  type AskingNote,
  type KnownEntry,
  type RegisterView,
  knownEntry,
  knows,
  toAskingNote,
} from '../ranking/register-view'
import { toServiceNames } from '../ranking/service-names'
import { type StoredNote, featuresOfStored, toStoredNote } from '../ranking/stored-note'
import { summaryWith } from '../ranking/summary'
import { toWeights } from '../refit/learnt-weights'
import { findLearntWeights } from '../refit/queries'
import {
  joinEntry,
  keepSummary,
  listPendingNotes,
  listWorkspacesWithPendingNotes,
  openEntry,
  releaseLease,
  takeLease,
} from './queries'

export interface GroupingDeps {
  d1: D1Database
  db: Db
  /** Unix ms. */
  now(): number
  randomBytes: RandomBytes
}

/** Notes of one round; with all that is read and written for them it stays under 20 D1 calls. */
const NOTES_A_ROUND = 10
/** One sweep places no more than this over all workspaces, so that it stays under 40 D1 calls too. */
const NOTES_A_SWEEP = 12
const WORKSPACES_A_SWEEP = 2
/** Longer than a round takes, shorter than a person waits: a crashed holder blocks nobody for long. */
const LEASE_MS = 20_000
/** Notes of a round that may look again, because one before them changed what they had not asked about. */
const SECOND_LOOKS = 3
/** How long an entry of one note stays alone before what came after it is looked at. */
const ASK_AGAIN_AFTER_MS = 86_400_000

/**
 * Places notes that wait, in the order they came, one batch each. Only one caller at a time
 * works on a workspace; the others go away, and what they brought is seen by the one at work or
 * by the next sweep.
 *
 * @returns how many notes it placed
 */
export async function groupPendingNotes(
  deps: GroupingDeps,
  workspaceId: string,
  most = NOTES_A_ROUND,
): Promise<number> {
  return (await alone(deps, workspaceId, () => groupRound(deps, workspaceId, most))) ?? 0
}

/** Does `work` while nobody else groups this workspace's notes; undefined when somebody does. */
export async function alone<Result>(
  deps: GroupingDeps,
  workspaceId: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  const { d1, db } = deps
  const holder = uuidv7(deps.now(), deps.randomBytes)
  const [lease] = await writeAll(d1, [
    takeLease(db, workspaceId, holder, deps.now(), deps.now() + LEASE_MS),
  ])
  if (lease?.changes !== 1) return undefined
  try {
    return await work()
  } finally {
    await writeAll(d1, [releaseLease(db, workspaceId, holder)])
  }
}

/**
 * The sweep: places what a crash or a held lease left behind.
 *
 * @throws AggregateError after the last workspace, when one of them failed
 */
export async function sweepPendingNotes(deps: GroupingDeps): Promise<number> {
  const failures: unknown[] = []
  let placed = 0
  for (const workspaceId of await listWorkspacesWithPendingNotes(deps.db, WORKSPACES_A_SWEEP)) {
    if (placed >= NOTES_A_SWEEP) break
    try {
      // oxlint-disable-next-line no-await-in-loop -- one workspace after the other keeps D1 calls bounded
      placed += await groupPendingNotes(deps, workspaceId, NOTES_A_SWEEP - placed)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a workspace could not be grouped')
  return placed
}

/** @throws AggregateError after the last note, when one of them could not be written */
async function groupRound(deps: GroupingDeps, workspaceId: string, most: number): Promise<number> {
  const { d1, db } = deps
  const [pending, named, learnt] = await readAll(d1, [
    listPendingNotes(db, workspaceId, most),
    listServiceNames(db, workspaceId),
    findLearntWeights(db, workspaceId),
  ])
  if (pending === undefined || pending.rows.length === 0) return 0
  const names = toServiceNames(named)
  const weights = toWeights(learnt)
  const notes = pending.rows.map(toStoredNote).map((note) => {
    const asking = toAskingNote(note.id, featuresOfStored(note, names))
    return { note, asking }
  })
  const ranking = { d1, db, workspaceId, names }
  const asking = notes.map((each) => each.asking)
  const said = notes.flatMap(({ note }) =>
    note.same_as === null ? [] : [[note.id, note.same_as] as const],
  )
  const view = await readRegister(ranking, asking, new Map(), new Map(said))
  let made = await readCandidates(ranking, view, asking)
  const failures: unknown[] = []
  let placed = 0
  let looks = SECOND_LOOKS
  for (const each of notes) {
    try {
      if (looks > 0 && view.find(each.asking).some((entry) => !knows(entry, each.asking))) {
        // oxlint-disable-next-line no-await-in-loop -- each note sees where the one before went
        made = [...made, ...(await readCandidates(ranking, view, [each.asking]))]
        looks -= 1
      }
      const keeps = made.map((summary) => keepSummary(db, workspaceId, summary))
      made = []
      // oxlint-disable-next-line no-await-in-loop -- as above
      placed += await place(deps, workspaceId, view, { ...each, weights }, keeps)
    } catch (error) {
      // It waits for the next sweep; nobody behind it does.
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a note could not be placed')
  return placed
}

/** @returns 1 when the note has its place now */
async function place(
  deps: GroupingDeps,
  workspaceId: string,
  view: RegisterView,
  { note, asking, weights }: { note: StoredNote; asking: AskingNote; weights: Weights },
  keeps: ReturnType<typeof keepSummary>[],
): Promise<number> {
  const { db } = deps
  const found = choose(
    {
      note: asking.features,
      candidates: view.rankable(asking, view.find(asking)),
      corpus: view.corpusOf(note.mood),
      twin: view.twinOf(asking)?.id ?? null,
    },
    weights,
    WEIGHTS,
  )
  const named = view.namedBy(asking)
  const isSaid = named !== undefined && knows(named, asking)
  const choice = isSaid ? asSaid(found, named) : found
  const joined = choice.decision === 'join' ? view.entry(choice.entryId) : undefined
  const at = deps.now()
  const entry = joined ?? openedFor(deps, note, view, choice)
  const placement = {
    note,
    index: { tokens: asking.tokens, print: asking.print },
    entryId: entry.id,
    why: whyOf(choice),
    saidBy: isSaid ? note.person_id : null,
    at,
    eventId: uuidv7(at, deps.randomBytes),
    summary: entry.isSummed ? summaryWith(entry.own, asking.features) : null,
  }
  const { version, state } = entry
  const statements =
    joined === undefined
      ? openEntry(db, workspaceId, placement, {
          title: titleOf(note),
          proposal: choice.decision === 'propose' ? choice : null,
          askAt: at + ASK_AGAIN_AFTER_MS,
        })
      : joinEntry(db, workspaceId, placement, version, state)
  const written = await writeAll(deps.d1, [
    ...statements.slice(0, -1),
    ...keeps,
    ...statements.slice(-1),
  ])
  if (written.at(-1)?.changes !== 1) return 0
  if (joined === undefined) entry.number = Number(written[1]?.rows[0]?.['number'])
  else
    Object.assign(entry, { version: version + 1, state: state === 'closed' ? 'reopened' : state })
  view.put(asking, entry)
  return 1
}

/** A new entry as the view will know it; its number comes with the write. */
function openedFor(
  deps: GroupingDeps,
  { mood }: StoredNote,
  view: RegisterView,
  choice: Choice,
): KnownEntry {
  const entry = knownEntry(uuidv7(deps.now(), deps.randomBytes), 0, mood)
  if (choice.decision === 'propose') entry.root = view.entry(choice.entryId)?.root ?? choice.entryId
  return Object.assign(entry, { isRead: true, isSummed: true, isNew: true })
}

/** A person's word goes before whatever ranking says; what that found next is still told. */
function asSaid(found: Choice, { id, number }: KnownEntry): Choice {
  const { engine, suggestions } = found
  const own = suggestions.find(({ entryId }) => entryId === id)
  return {
    engine,
    decision: 'join',
    entryId: id,
    number,
    p: 1,
    sentence: `Its author said: the same as #${number}.`,
    suggestions: [
      own ?? { entryId: id, number, p: 1, reason: 'Said by its author.' },
      ...suggestions.filter((each) => each !== own).slice(0, 2),
    ],
  }
}

/** What is stored with a placement: shown as "why they are together", and learnt from (`worker/refit`). */
function whyOf({ engine, decision, sentence, p, suggestions }: Choice): string {
  return JSON.stringify({ engine, decision, sentence, p, suggestions, features: FEATURE_SET })
}
