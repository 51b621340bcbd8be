import { uuidv7 } from '#shared/id'

import { readAll } from '../database/write-all'
import type { Step } from '../part/queries'
import {
  type KnownDecision,
  type ReadSteps,
  type RecordedStep,
  knownQueries,
  readSteps,
  toKnown,
} from '../record/queries'
import type { StandingAsked } from '../standing/standing'
import {
  type Decided,
  type Decider,
  type DecisionDeps,
  draftOf,
  getOutcome,
  readStanding,
  withFailures,
  writePart,
} from './decide'
import type { Failure } from './plan'
import { planUndo } from './undo'

const ROUNDS = 3

/**
 * Takes a decision back, all its parts; an undo that stopped half-way goes on. What it has taken
 * back it says, and what has moved on since it leaves and names. An undo is not taken back.
 */
export async function takeBack(
  deps: DecisionDeps,
  who: Decider,
  decisionId: string,
): Promise<Decided> {
  const { d1, db } = deps
  const known = toKnown(await readAll(d1, knownQueries(db, who.workspaceId, decisionId)))
  if (known === undefined) return { status: 'unknown' }
  if (known.undoes !== null) {
    const message = 'An undo cannot be taken back. Decide again instead.'
    return { status: 'refused', code: 'undo-of-undo', message }
  }
  const undone = await findUndo(deps, who, known)
  if (undone.isForeign) return { status: 'done', outcome: await getOutcome(deps, who, undone.id) }
  const recorded = await readSteps(d1, db, who.workspaceId, decisionId)
  const failures: Failure[] = []
  for (const number of [...known.parts].toReversed()) {
    if (undone.parts.has(number)) continue
    const steps = recorded.steps.filter(({ part }) => part === number)
    const run = { deps, who, decisionId, known, undoId: undone.id, recorded, steps }
    // oxlint-disable-next-line no-await-in-loop -- the last that was done goes first
    const written = await takePartBack(run, number)
    if (written === 'taken') return takeBack(deps, who, decisionId)
    if (written === 'changed' && undone.parts.size === 0 && number === known.parts.size - 1) {
      return { status: 'changed', entries: [] }
    }
    if (written === 'changed') failures.push(...steps.flatMap(toChanged))
  }
  return { status: 'done', outcome: withFailures(await getOutcome(deps, who, undone.id), failures) }
}

interface Undone {
  id: string
  parts: ReadonlySet<number>
  /** Somebody else has begun it, and has to end it. */
  isForeign: boolean
}

async function findUndo(
  { d1, db, now, randomBytes }: DecisionDeps,
  { workspaceId, personId }: Decider,
  { undoneBy }: KnownDecision,
): Promise<Undone> {
  if (undoneBy === null) {
    return { id: uuidv7(now(), randomBytes), parts: new Set(), isForeign: false }
  }
  const undo = toKnown(await readAll(d1, knownQueries(db, workspaceId, undoneBy)))
  return {
    id: undoneBy,
    parts: undo?.parts ?? new Set(),
    isForeign: undo?.personId !== personId,
  }
}

interface Run {
  deps: DecisionDeps
  who: Decider
  decisionId: string
  known: KnownDecision
  undoId: string
  recorded: ReadSteps
  steps: readonly RecordedStep[]
}

/** `taken`: somebody else was faster with the same undo. */
async function takePartBack(
  { deps, who, decisionId, known, undoId, recorded, steps }: Run,
  number: number,
): Promise<'written' | 'changed' | 'taken'> {
  const { d1, db } = deps
  for (let round = 1; round <= ROUNDS; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each round reads what somebody else has changed
    const standing = await readStanding(d1, db, who.workspaceId, askedOf(steps))
    const { what, at } = known
    const { renamed, services, lastPlaced, movedSince } = recorded
    const draft = draftOf(deps, who, standing)
    const plan = planUndo(draft, {
      what,
      at,
      steps: steps as readonly Step[],
      renamed,
      services,
      lastPlaced,
      movedSince,
    })
    const undo = { id: undoId, what: 'undo' } as const
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (await writePart(deps, who, undo, plan, { number, undoes: decisionId })) return 'written'
    // oxlint-disable-next-line no-await-in-loop -- as above
    const now = toKnown(await readAll(d1, knownQueries(db, who.workspaceId, decisionId)))
    if (now?.undoneBy !== null && now?.undoneBy !== undoId) return 'taken'
  }
  return 'changed'
}

/** Every note and entry that a step names. */
function askedOf(steps: readonly RecordedStep[]): StandingAsked {
  const noteIds = new Set<string>()
  const entryIds = new Set<string>()
  for (const { kind, noteId, entryId, before, after } of steps) {
    if (noteId !== null) noteIds.add(noteId)
    if (entryId !== null) entryIds.add(entryId)
    if (kind === 'place') entryIds.add(before?.split(' ')[0] ?? '')
    if (kind === 'merge') {
      entryIds.add(after ?? '')
      if (before?.startsWith('merged ')) entryIds.add(before.slice('merged '.length))
    }
  }
  return { noteIds: [...noteIds], entryIds: [...entryIds], numbers: [], mergeOf: [] }
}

function toChanged({ noteId }: RecordedStep): Failure[] {
  return noteId === null ? [] : [{ noteId, entryId: null, code: 'changed' }]
}
