import { env } from 'cloudflare:workers'

import {
  callPlace,
  MORNING,
  newId,
  newNote,
  newPart,
  newWalk,
  noteOp,
  partOp,
} from '../../support/ops'
import { ownPage, send } from '../support/browser'
import { recordD1, type Recording } from '../support/recording-d1'
import { newSender, push } from '../sync/support'
import { type Member, newWorkspace } from '../support/workspace'

export interface EntryValues {
  number: number
  mood?: 'embarrassed' | 'liked'
  title?: string
  service?: string | null
  state?: string
  impact?: number | null
  effort?: string | null
  leaders?: number
  free?: number
  changedAt?: number
  ownerPerson?: string | null
  mergedInto?: string | null
}

/**
 * Entries as grouping and reviewers would have left them, without the days that takes.
 *
 * @returns their ids, in order
 */
export async function insertEntries(
  workspaceId: string,
  entries: readonly EntryValues[],
): Promise<string[]> {
  const rows = entries.map((entry) => ({ id: newId(), ...entry }))
  const statement = env.DB.prepare(`
    INSERT INTO entry (id, workspace_id, number, mood, title, service, channel, kind, state, owner_person, impact, effort,
      merged_into, notes, leaders, worst, free, opened_at, changed_at, version, seq)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'portal', NULL, ?7, ?8, ?9, ?10, ?11, 1, ?12, 2, ?13, 1000, ?14, 1, ?3)`)
  await env.DB.batch(
    rows.map((row) =>
      statement.bind(
        row.id,
        workspaceId,
        row.number,
        row.mood ?? 'embarrassed',
        row.title ?? `Entry ${row.number}`,
        row.service ?? null,
        row.state ?? (row.mood === 'liked' ? 'kept' : 'new'),
        row.ownerPerson ?? null,
        row.impact ?? null,
        row.effort ?? null,
        row.mergedInto ?? null,
        row.leaders ?? 1,
        row.free ?? 0,
        row.changedAt ?? 1000,
      ),
    ),
  )
  return rows.map((row) => row.id)
}

/** How many calls to D1 a GET takes, the door's own among them. */
export async function d1CallsOf(member: Member, path: string): Promise<number> {
  const recording: Recording = { statements: [], calls: 0 }
  const response = await send(path, ownPage({}, member.browser.cookie()), {
    ...env,
    DB: recordD1(env.DB, recording),
  })
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
  return recording.calls
}

/** A workspace with one entry of three notes from two leaders, sent and grouped for real. */
export async function newEntry() {
  const workspace = await newWorkspace()
  const cio = await newSender({
    workspace,
    personId: (await workspace.owner.client.addPerson({ name: 'CIO', role: 'walker' })).id,
  })
  const dean = await newSender({
    workspace,
    personId: (await workspace.owner.client.addPerson({ name: 'Dean', role: 'walker' })).id,
  })
  const walk = newWalk({ errand: 'I forgot my password', persona: 'night-shift nurse' })
  const place = callPlace('1300', '2', '1')
  const first = newNote({
    walkId: walk.id,
    place,
    words: 'Nobody answers after ten minutes.',
    kind: 'hold',
    wince: 2,
    at: MORNING,
    service: 'IT',
  })
  const second = newNote({
    place,
    words: 'Still nobody answers.',
    firstWords: 'nobody?!',
    wince: 3,
    at: MORNING + 1,
    kind: 'hold',
    money: 'free',
  })
  const third = newNote({ place, words: 'Nobody', wince: null, kind: 'hold', at: MORNING + 2 })
  await push(cio, [partOp(1, newPart({ walk })), noteOp(2, first)])
  await push(dean, [noteOp(1, second), noteOp(2, third)])
  return { workspace, ids: [first.id, second.id, third.id] }
}
