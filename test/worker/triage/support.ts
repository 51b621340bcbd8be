import type { DecisionOutcome, NewDecisionInput, TriageApi } from '#shared/api/triage'
import { ApiError } from '#shared/api/call'
import type { Note } from '#shared/note'

import { newId, newNote, pagePlace } from '../../support/ops'
import { type EntryRow, entriesOf, note } from '../grouping/support'
import { type Device, newSender, rows } from '../sync/support'
import { type Member, newMember } from '../support/workspace'

/** A decision without its id. */
export type Asked = NewDecisionInput extends infer Each
  ? Each extends { id: string }
    ? Omit<Each, 'id'>
    : never
  : never

/** A workspace with two leaders and a reviewer, through the doors. */
export async function newTriage() {
  const cio = await newSender()
  const dean = await newSender({ workspace: cio.workspace })
  const reviewer = await newMember(cio.workspace, 'reviewer')
  const client: Member['client'] & TriageApi = reviewer.client
  const decide = (asked: Asked, id = newId()): Promise<DecisionOutcome> =>
    client.decide({ id, ...asked })
  return {
    cio,
    dean,
    reviewer,
    client,
    workspaceId: cio.workspace.id,
    decide,
    undo: (outcome: DecisionOutcome) => client.undoDecision(outcome.decision.id),
    entries: () => entriesOf(cio),
    entry: async (number: number): Promise<EntryRow> => {
      const found = (await entriesOf(cio)).find((each) => each.number === number)
      if (found === undefined) throw new Error(`no entry ${number}`)
      return found
    },
  }
}
export type Triage = Awaited<ReturnType<typeof newTriage>>

/** Notes at one place each, every one in words of its own; those of the same place are grouped. */
export async function send(device: Device, ...places: string[]): Promise<Note[]> {
  const notes = places.map((place, index) =>
    newNote({
      words: `${place} ${index} ${newId().slice(-6)}`,
      place: pagePlace({ route: `/${place}` }),
    }),
  )
  await note(device, ...notes)
  return notes
}

/** An open question of grouping, as its engine writes it. */
export async function propose(triage: Triage, noteId: string, number: number): Promise<void> {
  const { id } = await triage.entry(number)
  await rows(
    `INSERT INTO proposal (workspace_id, note_id, entry_id, state, p, engine, sentence, at)
     VALUES (?1, ?2, ?3, 'open', 0.5, 'test', 'Similar words.', 1)`,
    triage.workspaceId,
    noteId,
    id,
  )
}

/** The refusal that a call ends with. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<Pick<ApiError, 'status' | 'code' | 'message'>> {
  try {
    await call
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** Pairs that stay apart, as numbers of entries by note. */
export async function pairsOf(triage: Triage, noteId: string): Promise<number[]> {
  const found = await rows<{ number: number }>(
    `SELECT entry.number FROM never_group JOIN entry ON entry.id = other_id
     WHERE never_group.workspace_id = ?1 AND note_id = ?2 ORDER BY 1`,
    triage.workspaceId,
    noteId,
  )
  return found.map(({ number }) => number)
}
