import { type NewDecision, NewDecision as NewDecisionSchema } from '#shared/api/triage'
import type { NewDecisionInput } from '#shared/api/triage'
import type { Note } from '#shared/note'
import * as v from 'valibot'

import { openDatabase } from '../../../worker/database/open'
import { type Decided, type DecisionDeps, decide } from '../../../worker/decision/decide'
import { takeBack } from '../../../worker/decision/take-back'
import { groupPendingNotes } from '../../../worker/grouping/group-notes'
import { applyOps } from '../../../worker/sync/push'
import { MORNING, newId, noteOp, recallOp } from '../../support/ops'

export type TriageWorld = Awaited<ReturnType<typeof openTriageWorld>>
type Row = Record<string, unknown>
/** Without its id, which is made anew. */
export type Asked = NewDecisionInput extends infer Each
  ? Each extends { id: string }
    ? Omit<Each, 'id'>
    : never
  : never

/**
 * A workspace with leaders and reviewers on any D1, through the functions that the doors call: what
 * is sent is applied and grouped, what is decided is decided. Its clock ticks a second at each act.
 */
export async function openTriageWorld(d1: D1Database, { leaders = 3, reviewers = 2 } = {}) {
  const db = openDatabase(d1)
  const workspaceId = newId()
  let clock = MORNING
  let mid = 0
  const deps: DecisionDeps = {
    d1,
    db,
    now: () => clock,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
  const rows = async <Found = Row>(sql: string, ...values: unknown[]) =>
    (
      await d1
        .prepare(sql)
        .bind(...values)
        .all<Found>()
    ).results
  await rows(
    'INSERT INTO workspace (id, name, created_at) VALUES (?1, ?2, ?3)',
    workspaceId,
    'W',
    clock,
  )
  const newPerson = async (role: string) => {
    const id = newId()
    await rows(
      'INSERT INTO person (id, workspace_id, name, role, created_at) VALUES (?1, ?2, ?3, ?4, ?5)',
      id,
      workspaceId,
      `A ${role}`,
      role,
      clock,
    )
    return id
  }
  const walkers: string[] = []
  const deciders: string[] = []
  for (let each = 0; each < leaders; each += 1) walkers.push(await newPerson('walker'))
  for (let each = 0; each < reviewers; each += 1) deciders.push(await newPerson('reviewer'))

  const tick = (ms = 1_000) => (clock += ms)

  async function push(leader: number, op: unknown): Promise<string> {
    const personId = walkers[leader] ?? ''
    const sender = { workspaceId, personId, pairingId: personId, deviceId: personId, epoch: 1 }
    const [result] = await applyOps(d1, db, sender, { proto: 2, ops: [op] }, clock)
    return result?.code ?? result?.status ?? 'nothing'
  }

  return {
    d1,
    db,
    deps,
    workspaceId,
    walkers,
    deciders,
    rows,
    tick,
    /** Sends a note and lets grouping place it. */
    async note(note: Note, leader = 0): Promise<void> {
      tick()
      const became = await push(leader, noteOp((mid += 1), note))
      if (became !== 'applied') throw new Error(`a note was ${became}`)
      await groupPendingNotes(deps, workspaceId)
    },
    async recall(noteId: string, leader = 0): Promise<void> {
      tick()
      const became = await push(leader, recallOp((mid += 1), noteId))
      if (became !== 'applied') throw new Error(`a recall was ${became}`)
    },
    async decide(asked: Asked, { id = newId(), by = 0 } = {}): Promise<Decided & { id: string }> {
      tick()
      const decision: NewDecision = v.parse(NewDecisionSchema, { id, ...asked })
      const who = { workspaceId, personId: deciders[by] ?? '' }
      return { ...(await decide(deps, who, decision)), id }
    },
    async undo(decisionId: string, { by = 0 } = {}): Promise<Decided> {
      tick()
      return takeBack(deps, { workspaceId, personId: deciders[by] ?? '' }, decisionId)
    },
    /** An open question of grouping, as its engine writes it. */
    async propose(noteId: string, entryId: string): Promise<void> {
      await rows(
        `INSERT INTO proposal (workspace_id, note_id, entry_id, state, p, engine, sentence, at)
         VALUES (?1, ?2, ?3, 'open', 0.5, 'test', 'Similar words.', ?4)`,
        workspaceId,
        noteId,
        entryId,
        clock,
      )
    },
    /** By number; merged ones as themselves. */
    async entries() {
      return rows<EntryState>(
        'SELECT * FROM entry WHERE workspace_id = ?1 ORDER BY number',
        workspaceId,
      )
    },
    /** The number of the entry that shows the note. */
    async shownAt(noteId: string): Promise<number | undefined> {
      const found = await rows<{ number: number }>(
        `SELECT shown.number FROM entry_note JOIN entry ON entry.id = entry_note.entry_id
         JOIN entry AS shown ON shown.id = COALESCE(entry.merged_into, entry.id)
         WHERE note_id = ?1 AND current = 1`,
        noteId,
      )
      return found[0]?.number
    },
  }
}

export interface EntryState extends Row {
  id: string
  number: number
  mood: string
  title: string
  title_confirmed: number
  state: string
  merged_into: string | null
  notes: number
  leaders: number
  worst: number | null
  version: number
}
