import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { OP_MAX_BYTES, PUSH_MAX_OPS, REQUEST_MAX_BYTES } from '#shared/limits'
import { utf8Length } from '#shared/text'

import {
  newId,
  newNote,
  noteOp,
  partOp,
  recallOp,
  topicNote,
  walkRecallOp,
} from '../../support/ops'
import { openDatabase } from '../../../worker/database/open'
import { applyOps } from '../../../worker/sync/push'
import { newWorkspace } from '../support/workspace'
import { askPush, count, newSender, push, rows } from './support'
import { tapD1 } from './tap'

test('an op of exactly 256,000 bytes is taken, one more is too large', async () => {
  const device = await newSender()
  const holding = (mid: number, bytes: number) => {
    const op = noteOp(mid, { ...newNote(), pad: '' })
    const pad = 'é' + 'x'.repeat(bytes - utf8Length(JSON.stringify(op)) - 2)
    return { ...op, payload: { ...op.payload, pad } }
  }

  expect(utf8Length(JSON.stringify(holding(1, OP_MAX_BYTES)))).toBe(OP_MAX_BYTES)
  expect(
    await push(device, [
      holding(1, OP_MAX_BYTES - 1),
      holding(2, OP_MAX_BYTES),
      holding(3, OP_MAX_BYTES + 1),
    ]),
  ).toMatchObject([
    { status: 'applied' },
    { status: 'applied' },
    { status: 'rejected', code: 'too-large' },
  ])
})

test.each([0, PUSH_MAX_OPS + 1])('a push of %i ops is refused as a whole', async (length) => {
  const device = await newSender()

  expect(
    (
      await askPush(
        device,
        Array.from({ length }, (_, index) => noteOp(index + 1)),
      )
    ).status,
  ).toBe(400)
  expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(0)
})

test.each([0, 1])('a request of 1 MiB and %i bytes', async (more) => {
  const device = await newSender()
  const empty = JSON.stringify({
    proto: 1,
    deviceId: device.captureId,
    epoch: 1,
    ops: [{}],
    pad: '',
  }).length
  const pad = 'x'.repeat(REQUEST_MAX_BYTES - empty + more)

  const response = await askPush(device, [{}], { pad })

  expect(response.status).toBe(more === 0 ? 200 : 413)
})

test('what is nested too deeply, is no JSON, or names no device is refused before anything is written', async () => {
  const device = await newSender()
  let deep: unknown = 1
  for (let level = 0; level < 5_000; level += 1) deep = [deep]

  expect((await askPush(device, [deep])).status).toBe(400)
  expect((await askPush(device, [noteOp(1)], { deviceId: 'mine' })).status).toBe(400)
  expect((await askPush(device, [noteOp(1)], { epoch: '1' })).status).toBe(400)
  expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(0)
})

test('a stale epoch is told the right one before anything is applied', async () => {
  const device = await newSender()
  await env.DB.prepare('UPDATE workspace SET epoch = 3 WHERE id = ?')
    .bind(device.workspace.id)
    .run()

  const response = await askPush(device, [noteOp(1)])

  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ error: 'other-epoch', epoch: 3 })
  expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(0)
  expect((await askPush(device, [noteOp(1)], { epoch: 3 })).status).toBe(200)
})

test('a version from before the first is told to update, a later one is heard', async () => {
  const device = await newSender()

  expect((await askPush(device, [noteOp(1)], { proto: 0 })).status).toBe(426)
  expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(0)
  expect((await askPush(device, [noteOp(1)], { proto: 99 })).status).toBe(200)
  expect(await rows('SELECT proto FROM op WHERE workspace_id = ?', device.workspace.id)).toEqual([
    { proto: 99 },
  ])
})

test('an unknown token is told so', async () => {
  const device = await newSender()

  expect((await askPush({ ...device, token: 'A'.repeat(43) }, [noteOp(1)])).status).toBe(401)
})

test('two workspaces count for themselves', async () => {
  const one = await newSender({ workspace: await newWorkspace() })
  const other = await newSender()

  expect(await push(one, [noteOp(1)])).toMatchObject([{ seq: 1 }])
  expect(await push(other, [noteOp(1)])).toMatchObject([{ seq: 1 }])
})

test('a push of ten notes, grouping included, takes at most forty trips to the database', async () => {
  const device = await newSender()
  const topics = (from: number) =>
    Array.from({ length: PUSH_MAX_OPS }, (_, index) =>
      noteOp(from + index + 1, topicNote(Math.floor((from % 20) / 10) * 5 + index)),
    )
  for (const from of [0, 10]) await push(device, topics(from))
  // Summaries that have to be made anew, and every second look that a round may take.
  await env.DB.prepare('DELETE FROM entry_summary').run()
  await env.DB.prepare('UPDATE device SET last_seen_at = 0').run()
  const { d1, calls } = tapD1(env.DB)

  await push(device, topics(20), { DB: d1 })

  console.log(`D1 calls of a push of ${PUSH_MAX_OPS} notes with grouping: ${calls.length}`)
  expect(calls.length).toBeLessThanOrEqual(40)
  expect(await count('entry WHERE workspace_id = ?', device.workspace.id)).toBe(15)
  expect(await count('note WHERE workspace_id = ? AND grouped = 0', device.workspace.id)).toBe(0)
})

test.each([
  ['a note', noteOp(1)],
  ['a recall', recallOp(1, newId())],
  ['a part', partOp(1)],
  ['a recall of a timeline', walkRecallOp(1, newId())],
])('%s whose request was let in before a restore is to come again', async (_what, op) => {
  const { workspace, personId, id: pairingId, captureId: deviceId } = await newSender()
  const sender = { workspaceId: workspace.id, personId, pairingId, deviceId, epoch: 1 }
  await env.DB.prepare('UPDATE workspace SET epoch = 2 WHERE id = ?').bind(workspace.id).run()

  const results = await applyOps(env.DB, openDatabase(env.DB), sender, { proto: 2, ops: [op] }, 1)

  expect(results).toEqual([{ opId: op.opId, status: 'retry' }])
  expect(await count('op WHERE workspace_id = ?', workspace.id)).toBe(0)
})
