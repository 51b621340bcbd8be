import { env } from 'cloudflare:workers'

import { openDatabase } from '../../../worker/database/open'
import type { GroupingDeps } from '../../../worker/grouping/group-notes'
import type { Note } from '#shared/note'

import { noteOp } from '../../support/ops'
import { type Device, push, rows } from '../sync/support'

export function groupingDeps(d1: D1Database = env.DB): GroupingDeps {
  return {
    d1,
    db: openDatabase(d1),
    now: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
}

let mid = 0

/** Sends notes and waits until they are grouped. */
export async function note(device: Device, ...notes: Note[]): Promise<void> {
  const results = await push(
    device,
    notes.map((each) => noteOp((mid += 1), each)),
  )
  if (results.some(({ status }) => status !== 'applied')) throw new Error(JSON.stringify(results))
}

/** Sends notes while somebody else holds the lease, so that they wait. */
export async function noteWaiting(device: Device, ...notes: Note[]): Promise<void> {
  await setLease(device, 'somebody', Date.now() + 60_000)
  await note(device, ...notes)
  await setLease(device, null, 0)
}

export async function setLease(
  device: Device,
  holder: string | null,
  until: number,
): Promise<void> {
  await env.DB.prepare(
    'UPDATE workspace SET grouping_lease = ?, grouping_lease_until = ? WHERE id = ?',
  )
    .bind(holder, until, device.workspace.id)
    .run()
}

/** The number of the entry that a note is in, null while it waits. */
export async function entryOf({ id }: Note): Promise<number | null> {
  const found = await rows<{ number: number }>(
    `SELECT entry.number FROM entry_note JOIN entry ON entry.id = entry_note.entry_id
     WHERE entry_note.note_id = ? AND entry_note.current = 1`,
    id,
  )
  return found[0]?.number ?? null
}

export interface EntryRow {
  id: string
  number: number
  mood: string
  title: string
  state: string
  notes: number
  leaders: number
  worst: number | null
  free: number
  version: number
  [column: string]: unknown
}

export function entriesOf(device: Device): Promise<EntryRow[]> {
  return rows<EntryRow>(
    'SELECT * FROM entry WHERE workspace_id = ? ORDER BY number',
    device.workspace.id,
  )
}

/** What must hold in every workspace after anything (T-9): counts, numbers, one place a note. */
export async function brokenRules(device: Device): Promise<unknown[]> {
  const workspace = device.workspace.id
  const broken = await Promise.all([
    rows(
      'SELECT note_id FROM entry_note WHERE workspace_id = ? AND current = 1 GROUP BY note_id HAVING count(*) > 1',
      workspace,
    ),
    rows(
      `SELECT id FROM note WHERE workspace_id = ? AND grouped <>
        (SELECT count(*) FROM entry_note WHERE entry_note.note_id = note.id AND current = 1)`,
      workspace,
    ),
    rows(
      `SELECT id, notes FROM entry WHERE workspace_id = ? AND notes <>
        (SELECT count(*) FROM entry_note WHERE entry_note.entry_id = entry.id AND current = 1)`,
      workspace,
    ),
    rows(
      `SELECT entry.id FROM entry JOIN entry_note ON entry_note.entry_id = entry.id AND current = 1
        JOIN note ON note.id = entry_note.note_id WHERE entry.workspace_id = ? AND note.mood <> entry.mood`,
      workspace,
    ),
    rows(
      `SELECT id, leaders FROM entry WHERE workspace_id = ? AND leaders <>
        (SELECT count(DISTINCT person_id) FROM entry_note JOIN note ON note.id = note_id
          WHERE entry_note.entry_id = entry.id AND current = 1)`,
      workspace,
    ),
    rows(
      `SELECT next_entry_number, (SELECT count(*) FROM entry WHERE workspace_id = workspace.id) AS entries FROM workspace
        WHERE id = ? AND next_entry_number <> entries + 1`,
      workspace,
    ),
    rows(
      `SELECT seq FROM (SELECT seq FROM note WHERE workspace_id = ?1 UNION ALL SELECT seq FROM entry WHERE workspace_id = ?1)
        GROUP BY seq HAVING count(*) > 1`,
      workspace,
    ),
  ])
  return broken.flat()
}
