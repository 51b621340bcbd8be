import type { DecisionOutcome, DecisionWhat, NewDecision } from '#shared/api/triage'
import type { EntryRow } from '#shared/api/register'
import { type RandomBytes, uuidv7 } from '#shared/id'

import type { Db } from '../database/open'
import { readAll, writeAll } from '../database/write-all'
import { type Part, isFreshPart } from '../part/queries'
import { indexNotes, unindexNotes } from '../placing/index-rows'
import {
  type KnownDecision,
  knownQueries,
  listEntriesByNumber,
  readOutcome,
  toKnown,
} from '../record/queries'
import { findService } from '../service/queries'
import { standingQueries, toStanding } from '../standing/queries'
import type { Standing, StandingAsked } from '../standing/standing'
import { type Draft, createDraft } from './draft'
import { type EntryDecision, decideEntry } from './entry-rules'
import { type Named, decideNotes } from './note-rules'
import { FAILURES, type FailureCode, type Failure, type Plan } from './plan'
import { writePlan } from './queries'

export interface DecisionDeps {
  d1: D1Database
  db: Db
  /** Unix ms. */
  now(): number
  randomBytes: RandomBytes
}

export interface Decider {
  workspaceId: string
  personId: string
}

/** What became of a decision, for whoever answers. */
export type Decided =
  | { status: 'done'; outcome: DecisionOutcome }
  | { status: 'unknown' }
  | { status: 'refused'; code: string; message: string }
  | { status: 'changed'; entries: EntryRow[] }

/** Notes of one batch: their words and index rows fit, and 200 of them stay under 40 D1 calls. */
const NOTES_A_PART = 40
/** Rounds against others who work on the same entries; two D1 calls each, three where a part has company. */
const ROUNDS = 4
const ROUNDS_IN_BULK = 3

/**
 * Does what a person decided, one batch for each part, only while everything is as it was read.
 * The same decision sent again does what is still to be done of it, which is mostly nothing.
 */
export async function decide(
  deps: DecisionDeps,
  who: Decider,
  decision: NewDecision,
): Promise<Decided> {
  const { d1, db } = deps
  const known = toKnown(await readAll(d1, knownQueries(db, who.workspaceId, decision.id)))
  if (known && (known.personId !== who.personId || known.what !== decision.what)) return ID_TAKEN
  const parts = partsOf(decision)
  const failures: Failure[] = []
  const run = { deps, who, decision, known, rounds: parts.length > 1 ? ROUNDS_IN_BULK : ROUNDS }
  for (const [number, part] of parts.entries()) {
    if (known?.parts.has(number)) continue
    // oxlint-disable-next-line no-await-in-loop -- each part sees what the one before did
    const written = await decidePart(run, part, number, parts.length)
    if (written.status === 'stopped') return written.answer
    failures.push(...written.failures)
  }
  const outcome = await getOutcome(deps, who, decision.id)
  return { status: 'done', outcome: withFailures(outcome, failures) }
}

const ID_TAKEN: Decided = {
  status: 'refused',
  code: 'id-taken',
  message: 'This id was used for another decision. Make a new one.',
}

interface Run {
  deps: DecisionDeps
  who: Decider
  decision: NewDecision
  known: KnownDecision | undefined
  rounds: number
}

type PartDone =
  | { status: 'stopped'; answer: Decided }
  /** What was not even recorded. */
  | { status: 'written'; failures: Failure[] }

function partsOf(decision: NewDecision): NewDecision[] {
  if (!('noteIds' in decision)) return [decision]
  const noteIds = [...new Set(decision.noteIds)]
  if (decision.what === 'split' || decision.what === 'merge') return [{ ...decision, noteIds }]
  return Array.from({ length: Math.ceil(noteIds.length / NOTES_A_PART) }, (_, index) => ({
    ...decision,
    noteIds: noteIds.slice(index * NOTES_A_PART, (index + 1) * NOTES_A_PART),
  }))
}

async function decidePart(
  { deps, who, decision, known, rounds }: Run,
  part: NewDecision,
  number: number,
  parts: number,
): Promise<PartDone> {
  for (let round = 1; round <= rounds; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each round reads what somebody else has changed
    const read = await readFor(deps, who, part)
    if (read === undefined) return { status: 'stopped', answer: { status: 'unknown' } }
    const isFirst = number === 0 && known === undefined
    if (isFirst && isOvertaken(read.standing, decision)) break
    const draft = draftOf(deps, who, read.standing)
    const plan = planFor(draft, part, read)
    if (parts === 1 && plan.done.length === 0 && plan.steps.length === 0) {
      return { status: 'stopped', answer: refusalOf(plan.failed) }
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (await writePart(deps, who, decision, plan, { number, undoes: null })) {
      return { status: 'written', failures: [] }
    }
  }
  if (number > 0 || known !== undefined) {
    const noteIds = 'noteIds' in part ? part.noteIds : []
    const failures = noteIds.map((noteId) => ({ noteId, entryId: null, code: 'changed' as const }))
    return { status: 'written', failures }
  }
  const entries = await listEntriesByNumber(deps.d1, deps.db, who.workspaceId, numbersOf(decision))
  return { status: 'stopped', answer: { status: 'changed', entries } }
}

interface Read extends Named {
  standing: Standing
}

/** What the decision names, as it stands; undefined where an entry or a service is not there. */
async function readFor(
  { d1, db }: DecisionDeps,
  { workspaceId }: Decider,
  decision: NewDecision,
): Promise<(Omit<Read, 'entry' | 'into'> & { standing: Standing }) | undefined> {
  const asked: StandingAsked = {
    noteIds: 'noteIds' in decision ? decision.noteIds : [],
    numbers: numbersOf(decision),
    entryIds: [],
    mergeOf: decision.what === 'merge' ? [decision.entry, decision.into] : [],
  }
  const serviceId = 'serviceId' in decision ? decision.serviceId : null
  const [standing, service] = await Promise.all([
    readStanding(d1, db, workspaceId, asked),
    serviceId === null ? null : findService(db, workspaceId, serviceId),
  ])
  const isThere = (number: number) => standing.entries.some((entry) => entry.number === number)
  if (service === undefined || !namedOf(decision).every(isThere)) return undefined
  return { standing, service }
}

export async function readStanding(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  asked: StandingAsked,
): Promise<Standing> {
  return toStanding(await readAll(d1, standingQueries(db, workspaceId, asked)))
}

/** Numbers that the decision cannot do without. */
function namedOf(decision: NewDecision): number[] {
  return [
    ...('entry' in decision ? [decision.entry] : []),
    ...('into' in decision ? [decision.into] : []),
  ]
}

function numbersOf(decision: NewDecision): number[] {
  return [...new Set([...namedOf(decision), ...decision.expect.map(({ entry }) => entry)])]
}

function isOvertaken({ entries }: Standing, { expect }: NewDecision): boolean {
  return expect.some(
    (known) => entries.find(({ number }) => number === known.entry)?.version !== known.version,
  )
}

export function draftOf(deps: DecisionDeps, { personId }: Decider, standing: Standing): Draft {
  const now = deps.now()
  return createDraft(standing, {
    now,
    by: personId,
    newId: () => uuidv7(now, deps.randomBytes),
  })
}

function planFor(
  draft: Draft,
  decision: NewDecision,
  { standing, service }: Pick<Read, 'standing' | 'service'>,
): Plan {
  const find = (number: number) =>
    [...draft.entries.values()].find((entry) => entry.number === number)
  const shown = (number: number) => {
    const entry = find(number)
    return entry === undefined ? null : draft.rootOf(entry.id)
  }
  const named: Named = {
    // What was merged is not merged again in its target's name.
    entry:
      'entry' in decision
        ? decision.what === 'merge'
          ? (find(decision.entry) ?? null)
          : shown(decision.entry)
        : null,
    into: 'into' in decision ? shown(decision.into) : null,
    service,
  }
  if (isAboutEntry(decision)) decideEntry(draft, decision, named, standing)
  else decideNotes(draft, decision, named)
  return draft.finish()
}

function isAboutEntry(decision: NewDecision): decision is EntryDecision {
  return 'entry' in decision && decision.what !== 'move' && decision.what !== 'suggest'
}

/** @returns false where something has changed since it was read */
export async function writePart(
  deps: DecisionDeps,
  { workspaceId, personId }: Decider,
  { id: decisionId, what }: { id: string; what: DecisionWhat },
  plan: Plan,
  { number, undoes }: { number: number; undoes: string | null },
): Promise<boolean> {
  const { d1, db } = deps
  const eventIds = plan.events
    .map(() => uuidv7(plan.at, deps.randomBytes))
    .toSorted((one, other) => (one < other ? -1 : 1))
  const part: Part = { workspaceId, personId, decisionId, what, number, undoes, eventIds }
  const fresh = isFreshPart(part)
  const written = await writeAll(
    d1,
    writePlan(db, part, plan, [
      ...unindexNotes(db, workspaceId, plan.leaves, fresh),
      ...indexNotes(db, workspaceId, plan.enters, fresh),
    ]),
  )
  return written.at(-1)?.rows[0] !== undefined
}

function refusalOf(failed: readonly Failure[]): Decided {
  const codes = failed.map(({ code }) => code)
  const [code = 'already-so'] = codes.filter((each) => each !== 'gone')
  if (codes.length > 0 && codes.every((each) => each === 'gone')) return { status: 'unknown' }
  return { status: 'refused', code, message: FAILURES[code] }
}

export async function getOutcome(
  { d1, db }: DecisionDeps,
  { workspaceId }: Decider,
  decisionId: string,
): Promise<DecisionOutcome> {
  const read = await readOutcome(d1, db, workspaceId, decisionId)
  if (read === undefined) throw new Error('a decision that was written is not there')
  const failures = read.notes.filter(({ code }) => code !== null)
  return {
    decision: read.decision,
    done: read.notes.filter(({ code }) => code === null).map(({ noteId }) => noteId),
    failed: [
      ...failures.map(({ noteId, code }) => toNotDone({ noteId, entry: null }, code ?? '')),
      ...read.entries.map(({ number, code }) => toNotDone({ noteId: null, entry: number }, code)),
    ],
    entries: read.touched,
  }
}

function toNotDone(about: { noteId: string | null; entry: number | null }, code: string) {
  return { ...about, code, message: FAILURES[code as FailureCode] ?? FAILURES['moved-on'] }
}

export function withFailures(
  outcome: DecisionOutcome,
  failures: readonly Failure[],
): DecisionOutcome {
  const more = failures.map(({ noteId, code }) => toNotDone({ noteId, entry: null }, code))
  return { ...outcome, failed: [...outcome.failed, ...more] }
}
