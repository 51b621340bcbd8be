import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newNote, noteOp, recallOp } from '../../support/ops'
import { note } from '../grouping/support'
import { count, newSender, push, rows } from '../sync/support'

/** An op that was applied and one whose note was recalled, in a workspace of their own. */
async function twoOps() {
  const device = await newSender()
  const [kept, recalled] = [noteOp(1), noteOp(2)]
  await push(device, [kept, recalled, recallOp(3, String(recalled.payload['id']))])
  return { kept, recalled }
}

const change = (set: string, opId: string) =>
  env.DB.prepare(`UPDATE op SET ${set} WHERE op_id = ?`).bind(opId).run()

test.each([
  "payload = '{}'",
  "payload = 'other'",
  'seq = 999',
  'seq = NULL',
  "kind = 'other'",
  "person_id = 'other'",
  "subject_id = 'other'",
  'mid = 999',
  'at = 1',
  'received_at = 1',
])('an op that was not recalled cannot be changed: %s', async (set) => {
  const { kept } = await twoOps()

  await expect(change(set, kept.opId)).rejects.toThrow('op is append-only')
})

test.each(["payload = 'other'", 'seq = 999', "person_id = 'other'"])(
  'of a recalled one nothing but its words may go: %s',
  async (set) => {
    const { recalled } = await twoOps()

    await expect(change(set, recalled.opId)).rejects.toThrow('op is append-only')
    await expect(change("payload = '{}'", recalled.opId)).resolves.toBeDefined()
  },
)

test('no op can be deleted', async () => {
  const { recalled } = await twoOps()

  await expect(
    env.DB.prepare('DELETE FROM op WHERE op_id = ?').bind(recalled.opId).run(),
  ).rejects.toThrow('op is append-only')
})

test('of an entry’s history only the title before may go, and only where a note was recalled', async () => {
  const device = await newSender()
  const told = newNote()
  await note(device, told)
  const { client } = device.workspace.owner
  await client.changeEntry(1, { version: 1, title: 'Another title' })
  const strike = (set: string) =>
    env.DB.prepare(`UPDATE event SET ${set} WHERE workspace_id = ? AND what = 'renamed'`)
      .bind(device.workspace.id)
      .run()

  await expect(strike('before = NULL')).rejects.toThrow('event is append-only')
  await push(device, [recallOp(9_001, told.id)])
  await expect(strike('after = NULL')).rejects.toThrow('event is append-only')
  await expect(strike("before = 'other'")).rejects.toThrow('event is append-only')

  expect(
    await rows(
      "SELECT before FROM event WHERE workspace_id = ? AND what = 'renamed'",
      device.workspace.id,
    ),
  ).toEqual([{ before: null }])
  expect(
    await count(
      "event WHERE workspace_id = ? AND what = 'renamed' AND after = 'Another title'",
      device.workspace.id,
    ),
  ).toBe(1)
})
