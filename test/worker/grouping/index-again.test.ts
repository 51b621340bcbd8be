import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { indexAgain } from '../../../worker/grouping/index-again'
import { topicNote } from '../../support/ops'
import { type Device, newSender, rows } from '../sync/support'
import { tapD1 } from '../sync/tap'
import { entryOf, groupingDeps, note } from './support'

/** All that notes are counted under, as it stands. */
async function indexOf({ workspace }: Device): Promise<unknown[]> {
  const [entries, tokens, notes] = await Promise.all([
    rows(
      'SELECT entry_id, token, notes FROM entry_token WHERE workspace_id = ? ORDER BY 1, 2',
      workspace.id,
    ),
    rows(
      'SELECT mood, token, notes, entries FROM token WHERE workspace_id = ? ORDER BY 1, 2',
      workspace.id,
    ),
    rows(
      'SELECT note_id, entry_id, tokens, print FROM note_index WHERE workspace_id = ? ORDER BY 1',
      workspace.id,
    ),
  ])
  return [entries, tokens, notes]
}

async function mark({ workspace }: Device): Promise<void> {
  await env.DB.prepare(
    'INSERT INTO note_to_index (note_id, workspace_id) SELECT id, workspace_id FROM note WHERE workspace_id = ?',
  )
    .bind(workspace.id)
    .run()
}

test('what an earlier engine had placed is counted in steps until all of it is; then notes join it', async () => {
  const device = await newSender()
  for (let from = 0; from < 60; from += 10)
    await note(device, ...Array.from({ length: 10 }, (_, index) => topicNote((from + index) % 7)))
  const before = await indexOf(device)
  for (const table of ['entry_token', 'token', 'entry_summary', 'note_index', 'lone_entry'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  await mark(device)

  const steps: number[] = []
  for (let done = -1; done !== 0; steps.push(done)) {
    const { d1, calls } = tapD1(env.DB)
    done = await indexAgain(groupingDeps(d1))
    expect(calls.length).toBeLessThanOrEqual(5)
  }

  expect(steps).toEqual([50, 10, 0])
  expect(await indexOf(device)).toEqual(before)
  const again = topicNote(3)
  await note(device, again)
  expect(await entryOf(again)).toBe(4)
})

test('to count notes anew that are counted changes nothing but what has come to be called otherwise', async () => {
  const device = await newSender()
  const [one, other] = [topicNote(0, { service: 'Post room' }), topicNote(1)]
  await note(device, one, other)
  const before = await indexOf(device)
  await mark(device)
  await indexAgain(groupingDeps())
  expect(await indexOf(device)).toEqual(before)

  await env.DB.batch([
    env.DB.prepare("INSERT INTO service VALUES ('s1', ?, 'IT', 'Mail', '[]')").bind(
      device.workspace.id,
    ),
    env.DB.prepare(
      "INSERT INTO service_alias (workspace_id, alias, service_id, person_id, at) VALUES (?, 'post room', 's1', ?, 0)",
    ).bind(device.workspace.id, device.workspace.owner.id),
  ])
  await mark(device)
  await indexAgain(groupingDeps())

  const services = await rows<{ token: string }>(
    "SELECT token FROM token WHERE workspace_id = ? AND token LIKE 'service|%' ORDER BY token",
    device.workspace.id,
  )
  expect(services.map(({ token }) => token)).toEqual([
    'service|mail',
    'service|mail|jargon',
    'service|mail|portal',
  ])
})
