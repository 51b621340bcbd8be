import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { groupPendingNotes } from '../../../worker/grouping/group-notes'
import { countD1 } from '../../scale/counted-d1'
import { newNote, topicNote } from '../../support/ops'
import { type Device, newSender } from '../sync/support'
import type { Note } from '#shared/note'

import { brokenRules, entriesOf, entryOf, groupingDeps, note, noteWaiting } from './support'

const MANY = 10_000

/** Rows that D1 reads to place one more note. */
async function rowsReadFor(device: Device, waiting: Note): Promise<number> {
  await noteWaiting(device, waiting)
  const { d1, counts } = countD1(env.DB)
  expect(await groupPendingNotes(groupingDeps(d1), device.workspace.id)).toBe(1)
  return counts.rowsRead
}

/** As if the only note of the workspace's only entry had been sent so often, by people of its own each. */
async function repeat(device: Device, times: number): Promise<void> {
  const counter = `WITH RECURSIVE counter (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counter WHERE n < ${times})`
  const columns = 'mood, kind, wince, words, first_words, service, channel, place, place_key'
  const statements = [
    `${counter} INSERT INTO note (id, workspace_id, person_id, source, ${columns}, wide_place_key, at, received_at, rev, seq, grouped)
     SELECT id || n, workspace_id, person_id, source, ${columns}, wide_place_key, at, received_at, rev, seq + 10 * n, 1
     FROM note, counter WHERE workspace_id = ?1`,
    `INSERT INTO entry_note (workspace_id, entry_id, note_id, placed_by, why, at, current)
     SELECT note.workspace_id, entry.id, note.id, 'grouping', '{}', 0, 1 FROM note JOIN entry ON entry.workspace_id = note.workspace_id
     WHERE note.workspace_id = ?1 AND note.id NOT IN (SELECT note_id FROM entry_note)`,
    `INSERT INTO note_index (workspace_id, note_id, entry_id, tokens, print)
     SELECT note.workspace_id, note.id, known.entry_id, known.tokens, known.print FROM note JOIN note_index AS known
     ON known.workspace_id = note.workspace_id WHERE note.workspace_id = ?1 AND note.id NOT IN (SELECT note_id FROM note_index)`,
    `UPDATE entry_token SET notes = ${times} WHERE workspace_id = ?1`,
    `UPDATE token SET notes = ${times} WHERE workspace_id = ?1`,
    `UPDATE entry SET notes = ${times} WHERE workspace_id = ?1`,
    `UPDATE workspace SET seq = seq + 20 * ${times} WHERE id = ?1`,
  ]
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql).bind(device.workspace.id)))
}

test(`the ${MANY}th identical note, and one from somebody new, costs no more than the second`, async () => {
  const device = await newSender()
  await note(device, newNote())
  const before = await rowsReadFor(device, newNote())

  const crowded = await newSender()
  const somebodyNew = await newSender({ workspace: crowded.workspace })
  await note(crowded, newNote())
  await repeat(crowded, MANY)
  const after = await rowsReadFor(crowded, newNote())
  const ofSomebodyNew = await rowsReadFor(somebodyNew, newNote())
  await env.DB.prepare('DELETE FROM entry_summary').run()
  const withNewSummary = await rowsReadFor(crowded, newNote())

  console.log(`rows read: ${before}; of ${MANY}: ${after}, ${ofSomebodyNew}, ${withNewSummary}`)
  expect(after).toBeLessThanOrEqual(before + 10)
  expect(ofSomebodyNew).toBeLessThanOrEqual(before + 10)
  // Made of the fifty newest.
  expect(withNewSummary).toBeLessThanOrEqual(before + 150)
  expect(await entriesOf(crowded)).toMatchObject([{ notes: MANY + 3, leaders: 2 }])
  expect(await brokenRules(crowded)).toEqual([])
}, 120_000)

test(`with ${MANY} notes at one place in 2,000 entries, one more there reads a bounded part`, async () => {
  const device = await newSender()
  const sample = topicNote(0)
  await note(device, sample)
  const workspace = device.workspace.id
  const counter =
    'WITH RECURSIVE counter (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counter WHERE n < 2000)'
  const statements = [
    `${counter} INSERT INTO entry (id, workspace_id, number, mood, title, channel, state, notes, leaders, opened_at, changed_at, version, seq)
     SELECT id || n, workspace_id, n, mood, title, channel, state, 5, 1, 0, 0, 1, seq + n FROM entry, counter WHERE workspace_id = ?1`,
    `INSERT INTO entry_token (workspace_id, entry_id, token, mood, number, notes)
     SELECT entry.workspace_id, entry.id, CASE WHEN token LIKE 'stem|%' THEN token || number ELSE token END, mood, number, 5
     FROM entry JOIN (SELECT token FROM token WHERE workspace_id = ?1) WHERE workspace_id = ?1 AND number > 1`,
    'DELETE FROM token WHERE workspace_id = ?1',
    `INSERT INTO token (workspace_id, mood, token, notes, entries)
     SELECT workspace_id, mood, token, sum(notes), count(*) FROM entry_token WHERE workspace_id = ?1 GROUP BY mood, token`,
    'UPDATE workspace SET seq = seq + 10000, next_entry_number = 2001 WHERE id = ?1',
  ]
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql).bind(workspace)))
  const another = topicNote(0, { words: 'Entirely other words about it' })

  const read = await rowsReadFor(device, another)

  console.log(`rows read with ${MANY} notes at the place: ${read}`)
  expect(read).toBeLessThanOrEqual(2_500)
  expect(await entryOf(another)).not.toBeNull()
}, 120_000)
