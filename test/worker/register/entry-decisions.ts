import { env } from 'cloudflare:workers'
import { expect } from 'vitest'

import type { EntryDetail } from '#shared/api/entry'
import { ApiError } from '#shared/api/call'
import type { DecisionOutcome } from '#shared/api/triage'

import type { Action, Decided, Scene } from './entry-actions'

/** What merging, splitting and taking back have to do to two entries, drawn by hand from R1 and R2. */

interface Around {
  before: EntryDetail
  beside: EntryDetail
  after: EntryDetail
}

/** Both entries as the database holds them, whatever a page shows under their numbers. */
export async function rowsOf({ problem, beside }: Scene): Promise<unknown> {
  const { results } = await env.DB.prepare(
    `SELECT entry.*, (SELECT json_group_array(note_id) FROM (
        SELECT note_id FROM entry_note WHERE entry_id = entry.id AND current = 1 ORDER BY note_id)) AS shown,
      (SELECT count(*) FROM event WHERE entry_id = entry.id) AS events
     FROM entry WHERE id IN (?1, ?2) ORDER BY number`,
  )
    .bind(problem.id, beside.id)
    .all()
  return results
}

/** The notes that an entry shows. */
export function shownOf({ evidence }: EntryDetail): string[] {
  return evidence.notes.map(({ id }) => id).toSorted()
}

/** A merged entry is part of another one: nothing is done to it, and nothing to that one in its name. */
export function ensureStill(refused: unknown): void {
  expect(refused).toBeInstanceOf(ApiError)
  expect(['changed', 'forbidden', 'malformed', 'merged', 'itself']).toContain(
    (refused as ApiError).code,
  )
}

/** All of an entry that no decision of this kind may change, but for what is named. */
function factsOf({ entry, work }: EntryDetail, ...but: (keyof EntryDetail['entry'])[]) {
  const kept = { ...entry }
  for (const name of [...but, 'version', 'changedAt'] as const)
    delete (kept as Partial<typeof kept>)[name]
  return { entry: kept, work }
}

export async function ensureDecided(
  scene: Scene,
  act: Action['act'],
  outcome: DecisionOutcome,
  around: Around,
): Promise<void> {
  const { before, beside, after } = around
  const { id } = outcome.decision
  const decided = (what: Decided['what']) =>
    scene.decided.push({ id, what, before, beside, hasMoved: false })
  switch (act) {
    case 'merge':
      expect(outcome.failed).toEqual([])
      ensureMerged(scene, around)
      return void decided('merge')
    case 'split':
      expect(outcome.failed).toEqual([])
      await ensureSplit(around)
      return void decided('split')
    case 'decline':
      expect(outcome.failed).toEqual([])
      expect(after.entry.state).toBe('declined')
      expect(factsOf(after, 'state')).toEqual(factsOf(before, 'state'))
      for (const each of scene.decided) each.hasMoved = true
      return void decided('decline')
    default:
      return ensureTakenBack(scene, outcome, around)
  }
}

/** The other entry shows and counts both, and is otherwise as it was. */
function ensureMerged({ problem, beside: other }: Scene, { before, beside, after }: Around): void {
  expect(after.mergedFrom).toBe(problem.number)
  expect(after.entry.number).toBe(other.number)
  expect(shownOf(after)).toEqual([...shownOf(before), ...shownOf(beside)].toSorted())
  expect(after.entry.notes).toBe(before.entry.notes + beside.entry.notes)
  expect(after.entry.leaders).toBe(1)
  expect(after.entry.followUps.open).toBe(before.entry.followUps.open + beside.entry.followUps.open)
  const counted = ['notes', 'leaders', 'worst', 'free', 'followUps', 'service'] as const
  expect(factsOf(after, ...counted)).toEqual(factsOf(beside, ...counted))
}

/** One note is gone, to a new entry that nobody has looked at; its state and all that was found out stay. */
async function ensureSplit({ before, after }: Around): Promise<void> {
  const gone = shownOf(before).filter((id) => !shownOf(after).includes(id))
  expect(gone).toHaveLength(1)
  expect(after.entry.notes).toBe(before.entry.notes - 1)
  expect(factsOf(after, 'notes', 'title')).toEqual(factsOf(before, 'notes', 'title'))
  const { results } = await env.DB.prepare(
    `SELECT entry.state, entry.notes FROM entry_note JOIN entry ON entry.id = entry_id
     WHERE note_id = ?1 AND current = 1`,
  )
    .bind(gone[0])
    .all()
  expect(results).toEqual([{ state: 'new', notes: 1 }])
}

/** Both are as they were before the decision, but for what people have changed since. */
function ensureTakenBack(
  { decided, problem }: Scene,
  { failed }: DecisionOutcome,
  { before, beside, after }: Around,
): void {
  const undone = decided.pop()
  if (undone === undefined) throw new Error('nothing was decided')
  expect(after.entry.number).toBe(problem.number)
  expect(after.mergedFrom).toBeNull()
  switch (undone.what) {
    case 'merge':
      expect(failed).toEqual([])
      expect(factsOf(after)).toEqual(factsOf(undone.before))
      expect(shownOf(after)).toEqual(shownOf(undone.before))
      return
    case 'split':
      expect(failed).toEqual([])
      expect(shownOf(after)).toEqual(shownOf(undone.before))
      expect(factsOf(after, 'notes', 'title')).toEqual(factsOf(before, 'notes', 'title'))
      expect(after.entry.notes).toBe(undone.before.entry.notes)
      return
    case 'decline':
      expect(factsOf(after, 'state')).toEqual(factsOf(before, 'state'))
      expect(failed.map(({ code }) => code)).toEqual(undone.hasMoved ? ['moved-on'] : [])
      expect(after.entry.state).toBe(
        undone.hasMoved ? before.entry.state : undone.before.entry.state,
      )
      for (const each of decided) if (!undone.hasMoved) each.hasMoved = true
      expect(beside.entry.notes).toBe(1)
  }
}
