import { type Decision, ENGINE, decide, featuresOf } from '#shared/grouping/decide'
import { titleOf } from '#shared/grouping/title'
import { type RandomBytes, uuidv7 } from '#shared/id'

import type { Db } from '../database/open'
import { readAll, writeAll } from '../database/write-all'
import { type OpenCandidate, toCandidate } from './candidate'
import {
  type PendingNote,
  findCandidates,
  findKeptApart,
  joinEntry,
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

/** Notes of one round; with their candidates and placements a round stays under 20 D1 calls. */
const NOTES_A_ROUND = 10
/** One sweep places no more than this over all workspaces, so that it stays under 40 D1 calls too. */
const NOTES_A_SWEEP = 20
const WORKSPACES_A_SWEEP = 3
const MAX_CANDIDATES = 16
/** Longer than a round takes, shorter than a person waits: a crashed holder blocks nobody for long. */
const LEASE_MS = 20_000

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
  const { d1, db } = deps
  const holder = uuidv7(deps.now(), deps.randomBytes)
  const [lease] = await writeAll(d1, [
    takeLease(db, workspaceId, holder, deps.now(), deps.now() + LEASE_MS),
  ])
  if (lease?.changes !== 1) return 0
  try {
    return await groupRound(deps, workspaceId, most)
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
  const notes = await listPendingNotes(db, workspaceId, most)
  if (notes.length === 0) return 0
  const featured = notes.map((note) => ({ note, features: featuresOf(note) }))
  const [keptApart, ...found] = await readAll(d1, [
    findKeptApart(
      db,
      workspaceId,
      notes.map(({ id }) => id),
    ),
    ...featured.map(({ note, features }) =>
      findCandidates(db, workspaceId, note.id, features, MAX_CANDIDATES),
    ),
  ])
  const apart = new Set(
    keptApart?.rows.map((row) => `${String(row['note_id'])} ${String(row['other_id'])}`),
  )
  const candidates = found.map(({ rows }) => rows.map(toCandidate))
  /** Entries that this round changed, as they stand now; a later note must see them so. */
  const changed = new Map<string, OpenCandidate & { mood: string }>()
  const failures: unknown[] = []
  let placed = 0
  for (const [index, { note, features }] of featured.entries()) {
    const fresh = [...changed.values()].filter(
      (entry) => entry.mood === note.mood && !apart.has(`${note.id} ${entry.entryId}`),
    )
    const pool = [
      ...(candidates[index] ?? []).filter((candidate) => !changed.has(candidate.entryId)),
      ...fresh,
    ]
    const decision = decide(features, pool)
    const joined =
      decision.decision === 'join'
        ? pool.find((each) => each.entryId === decision.entryId)
        : undefined
    const placement = {
      note,
      features,
      entryId: joined?.entryId ?? newId(deps),
      why: whyOf(decision),
      at: deps.now(),
      eventId: newId(deps),
    }
    const statements =
      joined === undefined
        ? openEntry(db, workspaceId, placement, titleOf(note))
        : joinEntry(db, workspaceId, placement, joined.version, joined.state)
    try {
      // oxlint-disable-next-line no-await-in-loop -- each note sees where the one before went
      const written = await writeAll(d1, statements)
      if (written.at(-1)?.changes !== 1) continue
      placed += 1
      const number = joined?.number ?? Number(written[1]?.rows[0]?.['number'])
      changed.set(placement.entryId, { ...grown(joined, placement, number), mood: note.mood })
    } catch (error) {
      // It waits for the next sweep; nobody behind it does.
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'a note could not be placed')
  return placed
}

/** What is stored with a placement, and shown as "why they are together". */
function whyOf(decision: Decision): string {
  const { sentence, runnersUp } = decision
  return JSON.stringify({ engine: ENGINE, decision: decision.decision, sentence, runnersUp })
}

/** The entry as the placement left it. */
function grown(
  before: OpenCandidate | undefined,
  {
    entryId,
    features,
    note,
  }: { entryId: string; features: ReturnType<typeof featuresOf>; note: PendingNote },
  number: number,
): OpenCandidate {
  const places = new Map(before?.places)
  for (const key of new Set([features.placeKey, features.widePlaceKey]))
    places.set(key, (places.get(key) ?? 0) + 1)
  const stems = new Map(before?.stems)
  for (const stem of features.stems) stems.set(stem, (stems.get(stem) ?? 0) + 1)
  return {
    entryId,
    number,
    service: before?.service ?? note.service,
    notes: (before?.notes ?? 0) + 1,
    version: (before?.version ?? 0) + 1,
    state: before?.state === 'closed' ? 'reopened' : (before?.state ?? 'new'),
    places,
    stems,
  }
}

function newId(deps: GroupingDeps): string {
  return uuidv7(deps.now(), deps.randomBytes)
}
