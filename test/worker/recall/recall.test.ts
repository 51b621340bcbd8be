import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { RECALL_WINDOW_MS } from '#shared/limits'

import { newId, newNote, noteOp, recallOp } from '../../support/ops'
import { brokenRules, entryOf, note } from '../grouping/support'
import { count, newSender, pull, pullAll, push, putPicture } from '../sync/support'
import { leftOf, newCanaryNote } from './support'

test('a recalled note is nowhere any more: not in the database, not in R2, not in a pull', async () => {
  const device = await newSender()
  const { canary, bytes, told, sha256 } = await newCanaryNote()
  const op = noteOp(1, told)
  await push(device, [op])
  await putPicture(device, sha256, bytes)
  expect(await entryOf(told)).toBe(1)
  expect(await leftOf(canary)).toEqual([canary])

  expect(await push(device, [recallOp(2, told.id)])).toMatchObject([{ status: 'applied' }])

  expect(await leftOf(canary)).toEqual([])
  expect(JSON.stringify([...(await pullAll(device)).mirror.values()])).not.toContain(canary)
  expect(await env.BLOBS.head(`o/${device.workspace.id}/${sha256}`)).toBeNull()
  expect((await putPicture(device, sha256, bytes)).status).toBe(404)
  expect(await brokenRules(device)).toEqual([])
})

test('no replay brings it back: the same op, another op, another browser, and it stores nothing', async () => {
  const device = await newSender()
  const twin = await newSender({ workspace: device.workspace, personId: device.personId })
  const { canary, told } = await newCanaryNote()
  const add = noteOp(1, told)
  const recall = recallOp(2, told.id)
  await push(device, [add, recall])

  expect(await push(device, [add, recall])).toMatchObject([
    { status: 'rejected', code: 'recalled' },
    { status: 'duplicate' },
  ])
  expect(await push(device, [noteOp(3, told)])).toMatchObject([{ code: 'recalled' }])
  expect(await push(twin, [noteOp(1, told), noteOp(2)])).toMatchObject([
    { code: 'recalled' },
    { status: 'applied' },
  ])
  expect(await leftOf(canary)).toEqual([])
})

test('the device of its author hears of a tombstone, and nobody else’s does', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const told = newNote()
  await note(device, told)
  const before = await pull(device)
  const theirs = await pull(colleague)
  const [result] = await push(device, [recallOp(9_001, told.id)])

  expect((await pull(device, { cursor: before.cursor })).rows).toEqual([
    { type: 'tombstone', id: told.id, seq: result?.seq },
  ])
  expect((await pull(colleague, { cursor: theirs.cursor })).rows).toEqual([])
})

test.each([
  { age: RECALL_WINDOW_MS - 60_000, code: undefined },
  { age: RECALL_WINDOW_MS + 60_000, code: 'too-late' },
])('a note received $age ms ago: $code', async ({ age, code }) => {
  const device = await newSender()
  const told = newNote()
  await note(device, told)
  await env.DB.prepare('UPDATE note SET received_at = ? WHERE id = ?')
    .bind(Date.now() - age, told.id)
    .run()

  const [result] = await push(device, [recallOp(9_001, told.id)])

  expect(result?.code).toBe(code)
  expect(await count('note WHERE id = ?', told.id)).toBe(code ? 1 : 0)
  expect(await count('tombstone WHERE subject_id = ?', told.id)).toBe(code ? 0 : 1)
})

test('somebody else’s note, and one that never was, are nobody’s to take back', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const stranger = await newSender()
  const [theirs, strange] = [newNote(), newNote()]
  await note(colleague, theirs)
  await note(stranger, strange)

  expect(
    await push(device, [recallOp(1, theirs.id), recallOp(2, strange.id), recallOp(3, newId())]),
  ).toMatchObject([{ code: 'forbidden' }, { code: 'forbidden' }, { code: 'forbidden' }])
  expect(await count('tombstone WHERE person_id = ?', device.personId)).toBe(0)
  expect(await count('op WHERE person_id = ?', device.personId)).toBe(0)
})

test('a note taken back twice, from two browsers, is taken back once', async () => {
  const device = await newSender()
  const twin = await newSender({ workspace: device.workspace, personId: device.personId })
  const told = newNote()
  await note(device, told)

  const answers = await Promise.all([
    push(device, [recallOp(9_001, told.id)]),
    push(twin, [recallOp(1, told.id)]),
  ])

  expect(answers.flat().map(({ status }) => status)).toEqual(['applied', 'applied'])
  expect(await count('tombstone WHERE subject_id = ?', told.id)).toBe(1)
  expect(
    await count("event WHERE workspace_id = ? AND what = 'taken-back'", device.workspace.id),
  ).toBe(1)
  expect(await brokenRules(device)).toEqual([])
})

test('after a restore a recall is taken again, however old the note, and of a note that was lost', async () => {
  const device = await newSender()
  const { canary, told } = await newCanaryNote()
  const lost = newNote()
  await note(device, told)
  await env.DB.batch([
    env.DB.prepare('UPDATE note SET received_at = 1 WHERE id = ?').bind(told.id),
    env.DB.prepare('UPDATE workspace SET epoch = epoch + 1 WHERE id = ?').bind(device.workspace.id),
  ])
  const restored = { ...device, epoch: 2 }

  expect(
    await push(restored, [recallOp(9_001, told.id), recallOp(9_002, lost.id), noteOp(9_003, lost)]),
  ).toMatchObject([{ status: 'applied' }, { status: 'applied' }, { code: 'recalled' }])
  expect(await leftOf(canary)).toEqual([])
})
