import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { askLoneEntries } from '../../../worker/lone/ask-again'
import { callPlace, newNote, topicNote } from '../../support/ops'
import { type Device, newSender, rows } from '../sync/support'
import { tapD1 } from '../sync/tap'
import { entriesOf, entryOf, groupingDeps, note } from './support'

const DAY_MS = 86_400_000
const at = (words: string) => newNote({ words, place: callPlace('+49 30 1234', '2', '1') })

/** Cron two days later. */
const later = (d1 = env.DB) => ({ ...groupingDeps(d1), now: () => Date.now() + 2 * DAY_MS })

const proposalsOf = ({ workspace }: Device) =>
  rows<{ note_id: string; number: number; state: string }>(
    `SELECT note_id, entry.number, proposal.state FROM proposal JOIN entry ON entry.id = entry_id
     WHERE proposal.workspace_id = ?`,
    workspace.id,
  )

/** Two entries of one note each, which nobody has asked about yet; the second is due to be asked. */
async function twoAlone() {
  const device = await newSender()
  const [one, other] = [at('Nobody there'), at('Quite different')]
  await note(device, one, other)
  const [, entry] = await entriesOf(device)
  await env.DB.batch([
    env.DB.prepare('DELETE FROM proposal WHERE workspace_id = ?').bind(device.workspace.id),
    env.DB.prepare('DELETE FROM lone_entry'),
    env.DB.prepare('INSERT INTO lone_entry VALUES (?, ?, 0)').bind(device.workspace.id, entry?.id),
  ])
  return { device, one, other, entry }
}

test('an entry of one note is asked once more, a day after; it is proposed and nothing moves', async () => {
  const { device, other, entry } = await twoAlone()
  const { d1, calls } = tapD1(env.DB)

  expect(await askLoneEntries(later(d1))).toBe(1)

  expect(await proposalsOf(device)).toEqual([{ note_id: other.id, number: 1, state: 'open' }])
  expect(await entryOf(other)).toBe(2)
  expect((await entriesOf(device))[1]).toEqual(entry)
  expect(calls.length).toBeLessThanOrEqual(8)
  expect(await askLoneEntries(later())).toBe(0)
})

test('new entries wait a day; those that a note has joined meanwhile, or a person has touched, are left alone', async () => {
  const device = await newSender()
  await note(device, topicNote(0), topicNote(1), topicNote(2))
  await note(device, topicNote(0))
  await device.workspace.owner.client.changeEntry(2, { version: 1, impact: 2 })

  expect(await askLoneEntries(groupingDeps())).toBe(0)
  expect(
    await rows('SELECT 1 FROM lone_entry WHERE workspace_id = ?', device.workspace.id),
  ).toHaveLength(3)
  await askLoneEntries(later())

  expect(
    await rows('SELECT 1 FROM lone_entry WHERE workspace_id = ?', device.workspace.id),
  ).toEqual([])
  expect(await proposalsOf(device)).toEqual([])
})

test.each([
  ['a proposal that was rejected', 'proposal'],
  ['a proposal the other way round', 'proposal back'],
  ['a note that is kept apart from the entry', 'note, entry'],
  ['a note that is kept apart from its note', 'note, note'],
  ['its note, from which another one is kept apart', 'other, note'],
  ['an entry, from which its note is kept apart', 'other, entry'],
])('%s is never proposed again', async (_what, how) => {
  const { device, one, other, entry } = await twoAlone()
  const [first] = await entriesOf(device)
  const workspace = device.workspace.id
  const reject = env.DB.prepare(
    `INSERT INTO proposal (workspace_id, note_id, entry_id, state, p, engine, sentence, at)
     VALUES (?, ?, ?, 'rejected', 0.5, 'e', '', 0)`,
  )
  const keepApart = env.DB.prepare('INSERT INTO never_group VALUES (?, ?, ?, 0)')
  const answers: Record<string, D1PreparedStatement> = {
    proposal: reject.bind(workspace, other.id, first?.id),
    'proposal back': reject.bind(workspace, one.id, entry?.id),
    'note, entry': keepApart.bind(workspace, other.id, first?.id),
    'note, note': keepApart.bind(workspace, other.id, one.id),
    'other, note': keepApart.bind(workspace, one.id, other.id),
    'other, entry': keepApart.bind(workspace, one.id, entry?.id),
  }
  await answers[how]?.run()

  expect(await askLoneEntries(later())).toBe(0)
  expect((await proposalsOf(device)).filter(({ state }) => state === 'open')).toEqual([])
})
